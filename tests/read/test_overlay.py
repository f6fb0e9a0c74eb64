import io

import numpy as np
import pytest
from PIL import Image, ImageColor

from pilgi.read import Digit, Reading
from pilgi.read.homography import Box
from pilgi.read.overlay import overlay
from pilgi.report.style import LIGHT

SURE = Reading("47", 0.98, Box(300, 400, 200, 100), (Digit("4", 0.99), Digit("7", 0.98)))
UNSURE = SURE.where_sure(0.99)


def drawn(picture, readings, suffix=".png"):
    return np.asarray(Image.open(io.BytesIO(overlay(picture, readings, suffix))))


def boxed(picture, colour):
    """Return the box of the pixels of a colour: left, top, right, bottom."""
    rows, columns = np.nonzero((picture == ImageColor.getrgb(colour)).all(axis=2))
    return columns.min(), rows.min(), columns.max(), rows.max()


@pytest.fixture
def page():
    return np.full((800, 1000), 200, np.uint8)


def test_a_box_of_the_seal_s_colour_lies_around_the_reading(page):
    left, top, right, bottom = boxed(drawn(page, [SURE]), LIGHT.seal)
    assert (left, top, right, bottom) == (298, 398, 501, 501)


def test_inside_the_box_the_picture_is_untouched(page):
    assert (drawn(page, [SURE])[400:500, 300:500] == 200).all()


def test_the_digits_stand_in_ink_on_paper_above_it(page):
    left, top, _, bottom = boxed(drawn(page, [SURE]), LIGHT.paper)
    assert left >= 298
    assert 320 < top < bottom < 398
    assert boxed(drawn(page, [SURE]), LIGHT.ink)[3] < 398


def test_at_the_picture_s_top_they_stand_below(page):
    high = Reading("47", 0.98, Box(300, 0, 200, 100), SURE.digits)
    assert boxed(drawn(page, [high]), LIGHT.paper)[1] > 100


def test_no_other_reading_is_covered(page):
    above = Reading("1", 0.9, Box(300, 330, 200, 60), (Digit("1", 0.9),))
    assert (drawn(page, [above, SURE])[330:390, 300:500] == 200).all()


def test_a_label_between_crowded_readings_covers_none_of_them(page):
    """Nothing is free above, below or to the left, and of the right only its lower half."""
    above, middle, below = (
        Reading("47", 0.98, Box(10, y, width, height), SURE.digits)
        for y, width, height in ((330, 210, 80), (400, 200, 100), (506, 210, 80))
    )
    seen = drawn(page, [above, below, middle])
    assert (seen[330:396, 10:220] == 200).all()
    assert (seen[506:586, 10:220] == 200).all()


def test_no_other_label_is_covered(page):
    """Above the lower one is room for one label only: that of the upper one, at the page's top."""
    high = Reading("11", 0.9, Box(300, 2, 200, 60), SURE.digits)
    low = Reading("22", 0.9, Box(300, 110, 200, 60), SURE.digits)
    both, alone = drawn(page, [high, low]), drawn(page, [high])
    left, top, right, bottom = boxed(alone, LIGHT.paper)
    assert (both[top:bottom, left:right] == alone[top:bottom, left:right]).all()


def test_what_is_not_sure_has_another_colour_and_a_sign(page):
    seen = drawn(page, [UNSURE])
    assert boxed(seen, LIGHT.muted)[3] == 501
    assert boxed(seen, LIGHT.seal)[3] < 398


@pytest.mark.parametrize("kind", ["grey", "bool", "deep", "rgb", "rgba", "one"])
def test_every_picture_is_drawn_on(page, kind):
    picture = {
        "grey": page,
        "bool": page > 100,
        "deep": page.astype(np.uint16) * 257,
        "rgb": np.dstack([page] * 3),
        "rgba": np.dstack([page] * 3 + [page * 0 + 255]),
        "one": page[..., None],
    }[kind]
    seen = drawn(picture, [SURE], ".JPG")
    assert seen.shape == (800, 1000, 3)
    assert abs(int(seen[700, 100, 0]) - (255 if kind == "bool" else 200)) < 3


def test_white_ink_on_nothing_stays_to_be_seen():
    clear = np.zeros((300, 400, 4), np.uint8)
    clear[..., :3] = 255
    clear[100:200, 190:210, 3] = 255
    assert np.ptp(drawn(clear, [])) == 255


def test_a_small_picture_is_drawn_larger_by_whole_times():
    small = np.full((28, 28), 255, np.uint8)
    assert drawn(small, []).shape == (22 * 28, 22 * 28, 3)


def test_not_sure_stands_there_in_words(page):
    """Nothing in ink or in the seal's colour: grey words, wider than two digits."""
    nothing = SURE.where_sure(1)
    assert nothing.answer == "not sure"
    picture = drawn(page, [nothing])
    for colour in (LIGHT.ink, LIGHT.seal):
        assert not (picture == ImageColor.getrgb(colour)).all(axis=2).any()
    left, _, right, _ = boxed(picture, LIGHT.paper)
    one, _, other, _ = boxed(drawn(page, [SURE]), LIGHT.paper)
    assert right - left > 1.5 * (other - one)
