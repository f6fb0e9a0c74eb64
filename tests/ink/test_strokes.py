import numpy as np
import pytest

from pilgi import ink
from pilgi.errors import DataError
from pilgi.ink.geometry import crop

SEVEN = [[[0, 100], [60, 100], [20, 0]]]


def test_strokes_become_ink_in_mnist_s_size():
    written = ink.from_strokes(SEVEN)
    assert written.dtype == np.uint8
    assert crop(written).shape == (20, 13)
    assert written[:14].sum() > written[14:].sum()


def test_y_grows_upwards_on_a_tablet_and_downwards_on_a_screen():
    on_a_screen = [[[x, 100 - y] for x, y in stroke] for stroke in SEVEN]
    assert (ink.from_strokes(on_a_screen, y_up=False) == ink.from_strokes(SEVEN)).all()


def test_unit_and_origin_do_not_matter():
    moved = [[[x * 0.01 - 7, y * 0.01 + 3] for x, y in stroke] for stroke in SEVEN]
    difference = np.abs(ink.from_strokes(moved).astype(int) - ink.from_strokes(SEVEN))
    assert difference.max() <= 32


def test_the_pen_is_as_wide_as_mnist_s():
    """MNIST's ink has 2.5 pixels across a straight stroke."""
    across = ink.from_strokes([[[0, 0], [0, 100]]])[14].astype(float)
    assert 2 <= across.sum() / 255 <= 2.6


def test_a_dot_and_a_stroke_that_stands_still_are_ink():
    assert ink.from_strokes([[[3, 4]]]).any()
    assert ink.from_strokes([[[3, 4], [3, 4]]]).any()
    assert ink.from_strokes([[[3, 4], [3, 4 + 1e-15]]]).any()
    assert ink.from_strokes([[[0, 0], [0, 1e-300]]]).any()


def test_no_strokes_give_zeros():
    assert not ink.from_strokes([]).any()
    assert not ink.from_strokes([[]]).any()


@pytest.mark.parametrize(
    "stroke",
    [
        *("ab", 7, [1, 2], [[1, 2, 3]], [["x", 1]]),
        *([[1, float("nan")]], [[1, 1e300]], [[1, 10**400]]),
    ],
)
def test_what_is_no_stroke_is_refused(stroke):
    with pytest.raises(DataError, match=r"a list of \[x, y\] pairs of numbers"):
        ink.from_strokes([stroke])
