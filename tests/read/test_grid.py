"""Lines printed on paper."""

import cv2
import numpy as np
import pytest

from pilgi.read.cutting import cut_out
from pilgi.read.grid import find_grid, grid_tilt

PAPER, PRINT = 240, 200


def squared(page, apart=26, print_=PRINT):
    """Return the page on squared paper: what is written lies over the lines."""
    lines = np.full_like(page, PAPER)
    lines[apart // 2 :: apart], lines[:, apart // 3 :: apart] = print_, print_
    return np.minimum(page, lines)


def turned(page, degrees):
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1)
    return cv2.warpAffine(page, matrix, (width, height), borderMode=cv2.BORDER_REFLECT)


@pytest.fixture
def number(pen):
    return pen(300, 500, PAPER).write("4721", 90, 110)


def test_squares_go_and_strokes_across_them_stay(number):
    page = squared(number.page)
    grid = find_grid(PAPER - page)
    assert not (grid & (number.page < 100)).any()
    left = np.where(grid, PAPER, page)
    assert (left[number.page == PAPER] == PAPER).mean() > 0.999


def test_ruled_paper_is_lines_of_one_direction(number):
    page = number.page.copy()
    page[20::40] = np.minimum(page[20::40], PRINT)
    grid = find_grid(PAPER - page)
    assert set(np.flatnonzero(grid.any(axis=1)) % 40) <= {19, 20, 21}
    assert grid[20].mean() > 0.8


def test_two_lines_are_no_grid_and_neither_are_lines_as_dark_as_the_writing(number):
    framed = number.page.copy()
    cv2.rectangle(framed, (2, 2), (497, 297), PRINT, 2)
    assert not find_grid(PAPER - framed).any()
    assert not find_grid(PAPER - squared(number.page, print_=60)).any()


def test_ones_that_fill_a_picture_from_top_to_bottom_are_no_grid():
    ones = np.zeros((60, 120), np.uint8)
    ones[:, 20:24], ones[:, 50:54], ones[:, 80:84] = 200, 200, 200
    ones[10:50, 100:104] = 200
    assert not find_grid(ones).any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (40, 1), (28, 28)])
def test_blank_paper_has_no_grid_and_no_tilt(shape):
    blank = np.zeros(shape, np.uint8)
    assert not find_grid(blank).any()
    assert grid_tilt(blank) == 0


@pytest.mark.parametrize("degrees", [-5, -1.3, 0, 2])
def test_the_tilt_of_printed_lines_is_found(number, degrees):
    page = turned(squared(number.page), degrees)
    assert np.degrees(grid_tilt(PAPER - page)) == pytest.approx(degrees, abs=0.2)


@pytest.mark.parametrize("degrees", [-4, 0, 3])
def test_a_number_on_squared_paper_is_one_field_and_its_cut_shows_no_line(number, degrees):
    page = turned(squared(number.page), degrees)
    _, (cut,) = cut_out(page)
    rows = (cut.pixels < 160).any(axis=1).mean()
    assert 0.5 < rows < 0.85  # a standing line would be seen in every row
    assert cut.box.w == pytest.approx(number.written[0][1][2], rel=0.15)
