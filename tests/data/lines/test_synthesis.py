import hashlib
from dataclasses import replace

import numpy as np
import pytest

from pilgi.data.lines import SCORED, Composition, batched, by_width, compose, compose_lines
from pilgi.data.lines.degradation import on_paper
from pilgi.data.lines.glyphs import digits
from pilgi.data.lines.typesetting import draw_row

COMPOSED = "7c334ff59dad874e63f537e67dc7718259a076511ea057c930572999ea3327cf"
PLAIN = Composition(on_paper=0.0, thin=0.0, thick=0.0)


def first(parted, chosen=slice(None)):
    """Return the first three digits of those chosen as pieces of type."""
    return digits(parted.train.images[chosen][:3], parted.train.labels[chosen][:3])


def touching(settings, parted, count=60):
    return compose_lines("lines", parted.train, replace(PLAIN, **settings), count, 0).touching


def test_the_same_seed_gives_the_same_lines_and_another_others(parted):
    one, same, other = (compose_lines("l", parted.test, SCORED, 4, seed) for seed in (1, 1, 2))
    assert one.sha256 == same.sha256 != other.sha256


def test_a_line_s_first_lines_are_the_same_however_many_are_asked_for(parted):
    few, many = (compose_lines("l", parted.test, PLAIN, count, 1) for count in (2, 5))
    assert few.texts == many.texts[:2]


def test_lines_have_as_many_digits_as_the_settings_allow(parted):
    lines = compose_lines("l", parted.train, replace(PLAIN, digits=(2, 4)), 60, 0)
    assert {len(text) for text in lines.texts} == {2, 3, 4}


def test_every_line_is_line_ink(parted):
    lines = compose_lines("l", parted.train, replace(SCORED, digits=(1, 20)), 40, 0)
    for line in lines.inks:
        assert (line.dtype, len(line)) == (np.uint8, 32)
        assert 16 <= line.shape[1] <= 1024
        assert line.max() == 255


def test_more_than_half_of_the_scored_lines_neighbours_touch(parted):
    assert compose_lines("l", parted.train, SCORED, 80, 0).touching > 0.5


def test_neighbours_touch_as_often_as_they_are_told_to(parted):
    assert touching({"touching": 0.0, "gap": (0.2, 0.6)}, parted) < 0.05
    assert touching({"touching": 1.0}, parted) > 0.85


def test_the_scored_settings_are_those_that_records_name():
    """Changing what is scored makes every figure on record another one: say so in the record."""
    assert (SCORED.digits, SCORED.slant, SCORED.jpeg) == ((5, 5), 25.0, (30, 90))
    assert (SCORED.compressed, SCORED.on_paper) == (1.0, 1.0)
    assert SCORED.sha256 == "8959f43f19332819ac1a8129e3b5bfb91d48fb6e07c0ddc49594feda0d038bd1"
    assert SCORED.sha256 == Composition(**vars(SCORED)).sha256
    assert SCORED.sha256 != replace(SCORED, slant=20.0).sha256


@pytest.mark.parametrize("slant", [0.0, 25.0])
def test_slant_leans_the_digits(parted, slant):
    settings = replace(PLAIN, slant=slant, sizes=0.0, wander=0.0, slope=0.0)
    ones = first(parted, parted.train.labels == 1)
    leans = []
    for seed in range(30):
        row = draw_row(ones, settings, 40, np.random.default_rng(seed)).ink
        rows, columns = np.nonzero(row)
        leans.append(abs(np.polyfit(rows, columns, 1)[0]))
    assert (np.mean(leans) > 0.12) == (slant > 0)


def test_paper_gets_darker_ink_rules_and_noise(parted, draws):
    ink = draw_row(first(parted), PLAIN, 40, draws).ink
    settings = replace(SCORED, contrast=(100.0, 120.0), inverted=0.0, shadow=0.0, ruled=1.0)
    picture = on_paper(ink, settings, 40, draws)
    assert picture.dtype == np.uint8
    assert np.median(picture) > picture.min() + 60
    assert np.unique(picture).size > 20


def test_bright_ink_is_drawn_where_asked(parted, draws):
    ink = draw_row(first(parted), PLAIN, 40, draws).ink
    settings = replace(SCORED, inverted=1.0, shadow=0.0, ruled=0.0, contrast=(150.0, 200.0))
    picture = on_paper(ink, settings, 40, draws)
    assert np.median(picture) < picture.max() - 60


def test_a_batch_is_as_wide_as_its_widest_line_and_its_texts_end_in_minus_one(parted, draws):
    lines = [compose(parted.train, PLAIN, draws, count) for count in (2, 5)]
    pictures, labels = batched(lines)
    assert pictures.shape == (2, 32, max(line.ink.shape[1] for line in lines))
    assert labels[0].tolist() == [*lines[0].labels, -1, -1, -1]
    assert not pictures[0, :, lines[0].ink.shape[1] :].any()


def test_batches_of_like_width_hold_every_line_once(parted):
    lines = compose_lines("l", parted.test, PLAIN, 23, 0)
    batches = list(by_width(lines, 5))
    assert sorted(np.concatenate(batches).tolist()) == list(range(23))
    widths = [lines[at].ink.shape[1] for batch in batches for at in batch]
    assert widths == sorted(widths)


def test_the_lines_on_record_are_composed_as_ever(parted, monkeypatch):
    """Ten pictures of scikit-learn's held-out digits, by their hash before signs were known."""
    seen = hashlib.sha256()
    monkeypatch.setattr("pilgi.ink.from_line", lambda picture: seen.update(picture) or picture)
    texts = compose_lines("l", parted.test, SCORED, 10, 0).texts
    seen.update("".join(texts).encode())
    assert seen.hexdigest() == COMPOSED


def test_settings_that_are_off_change_no_line(parted):
    off = replace(PLAIN, rows=(10.0, 12.0), coloured=1.0)
    one, other = (compose_lines("l", parted.train, each, 5, 0) for each in (PLAIN, off))
    assert one.sha256 == other.sha256


def test_far_photographs_are_small_and_some_in_colour(parted, draws):
    row = draw_row(first(parted), PLAIN, 40, draws)
    settings = replace(SCORED, small=1.0, rows=(20.0, 28.0), coloured=1.0)
    picture = on_paper(row.ink, settings, 40, draws)
    assert 20 <= len(picture) <= 28
    assert picture.shape[2:] == (3,)
    assert np.ptp(picture.astype(int), axis=2).max() > 20


def test_ink_that_cannot_be_lifted_off_its_paper_is_taken_as_drawn(parted):
    faint = replace(SCORED, contrast=(0.0, 1.0), noise=(0.0, 0.0))
    for line in compose_lines("l", parted.train, faint, 5, 0).inks:
        assert line.max() == 255
