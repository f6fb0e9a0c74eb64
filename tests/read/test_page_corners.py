import cv2
import numpy as np
import pytest

from pilgi.read.page_corners import find_sheet

CORNERS = np.float64([[90, 60], [690, 95], [730, 520], [60, 560]])


@pytest.fixture
def page(pen):
    written = pen(700, 900, paper=225)
    for row in range(4):
        written.write("20261121", 80, 60 + 160 * row)
        cv2.line(written.page, (20, 140 + 160 * row), (880, 140 + 160 * row), 120, 2)
    return written.page


@pytest.mark.parametrize("shadow", [0.0, 0.25, 0.45])
def test_a_sheet_on_a_table_is_found_under_a_hard_shadow_too(page, photograph, shadow):
    photo, _ = photograph(page, CORNERS, (800, 600), shadow)
    assert np.abs(find_sheet(photo) - CORNERS).max() < 4


def test_a_page_that_fills_the_picture_has_no_sheet(page):
    assert find_sheet(page) is None


def test_a_frame_on_paper_is_no_sheet(pen):
    page = pen(700, 900).write("123", 300, 300).page
    cv2.rectangle(page, (100, 100), (800, 600), 20, 6)
    assert find_sheet(page) is None


def test_the_edge_of_a_shadow_is_no_sheet(photograph):
    paper = np.full((600, 800), 230, np.uint8)
    photo, _ = photograph(paper, [[-9, -9], [809, -9], [809, 609], [-9, 609]], (800, 600), 0.5)
    assert find_sheet(photo) is None


def test_a_drawing_has_no_sheet():
    assert find_sheet(np.full((280, 280), 255, np.uint8)) is None
