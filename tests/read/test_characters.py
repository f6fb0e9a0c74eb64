"""Parts of a field are characters: side by side, or one above the other."""

import numpy as np
import pytest

from pilgi.read.characters import characters, is_single

FOUR = ((0, 0, 60, 60), (40, 10, 50, 100))
FIVE = ((110, 20, 150, 100), (115, 0, 160, 8))
SEVEN = (170, 0, 230, 100)
DOT = (62, 95, 66, 100)


@pytest.mark.parametrize(
    ("boxes", "found"),
    [
        ((SEVEN,), [[0]]),
        (FOUR, [[0, 1]]),
        ((*FOUR, *FIVE), [[0, 1], [2, 3]]),
        ((SEVEN, *FIVE, *FOUR), [[3, 4], [1, 2], [0]]),
        ((*FOUR, DOT, SEVEN), [[0, 1, 2], [3]]),
    ],
)
def test_tall_parts_side_by_side_are_characters_and_low_ones_go_with_the_nearest(boxes, found):
    assert characters(np.array(boxes)) == found


@pytest.mark.parametrize(
    ("boxes", "single"),
    [((SEVEN,), True), (FOUR, True), ((*FOUR, SEVEN), False), (((0, 0, 140, 100),), False)],
)
def test_one_character_that_is_not_too_wide_is_single(boxes, single):
    assert is_single(np.array(boxes)) is single
