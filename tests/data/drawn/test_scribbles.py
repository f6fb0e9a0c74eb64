"""Pictures of no digit, drawn by rule."""

import numpy as np
import pytest

from pilgi import ink
from pilgi.data import CATALOG, load
from pilgi.data.drawn import scribbles


def picture(family, number=0):
    return ink.from_strokes(scribbles.drawing(family, number), y_up=False)


def test_what_is_learnt_from_and_what_is_measured_on_are_other_families():
    assert not set(scribbles.LEARNT) & set(scribbles.UNSEEN)
    assert set(CATALOG["scribbles"].classes) == set(scribbles.FAMILIES)


@pytest.mark.parametrize("family", scribbles.FAMILIES)
def test_every_family_draws_and_draws_otherwise_each_time(family):
    first, again, other = (picture(family, number) for number in (0, 0, 1))
    assert (first == again).all()
    assert (first != other).any() == (family != "blank")
    assert first.any() == (family != "blank")


def test_a_pair_is_two_digits_side_by_side():
    """Wider than any one digit of the same hand: more ink in both halves than between them."""
    columns = np.mean([picture("pair", number) > 0 for number in range(60)], axis=(0, 1))
    assert columns[6:11].mean() > columns[13:15].mean() < columns[17:22].mean()


def test_the_parts_hold_their_families(monkeypatch):
    monkeypatch.setattr(scribbles, "EACH", 3)
    for part, families in (("train", scribbles.LEARNT), ("test", scribbles.UNSEEN)):
        split = load("scribbles", part)
        assert {split.classes[label] for label in split.labels} == set(families)
        assert (np.bincount(split.labels)[np.unique(split.labels)] == 3).all()
    assert len(load("scribbles")) == 3 * len(scribbles.FAMILIES)


def test_new_families_come_last_so_that_old_drawings_stay():
    first = "blank dots zigzag spiral tangle sticks hatching pair wave scrawl star rings blot arrow"
    assert list(scribbles.FAMILIES)[:14] == first.split()


def test_what_is_struck_out_is_a_digit_and_one_stroke_more():
    drawings = [scribbles.drawing("struck", number) for number in range(40)]
    assert min(map(len, drawings)) >= 2
    for *digit, line in drawings:
        points = np.concatenate(digit)
        assert np.ptp(line, axis=0).max() >= np.ptp(points, axis=0).max()


def test_a_coil_goes_around_while_it_goes_on():
    """Its direction turns by whole circles, unlike a wave's."""
    for number in range(20):
        (line,) = scribbles.drawing("coil", number)
        steps = np.diff(line[::4], axis=0)
        angle = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
        assert abs(angle[-1] - angle[0]) > 2 * np.pi
