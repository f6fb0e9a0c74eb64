import cv2
import numpy as np
import pytest

from pilgi.ink.ruled_lines import without_lying_rules, without_rules


def written(shape, side=100, pen=6):
    ink = np.zeros((side, side), np.uint8)
    points = (np.float64(shape) * side).astype(np.int32)
    return cv2.polylines(ink, [points], False, 255, pen)


SEVEN = written([[0.25, 0.2], [0.7, 0.2], [0.4, 0.8]])
TWO = written([[0.3, 0.3], [0.5, 0.2], [0.7, 0.35], [0.3, 0.8], [0.75, 0.8]])


def ruled(ink, tilt=0.0, faint=255):
    lines = ink.copy()
    for row in (12, 37, 62, 87):
        end = row + round(tilt * 100)
        cv2.line(lines, (0, row), (99, end), faint, 2)
    return np.maximum(lines, ink)


def wrong(found, ink):
    """Return the share of pixels that are ink in one picture only."""
    return ((found > 0) != (ink > 0)).sum() / (ink > 0).sum()


@pytest.mark.parametrize("digit", [SEVEN, TWO])
@pytest.mark.parametrize("tilt", [0, 0.04, -0.04])
def test_ruled_lines_go_and_the_digit_stays(digit, tilt):
    """Where a rule runs along a bar of the digit, some of it may stay."""
    assert wrong(ruled(digit, tilt), digit) > 0.6
    assert wrong(without_rules(ruled(digit, tilt)), digit) < 0.17
    assert wrong(without_rules(ruled(digit.T, tilt).T), digit) < 0.06


def test_squared_paper_goes():
    squared = ruled(ruled(SEVEN, faint=120).T, faint=120).T
    assert wrong(without_rules(squared), SEVEN) < 0.1


def test_a_frame_goes():
    framed = cv2.rectangle(SEVEN.copy(), (4, 4), (95, 95), 255, 3)
    assert wrong(without_rules(framed), SEVEN) < 0.01


@pytest.mark.parametrize("pen", [2, 4, 8, 16])
@pytest.mark.parametrize(
    "shape",
    [
        [[0, 0], [1, 0], [0.4, 1]],
        [[0, 0.2], [0.5, 0], [1, 0.2], [0, 1], [1, 1]],
        [[1, 0], [0, 0], [0, 0.5], [1, 0.7], [0, 1]],
        [[0.5, 0], [0, 0.7], [1, 0.7]],
    ],
)
def test_the_bars_of_a_digit_that_fills_its_picture_stay(shape, pen):
    digit = written(np.float64(shape) * 0.99, pen=pen)
    assert (without_rules(digit) == digit).all()


def test_lines_alone_are_left_alone():
    lines = ruled(np.zeros((100, 100), np.uint8))
    assert (without_rules(lines) == lines).all()
    nothing = np.zeros((9, 9), np.uint8)
    assert not without_rules(nothing).any()


@pytest.mark.parametrize("level", [150, 200, 235])
def test_a_grainy_rule_leaves_a_line_however_dark_it_is(level):
    """Grain makes some of a rule's pixels darker than others; that is no stroke drawn on it."""
    digits = np.hstack([TWO, SEVEN, TWO])
    grain = np.random.default_rng(0).integers(-20, 21, (3, digits.shape[1]))
    lines = digits.copy()
    lines[90:93] = np.maximum(lines[90:93], (level + grain).clip(0, 255))
    assert wrong(without_lying_rules(lines), digits) < 0.02


@pytest.mark.parametrize("digits", [[TWO, SEVEN, TWO], [TWO[:, 18:84]] * 5], ids=["far", "close"])
def test_dark_feet_on_a_paler_rule_stay_however_much_of_it_they_hide(digits):
    line = np.hstack(digits)
    ruled_line = line.copy()
    ruled_line[79:82] = np.maximum(ruled_line[79:82], 120)  # where the feet of 2 are
    assert wrong(without_lying_rules(ruled_line), line) < 0.05
