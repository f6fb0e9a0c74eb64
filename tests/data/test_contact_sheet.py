import io

import numpy as np
from PIL import Image

from pilgi.data import Split
from pilgi.data.contact_sheet import contact_sheet

PAPER, INK, SEAL = (0xFA, 0xF8, 0xF3), (0x1B, 0x1B, 0x1A), (0xC8, 0x37, 0x2D)


def pixels(split, count):
    return np.asarray(Image.open(io.BytesIO(contact_sheet(split, count))))


def test_ink_is_dark_on_paper_with_one_seal(small):
    sheet = pixels(small, 4)
    assert (sheet[0, 0] == PAPER).all()
    colours = {tuple(colour) for colour in sheet.reshape(-1, 3).tolist()}
    assert {PAPER, INK, SEAL} <= colours


def test_there_is_a_row_a_class_and_a_column_a_picture(small):
    few, more, less = pixels(small, 2), pixels(small, 4), pixels(small.take(np.arange(2)), 2)
    assert few.shape[0] == more.shape[0] == less.shape[0]
    assert more.shape[1] >= few.shape[1]


def test_a_class_has_no_more_pictures_than_there_are(small):
    assert pixels(small, 100).shape == pixels(small, 4).shape


def test_the_head_fits_over_a_narrow_sheet(small):
    named = Split("a rather long name for a set", small.images, small.labels, small.classes)
    assert pixels(named, 1).shape[1] > pixels(small, 1).shape[1]


def test_colour_pictures_keep_their_colours(small):
    red = np.zeros((10, 32, 32, 3), np.uint8)
    red[..., 0] = 200
    split = Split("red", red, np.arange(10), small.classes)
    assert (200, 0, 0) in {tuple(colour) for colour in pixels(split, 1).reshape(-1, 3).tolist()}
