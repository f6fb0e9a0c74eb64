import cv2
import numpy as np
import pytest

from pilgi import ink
from pilgi.ink.pen import widen


def drawn(pen, side=200):
    sheet = np.zeros((side, side), np.uint8)
    points = (np.float64([[0.2, 0.1], [0.8, 0.1], [0.4, 0.9]]) * side).astype(np.int32)
    return cv2.polylines(sheet, [points], False, 255, pen)


@pytest.mark.parametrize("pen", [1, 2])
def test_a_hairline_becomes_about_one_final_pixel_wide(pen):
    wide = widen(drawn(pen))
    pixel = 160 / 20
    length = 160 * (0.75 + (0.4**2 + 0.8**2) ** 0.5 / 0.8)
    assert 0.6 * pixel < (wide > 0).sum() / length < 1.4 * pixel


@pytest.mark.parametrize("pen", [6, 12, 30])
def test_a_pen_of_usual_width_is_not_touched(pen):
    assert (widen(drawn(pen)) == drawn(pen)).all()


def test_a_hairline_s_ink_is_like_a_pen_s():
    thin, usual = (ink.from_picture(255 - drawn(pen)) for pen in (1, 8))
    assert np.abs(thin.astype(int) - usual).mean() < 8


def test_nothing_and_a_dot_stay_what_they_are():
    nothing, dot = np.zeros((30, 30), np.uint8), np.zeros((30, 30), np.uint8)
    dot[7, 7] = 255
    assert (widen(nothing) == nothing).all()
    assert (widen(dot) == dot).all()
