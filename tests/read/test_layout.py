import cv2
import numpy as np
import pytest

from pilgi import ink
from pilgi.read.cutting import cut_out
from pilgi.read.layout import find_layout

FORM = [("4721", 60, 50), ("305", 500, 55), ("77", 80, 190), ("20261121", 300, 200), ("9", 60, 330)]


@pytest.fixture
def form(pen):
    page = pen(420, 900)
    for text, x, y in FORM:
        page.write(text, x, y)
    return page


def boxes(page, matrix=None):
    """Return the upright boxes of what was written, as they stand in a photo of it."""
    found = []
    for _, (x, y, w, h) in page.written:
        corners = np.float32([[[x, y], [x + w, y], [x + w, y + h], [x, y + h]]])
        seen = corners if matrix is None else cv2.perspectiveTransform(corners, matrix)
        (left, top), (right, bottom) = seen[0].min(axis=0), seen[0].max(axis=0)
        found.append((left, top, right - left, bottom - top))
    return found


def assert_same(cuts, truth, off=10):
    assert len(cuts) == len(truth)
    assert np.abs(np.array([cut.box for cut in cuts]) - truth).max() <= off


def in_one_lightness(page):
    """Return the page in orange ink on blue paper of the same lightness, with a camera's grain."""
    share = (240.0 - page[..., None]) / 210
    mixed = np.array([90, 130, 205]) * (1 - share) + np.array([222, 108, 20]) * share
    return (mixed + np.random.default_rng(0).normal(0, 3, mixed.shape)).clip(0, 255).astype("uint8")


def test_ink_is_found_on_a_page_whose_colours_differ_in_hue_alone(form):
    _, cuts = cut_out(in_one_lightness(form.page))
    assert_same(cuts, boxes(form))
    for cut, grey in zip(cuts, cut_out(form.page)[1], strict=True):
        lines = [ink.from_line(each.pixels) for each in (cut, grey)]
        assert abs(lines[0].shape[1] - lines[1].shape[1]) * 20 <= lines[1].shape[1]
        assert abs(lines[0].mean() - lines[1].mean()) < 0.15 * lines[1].mean()


def test_fields_are_found_in_reading_order(form):
    _, cuts = cut_out(form.page)
    assert_same(cuts, boxes(form))
    assert [cut.single for cut in cuts] == [False, False, False, False, True]


@pytest.mark.parametrize("shadow", [0, 0.4])
def test_a_photo_at_an_angle_gives_boxes_in_its_own_pixels(form, photograph, shadow):
    corners = [[110, 60], [1100, 100], [1140, 560], [70, 620]]
    photo, matrix = photograph(form.page, corners, (1200, 700), shadow)
    layout, cuts = cut_out(photo)
    assert layout.sheet
    assert_same(cuts, boxes(form, matrix), off=16)


@pytest.mark.parametrize("degrees", [-8, -3, 3, 8])
def test_a_tilted_page_is_levelled(form, degrees):
    turn = np.vstack([cv2.getRotationMatrix2D((450, 210), degrees, 0.8), [0, 0, 1]])
    tilted = cv2.warpPerspective(form.page, turn, (900, 420), borderValue=240)
    layout, cuts = cut_out(tilted)
    assert_same(cuts, boxes(form, turn), off=16)
    lying = layout.homography.matrix[1, 0] / layout.homography.matrix[0, 0]
    assert np.degrees(np.arctan(lying)) == pytest.approx(degrees, abs=1)


def test_two_columns_are_two_fields_and_one_number_is_one(pen):
    near = pen(200, 900).write("123", 60, 60).write("456", 250, 60)
    apart = pen(200, 900).write("123", 60, 60).write("456", 300, 60)
    assert [len(cut_out(page.page)[1]) for page in (near, apart)] == [1, 2]


def test_a_table_s_columns_are_fields_and_a_row_of_cells_is_one_number(pen):
    table, cells = pen(240, 600).write("123", 40, 80).write("456", 230, 80), pen(240, 600)
    for column in (25, 208, 390):
        cv2.line(table.page, (column, 60), (column, 160), 60, 2)
    for row in (60, 160):
        cv2.line(table.page, (25, row), (390, row), 60, 2)
    for at, digit in enumerate("90817"):
        cells.write(digit, 60 + 80 * at, 80)
        cv2.rectangle(cells.page, (40 + 80 * at, 60), (120 + 80 * at, 160), 60, 2)
    assert_same(cut_out(table.page)[1], boxes(table))
    assert [cut.single for cut in cut_out(cells.page)[1]] == [False]


def test_a_cut_shows_no_wall_and_no_other_field(pen):
    cells, plain = pen(200, 600), pen(200, 600)
    for at, digit in enumerate("90817"):
        for page in (cells, plain):
            page.write(digit, 60 + 80 * at, 80)
        cv2.rectangle(cells.page, (40 + 80 * at, 60), (120 + 80 * at, 160), 60, 2)
    (cut,), (clean,) = cut_out(cells.page)[1], cut_out(plain.page)[1]
    height = min(cut.pixels.shape[0], clean.pixels.shape[0])
    inside = slice(height // 4, 3 * height // 4)
    assert cut.pixels[inside].shape == pytest.approx(clean.pixels[inside].shape, abs=6)
    assert (cut.pixels[inside] < 135).sum() == pytest.approx(
        (clean.pixels[inside] < 135).sum(), rel=0.05
    )
    crowded = pen(200, 300).write("47", 60, 20).write("35", 60, 92).page
    for cut in cut_out(crowded)[1]:
        assert (cut.pixels[[0, -1]] > 200).all()


@pytest.mark.parametrize("text", ["637", "46", "90817"])
def test_a_number_in_a_frame_is_cut_out_without_it(pen, text):
    framed, plain = pen(130, 400).write(text, 60, 40), pen(130, 400).write(text, 60, 40)
    right = 60 + framed.written[0][1][2]
    pages = [page.page[:, : right + 40] for page in (framed, plain)]
    cv2.rectangle(pages[0], (45, 25), (right + 15, 115), 60, 2)
    (cut,), (clean,) = (cut_out(page)[1] for page in pages)
    dark = [(each.pixels < 135).sum() for each in (cut, clean)]
    assert dark[0] == pytest.approx(dark[1], rel=0.1)


def test_the_box_of_a_ringed_digit_is_the_digit_s(pen):
    page = pen(200, 200).write("4", 76, 60, height=80)
    cv2.ellipse(page.page, (100, 100), (80, 75), 0, 0, 360, 30, 4, cv2.LINE_AA)
    _, (cut,) = cut_out(page.page)
    assert np.abs(np.array(cut.box) - page.written[0][1]).max() <= 12


def test_specks_the_edge_of_a_table_and_dashes_are_no_characters(form):
    page = form.page.copy()
    for x, y in ((20, 20), (450, 150), (700, 390)):
        cv2.circle(page, (x, y), 2, 30, -1)
    cv2.line(page, (200, 380), (290, 380), 30, 6)
    page[:, :3] = 40
    assert_same(cut_out(page)[1], boxes(form))


@pytest.mark.parametrize("shape", [(1, 1), (1, 50), (50, 1), (28, 28), (700, 900)])
@pytest.mark.parametrize("grey", [0, 255])
def test_a_blank_picture_has_no_fields(shape, grey):
    assert cut_out(np.full(shape, grey, np.uint8))[1] == []


def test_a_shadow_on_blank_paper_has_no_fields(photograph):
    paper = np.full((600, 800), 230, np.uint8)
    photo, _ = photograph(paper, [[-9, -9], [809, -9], [809, 609], [-9, 609]], (800, 600), 0.4)
    assert find_layout(photo).fields == ()


@pytest.mark.parametrize("kind", [np.bool_, np.uint16])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_every_depth_and_channel_count_is_laid_out_alike(form, kind, channels):
    page = np.repeat(form.page[..., None], channels, axis=2)
    if channels == 4:
        page[..., 3] = 255
    deep = page > 128 if kind is np.bool_ else page.astype(np.uint16) * 257
    assert_same(cut_out(deep)[1], boxes(form))


def test_a_strip_longer_than_opencv_s_limit_is_read(pen):
    strip = np.full((60, 40_000), 240, np.uint8)
    strip[:, :120] = pen(60, 120).write("7", 20, 10, height=40).page
    assert [cut.box.h < 60 for cut in cut_out(strip)[1]] in ([], [True])


def test_a_small_picture_s_ink_has_no_stripes_and_its_box_is_the_ink_s():
    digit = np.zeros((28, 28), np.uint8)
    digit[5:24, 12:16] = 253
    striped = digit.copy()
    striped[:, :7], striped[:, -7:] = 255, 255
    _, (cut,) = cut_out(striped)
    assert cut.single
    assert cut.box == (12, 5, 4, 19)
    assert (cut.ink == digit).all()
