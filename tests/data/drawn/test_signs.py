"""Signs that stand between numbers, drawn by rule."""

import numpy as np
import pytest

from pilgi import ink
from pilgi.data.drawn import scribbles
from pilgi.data.drawn.signs import LYING, SIGNS_BETWEEN
from pilgi.data.lookalikes import principal_axis, stands


def pictures(family, count=200):
    strokes = [scribbles.drawing(family, number) for number in range(count)]
    return np.stack([ink.from_strokes(each, y_up=False) for each in strokes])


def test_signs_are_the_last_families_and_learnt_from():
    assert tuple(scribbles.FAMILIES)[20:] == tuple(SIGNS_BETWEEN)
    assert set(SIGNS_BETWEEN) <= set(scribbles.LEARNT)


@pytest.mark.parametrize("family", ["slash", "backslash", "minus"])
def test_no_single_stroke_stands_like_a_1(family):
    assert not stands(pictures(family)).any()


def test_a_slash_leans_to_the_right_a_backslash_to_the_left_and_a_minus_lies():
    leans = {family: principal_axis(pictures(family))[0] for family in SIGNS_BETWEEN}
    assert leans["slash"].min() > 40
    assert leans["backslash"].max() < -40
    assert np.abs(leans["minus"]).min() > 90 - LYING - 6


def test_a_percent_sign_has_a_slash_and_two_rings():
    for number in range(40):
        _, *rings = scribbles.drawing("percent", number)
        assert [np.ptp(ring, axis=0).min() > 0.1 for ring in rings] == [True, True]


def test_a_comma_hooks_to_the_left_below_its_head():
    for number in range(40):
        _, tail = scribbles.drawing("comma", number)
        assert tail[-1, 1] > tail[0, 1]
        assert tail[-1, 0] < tail[:, 0].max() - 0.3


def test_a_point_is_filled():
    drawn = pictures("point", 20)
    assert (drawn[:, 11:17, 11:17] > 128).mean() > 0.97
    assert drawn[:, 0].max() == 0
