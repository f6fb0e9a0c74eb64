from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilgi import data, ink
from pilgi.errors import PilgiError
from pilgi.ink.geometry import crop
from pilgi.ink.margin import without_margin, written
from pilgi.ink.paper import border

SETS = [
    *("mnist", "usps", "unipen", "unipen-letters", "sheets", "sheets-signs"),
    *("hands", "letters", "digits"),
]
PARTS = {"mnist": "train", "sheets": "test", "sheets-signs": "test"}


def bordered(picture, sides, paper=255):
    top, bottom, left, right = sides
    return np.pad(picture, ((top, bottom), (left, right)), constant_values=paper)


@cache
def pictures(name):
    try:
        return data.load(name, PARTS.get(name, "all")).images
    except PilgiError as error:
        return error


def crops(name, count=40):
    """Return pictures of one data set cut to their ink, dark on 255, paper somewhere on the rim.

    A crop that its ink fills to the rim says nothing of what is paper.
    """
    images = pictures(name)
    if isinstance(images, PilgiError):
        pytest.skip(f"needs PILGI_DATA with {name} in it: {images}")
    chosen = np.random.default_rng(0).choice(len(images), count, replace=False)
    found = [255 - crop(images[at]) for at in chosen if images[at].any()]
    return [each for each in found if (border(each) > 128).mean() > 0.45]


@pytest.mark.parametrize("name", SETS)
def test_a_crop_and_the_same_crop_with_any_margin_give_the_same_ink(name):
    for at, picture in enumerate(crops(name)):
        margins = np.random.default_rng(at).integers(0, 41, (2, 4))
        expected = ink.from_picture(picture)
        for sides in margins.tolist():
            assert (ink.from_picture(bordered(picture, sides)) == expected).all()


@pytest.mark.parametrize("name", SETS)
def test_a_line_and_the_same_line_with_any_margin_give_the_same_ink(name):
    for at, picture in enumerate(crops(name, 12)):
        sides = np.random.default_rng(at).integers(0, 41, 4).tolist()
        line = np.hstack([bordered(picture, (0, 0, 3, 3))] * 4)
        assert (ink.from_line(bordered(line, sides)) == ink.from_line(line)).all()


def test_a_tight_crop_keeps_the_stem_and_the_foot_that_span_it():
    one = np.full((40, 30), 255, np.uint8)
    one[:, 14:16] = one[-2:] = 0
    seven = np.full((40, 30), 255, np.uint8)
    seven[:2] = seven[19:21, 4:] = seven[:, 18:20] = 0
    for digit in (one, seven):
        line = dict(ink.trace_line(digit))
        assert ((line["rules"] > 0) == (line["threshold"] > 0)).all()
        steps = dict(ink.trace(digit))
        assert ((steps["rules"] > 0) == (steps["threshold"] > 0)).all()


@given(
    st.tuples(*[st.integers(0, 9)] * 4),
    st.integers(30, 255),
    st.integers(0, 2**32 - 1),
)
def test_the_window_is_where_writing_is_whatever_the_margin(sides, paper, seed):
    rng = np.random.default_rng(seed)
    picture = np.where(rng.random((6, 9)) < 0.4, 0, paper - 5).astype(np.uint8)
    inner = without_margin(picture)
    assert (without_margin(bordered(picture, sides, paper=paper)) == inner).all() or not (
        np.ptp(picture) > 8
    )


def test_a_blank_picture_is_all_there_is():
    assert written(np.full((4, 7), 200, np.uint8)) == (0, 4, 0, 7)
