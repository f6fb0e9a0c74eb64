import cv2
import numpy as np
import pytest

from pilgi.ink.specks import without_line_specks, without_specks


def stroke(side=80):
    """Return ink: an upright stroke in the middle."""
    ink = np.zeros((side, side), np.uint8)
    ink[side // 5 : -side // 5, side // 2 - 4 : side // 2 + 4] = 255
    return ink


def test_specks_go_and_dots_of_some_size_stay():
    ink = stroke()
    dusty = ink.copy()
    dusty[10, 10] = 255
    assert (without_specks(dusty) == ink).all()
    dotted = ink.copy()
    dotted[4:9, 20:25] = 255
    assert (without_specks(dotted) == dotted).all()


def test_what_hangs_on_the_border_goes_where_the_character_does_not_touch_it():
    ink = stroke()
    cornered = ink.copy()
    cornered[:12, :12] = 140
    assert (without_specks(cornered) == ink).all()
    cornered[:, 39] = 255
    assert (without_specks(cornered) == cornered).all()


def test_of_equally_large_parts_one_on_the_border_is_enough_for_all_to_stay():
    ink = np.zeros((40, 40), np.uint8)
    ink[16:26, 6:14] = ink[20:40, 30:34] = 255
    assert (without_specks(ink) == ink).all()
    assert (without_specks(ink[::-1]) == ink[::-1]).all()


def test_what_hangs_on_the_border_goes_however_large_where_a_character_stands_clear_of_it():
    """A table beside the paper is larger than what is written."""
    ink = stroke()
    beside = ink.copy()
    beside[:, :25] = 255
    assert (without_specks(beside) == ink).all()
    low = beside.copy()
    low[:52, 30:50] = 0  # what is left of the stroke is a dash, and may be anything
    assert (without_specks(low) == low).all()


def ring(height, width):
    """Return ink: an ellipse as high and wide as that, in the middle of 80x80."""
    ink = np.zeros((80, 80), np.uint8)
    return cv2.ellipse(ink, (40, 40), (width // 2, height // 2), 0, 0, 360, 255, 2)


@pytest.mark.parametrize("height", [60, 79])
def test_a_ring_around_a_character_goes(height):
    ink = np.zeros((80, 80), np.uint8)
    ink[24:56, 38:42] = 255
    ringed = np.maximum(ink, ring(height, 64))
    assert (without_specks(ringed) == ink).all()


def test_a_nought_with_a_dot_or_a_bar_inside_stays():
    dotted, barred = ring(60, 64), ring(60, 36)
    dotted[34:46, 36:44] = 255
    barred[28:52, 38:42] = 255
    for nought in (dotted, barred):
        assert (without_specks(nought) == nought).all()


def test_the_bar_of_a_five_at_the_top_of_a_tight_line_stays():
    line = np.zeros((40, 120), np.uint8)
    line[0:5, 10:32] = line[8:40, 10:16] = line[8:40, 60:66] = 255
    assert (without_line_specks(line) == line).all()
    hanging = line.copy()
    hanging[0:8, 90:96] = 255
    assert (without_line_specks(hanging) == line).all()
