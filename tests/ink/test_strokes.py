import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilgi import ink
from pilgi.errors import DataError
from pilgi.ink.geometry import crop, normalize

SEVEN = [[[0, 100], [60, 100], [20, 0]]]


def test_strokes_become_ink_in_mnist_s_size():
    written = ink.from_strokes(SEVEN)
    assert written.dtype == np.uint8
    assert crop(written).shape == (20, 13)
    assert written[:14].sum() > written[14:].sum()


def test_y_grows_upwards_on_a_tablet_and_downwards_on_a_screen():
    on_a_screen = [[[x, 100 - y] for x, y in stroke] for stroke in SEVEN]
    assert (ink.from_strokes(on_a_screen, y_up=False) == ink.from_strokes(SEVEN)).all()


WHOLE = st.lists(
    st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 9)), max_size=5), min_size=1, max_size=3
)


def near(start, end, shape=(160, 160), radius=149):
    """Return which pixels' centres of the canvas lie less than the radius from a segment."""
    (dx, dy), (row, column) = end - start, np.mgrid[: shape[0], : shape[1]] * 16 + 8
    x, y = column - start[0], row - start[1]
    along, length = x * dx + y * dy, dx * dx + dy * dy
    beside = (dx * y - dy * x) ** 2 < radius**2 * length
    before, after = x * x + y * y < radius**2, (x - dx) ** 2 + (y - dy) ** 2 < radius**2
    return np.where(along <= 0, before, np.where(along >= length, after, beside))


@settings(max_examples=60, deadline=None)
@given(WHOLE)
def test_the_pen_covers_the_pixels_whose_centres_it_reaches(strokes):
    points = np.array([point for stroke in strokes for point in stroke]).reshape(-1, 2)
    if not len(points):
        return
    low, longer = points.min(axis=0), max(1, int(np.ptp(points, axis=0).max()))
    canvas = np.zeros((160, 160), np.bool_)
    for stroke in filter(None, strokes):
        placed = 149 + (2 * 2262 * (np.array(stroke) - low) + longer) // (2 * longer)
        for start, end in zip(placed, [*placed[1:], placed[-1]], strict=True):
            canvas |= near(start, end)
    expected = normalize(canvas * np.uint8(255))
    assert (ink.from_strokes(strokes, y_up=False) == expected).all()


@settings(max_examples=40, deadline=None)
@given(WHOLE)
def test_a_line_is_drawn_by_a_pen_of_its_own_with_paper_around(strokes):
    points = np.array([point for stroke in strokes for point in stroke]).reshape(-1, 2)
    canvas = np.zeros((160, 2560), np.bool_)
    if len(points):
        low, (wide, high) = points.min(axis=0), np.ptp(points, axis=0).tolist()
        longer, room = (wide, 40630) if wide * 2230 >= high * 40630 else (high, 2230)
        side = max(1, longer)
    for stroke in filter(None, strokes):
        placed = 165 + (2 * room * (np.array(stroke) - low) + side) // (2 * side)
        for start, end in zip(placed, [*placed[1:], placed[-1]], strict=True):
            canvas |= near(start, end, canvas.shape, 165)
    expected = np.pad(255 - crop(canvas * np.uint8(255)), 40, constant_values=255)
    assert np.array_equal(ink.line_of_strokes(strokes, y_up=False), expected)


@given(WHOLE, st.integers(1, 10**6), st.integers(-(10**6), 10**6))
@settings(max_examples=60, deadline=None)
def test_whole_numbers_in_another_unit_and_elsewhere_give_the_same_bytes(strokes, unit, place):
    moved = [[(x * unit + place, y * unit - place) for x, y in stroke] for stroke in strokes]
    assert (ink.from_strokes(moved) == ink.from_strokes(strokes)).all()


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
