"""Digits drawn by rule in the shapes that countries teach."""

import numpy as np
import pytest

from pilgi import ink
from pilgi.data import load
from pilgi.data.drawn import digit_shapes


def picture(digit, shape):
    return ink.from_strokes(digit_shapes.drawing(digit, shape), y_up=False)


def strokes(digit, number):
    return len(digit_shapes.drawing(digit, number))


def test_every_digit_has_shapes_of_its_own():
    assert set(digit_shapes.SHAPES) == set("0123456789")
    everything = [shape for shapes in digit_shapes.SHAPES.values() for shape in shapes]
    assert len(everything) == len(set(everything))


def test_a_drawing_is_a_function_of_its_digit_and_number():
    first, again, other = (
        picture("7", number) for number in (4, 4, 4 + len(digit_shapes.SHAPES["7"]))
    )
    assert (first == again).all()
    assert (first != other).any()


def test_the_shapes_come_in_turn():
    shapes = digit_shapes.SHAPES["1"]
    counts = [strokes("1", number) for number in range(2 * len(shapes))]
    assert counts == [len(shape) for shape in shapes] * 2


@pytest.mark.parametrize("digit", digit_shapes.SHAPES)
def test_a_drawing_fills_the_box_of_28_pixels(digit):
    for number in range(len(digit_shapes.SHAPES[digit])):
        drawn = picture(digit, number) > 0
        assert 18 <= max(np.ptp(np.flatnonzero(drawn.any(axis))) + 1 for axis in (0, 1)) <= 20


def test_a_point_given_twice_stays_a_corner():
    corner = digit_shapes.spline(np.array([(0.0, 0), (1, 0), (1, 0), (1, 1)]))
    assert [1, 0] in corner.tolist()
    assert np.isclose(corner[:, 0] * (1 - corner[:, 0]) * corner[:, 1], 0).all()


def test_a_stroke_passes_through_its_points_smoothly():
    points = np.array([(0.0, 0), (0.5, 1), (1, 0)])
    curve = digit_shapes.spline(points)
    assert all(point in curve.tolist() for point in points.tolist())
    turns = np.diff(np.unwrap(np.arctan2(*np.diff(curve, axis=0).T[::-1])))
    assert np.abs(turns).max() < np.abs(turns).sum() / 2


def test_the_catalog_has_them_without_a_download(monkeypatch):
    monkeypatch.setattr(digit_shapes, "COUNT", 40)
    split = load("hands")
    assert (np.bincount(split.labels) == 4).all()
    assert split.images.shape == (40, 28, 28)
