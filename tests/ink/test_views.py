"""Looks at one line."""

import numpy as np
import pytest

from pilgi.ink.text_line import LINE_HEIGHT
from pilgi.ink.views import slanted_views


def bar(width=40):
    """A standing bar of two columns in the middle."""
    line = np.zeros((LINE_HEIGHT, width), np.uint8)
    line[:, width // 2 - 1 : width // 2 + 1] = 255
    return line


def middles(line):
    columns = np.arange(line.shape[1])
    return (line * columns).sum(axis=1) / line.sum(axis=1)


def test_the_first_look_is_the_line_with_room_on_both_sides():
    line = np.random.default_rng(0).integers(0, 256, (LINE_HEIGHT, 50), dtype=np.uint8)
    first = slanted_views(line)[0]
    assert (first[:, 3:-3] == line).all()
    assert not first[:, :3].any()
    assert not first[:, -3:].any()


def test_the_others_slant_it_to_either_side_by_the_same_angle():
    upright, left, right = (middles(view) for view in slanted_views(bar()))
    np.testing.assert_allclose(upright, upright[0])
    assert left[0] - left[-1] == pytest.approx(-0.15 * (LINE_HEIGHT - 1), abs=0.02)
    assert right[0] - right[-1] == pytest.approx(0.15 * (LINE_HEIGHT - 1), abs=0.02)
    assert left.mean() == pytest.approx(upright.mean(), abs=0.02)


def test_no_ink_is_lost_at_the_edges():
    line = np.zeros((LINE_HEIGHT, 20), np.uint8)
    line[:, [0, -1]] = 200
    for view in slanted_views(line):
        assert view.sum(dtype=int) == pytest.approx(line.sum(dtype=int), rel=0.01)


def test_looks_are_made_in_whole_numbers():
    """A row 3/40 of 31 columns off: 2.325, so 27 parts of 40 in one column and 13 in the next."""
    line = np.zeros((LINE_HEIGHT, 20), np.uint8)
    line[0, 10] = 200
    right = slanted_views(line)[2][0]
    assert right[15:17].tolist() == [135, 65]
    assert right.sum() == 200
