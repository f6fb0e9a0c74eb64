"""Strokes are read as one digit or as a number, by the rule of pictures."""

import numpy as np
import pytest

from pilgi import ink
from pilgi.errors import DataError
from pilgi.ink.strokes import LINE
from pilgi.read import Decoded, DecodedDigit, Reader, open_reader
from pilgi.read.drawing import cut_digit, cut_strokes, read_strokes

SEVEN = [[[10, 10], [60, 12], [30, 90]]]
FOUR = [[[30, 10], [5, 60], [60, 60]], [[40, 30], [40, 95]]]
ONES = [[[10, 12], [12, 90]], [[60, 10], [58, 85]]]
LONG = [[[0, 50], [9000, 50]]]


@pytest.fixture(scope="module")
def reader():
    return open_reader()


@pytest.mark.parametrize(("strokes", "single"), [(SEVEN, True), (FOUR, True), (ONES, False)])
def test_a_drawing_is_one_character_or_several(strokes, single):
    assert cut_strokes(strokes).single is single


def test_a_digit_s_ink_is_that_of_its_strokes():
    assert (cut_strokes(FOUR).ink == ink.from_strokes(FOUR, y_up=False)).all()


def test_what_is_known_to_be_a_digit_has_the_same_ink_and_place():
    known, found = cut_digit(ONES), cut_strokes(ONES)
    assert (known.ink == found.ink).all()
    assert known.box == found.box
    assert known.single


def test_digits_and_numbers_are_read(reader):
    assert [read_strokes(reader, each).text for each in (SEVEN, FOUR, ONES)] == ["7", "4", "11"]


def test_characters_are_whole_strokes_from_left_to_right():
    right = [[[x + 100, y] for x, y in stroke] for stroke in FOUR]
    found = cut_strokes([*right, *SEVEN]).apart()
    assert [each.tolist() for each in found] == [
        ink.from_strokes(each, y_up=False).tolist() for each in (SEVEN, FOUR)
    ]
    assert cut_strokes(LONG).apart() == []


def test_a_digit_of_whole_strokes_is_not_two_that_touch(reader):
    """The line's reader takes a wide 4 for 41."""

    class Doubling:
        def read(self, *_):
            return Decoded("741", 0.8, tuple(DecodedDigit(int(each), 0.8, 0, 0) for each in "741"))

    right = [[[x + 100, y] for x, y in stroke] for stroke in FOUR]
    assert read_strokes(Reader(reader.digit, Doubling()), [*SEVEN, *right]).text == "74"


def test_unit_and_place_do_not_matter(reader):
    moved = [[[1e6 + 1e-3 * x, 5 + 1e-3 * y] for x, y in stroke] for stroke in ONES]
    plain, other = (read_strokes(reader, each) for each in (ONES, moved))
    assert other.text == plain.text
    assert other.confidence == pytest.approx(plain.confidence, abs=1e-3)


def test_y_may_grow_upwards():
    upwards = [[[x, -y] for x, y in stroke] for stroke in FOUR]
    cut = cut_strokes(upwards, y_up=True)
    assert (cut.pixels == cut_strokes(FOUR).pixels).all()
    assert cut.box == (5, -95, 55, 85)


def test_a_dot_and_a_long_dash_stay_small():
    assert cut_strokes([[[3, 3]]]).single
    height, width = cut_strokes(LONG).pixels.shape
    assert height <= LINE.height + 80
    assert width <= LINE.width + 80


@pytest.mark.parametrize("strokes", [[], [[]], [np.empty((0, 2))]])
def test_nothing_drawn_is_refused(strokes):
    with pytest.raises(DataError, match="nothing is drawn"):
        cut_strokes(strokes)
    with pytest.raises(DataError, match="nothing is drawn"):
        cut_digit(strokes)


@pytest.mark.parametrize("strokes", [[[[1, 2, 3]]], ["x"], [[[float("nan"), 1]]], [[[1e300, 1]]]])
def test_what_is_no_stroke_is_refused(strokes):
    with pytest.raises(DataError, match="list of"):
        cut_strokes(strokes)
