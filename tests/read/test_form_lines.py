import cv2
import numpy as np
import pytest

from pilgi.read.form_lines import without_rules
from pilgi.read.frames import without_frames


def solid(pen):
    """Return what a pen wrote, 255 where there is ink."""
    return np.where(pen.page < 135, np.uint8(255), np.uint8(0))


def wrong(found, ink):
    """Return the share of pixels that are ink in one picture only."""
    return ((found > 0) != (ink > 0)).sum() / (ink > 0).sum()


@pytest.fixture
def ink(pen):
    return solid(pen(400, 600).write("4721", 60, 50).write("305", 300, 180).write("77", 80, 300))


@pytest.mark.parametrize("fall", [0, 4, -4])
def test_ruled_lines_go_and_digits_stay(ink, fall):
    ruled = ink.copy()
    for row in (40, 115, 175, 245, 295, 368):
        cv2.line(ruled, (0, row), (599, row + fall), 255, 2)
    assert wrong(ruled, ink) > 0.6
    assert wrong(without_rules(ruled, 6.0), ink) < 0.1


def test_digits_without_rules_keep_every_pixel(ink):
    assert (without_rules(ink, 6.0) == ink).all()
    assert (without_frames(ink, 6.0) == ink).all()


@pytest.mark.parametrize("thin", [2, 3])
def test_a_large_digit_s_own_bars_stay(pen, thin):
    for digit in "12457":
        large = cv2.resize(solid(pen(200, 200).write(digit, 30, 10, height=180)), (200, 200))
        drawn = cv2.erode(large, np.ones((18 - thin, 1), np.uint8))
        assert (without_rules(drawn, float(thin)) == drawn).all()


def test_a_table_s_lines_go(ink):
    table = ink.copy()
    for row in (20, 140, 270, 390):
        cv2.line(table, (10, row), (590, row), 255, 2)
    for column in (10, 280, 590):
        cv2.line(table, (column, 20), (column, 390), 255, 2)
    assert wrong(without_rules(without_frames(table, 6.0), 6.0), ink) < 0.05


def test_frames_around_fields_go(ink):
    framed = ink.copy()
    cv2.rectangle(framed, (45, 35), (285, 125), 255, 2)
    cv2.rectangle(framed, (65, 285), (190, 375), 255, 2)
    assert wrong(without_frames(framed, 6.0), ink) == 0


def test_a_row_of_cells_goes(pen):
    ink = solid(pen(120, 400).write("4721", 30, 35))
    cells = ink.copy()
    for column in range(4):
        cv2.rectangle(cells, (20 + 51 * column, 20), (71 + 51 * column, 105), 255, 2)
    assert wrong(without_frames(cells, 6.0), ink) == 0


def test_what_touches_its_frame_stays(pen):
    ink = solid(pen(120, 300).write("47", 60, 30))
    framed = ink.copy()
    cv2.rectangle(framed, (40, 20), (200, 86), 255, 2)
    assert wrong(without_frames(framed, 6.0), ink) < 0.25


def test_a_digit_that_touches_its_frame_does_not_go_with_it(pen):
    ink = solid(pen(120, 400).write("7219", 60, 30))
    framed = ink.copy()
    cv2.rectangle(framed, (30, 29), (330, 105), 255, 2)  # the bar of the 7 lies on it
    left = without_frames(framed, 6.0)
    seven = slice(36, 96), slice(55, 105)
    assert (left[seven] > 0).sum() > 0.8 * (ink[seven] > 0).sum()


def test_a_zero_is_no_frame(pen):
    zeros = solid(pen(300, 600).write("000", 30, 30, height=200))
    assert (without_frames(zeros, 20.0) == zeros).all()
