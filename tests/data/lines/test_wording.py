from dataclasses import replace

import cv2
import numpy as np
import pytest

from pilgi.data.lines import OTHER, SEPARATOR, Composition, compose, labels_of, number_in, spelt
from pilgi.data.lines.glyphs import digits
from pilgi.data.lines.typesetting import draw_row
from pilgi.data.lines.wording import worded

PLAIN = Composition(on_paper=0.0, thin=0.0, thick=0.0, slant=0.0, slope=0.0, wander=0.0, sizes=0.0)


def rows(writers, **settings):
    generator = np.random.default_rng(0)
    return [worded(writers, replace(PLAIN, **settings), generator) for _ in range(60)]


def texts(writers, **settings):
    return [spelt(each.row.labels.tolist()) for each in rows(writers, **settings)]


def test_digits_alone_are_the_rule(lettered):
    assert all(text.isdigit() for text in texts(lettered))


def test_separators_stand_between_digits_before_and_after_them(lettered):
    found = texts(lettered, signs=1.0)
    assert all("-" in text for text in found)
    assert any(text[0] == "-" for text in found)
    assert any(text[-1] == "-" for text in found)
    assert any("-" in text.strip("-") for text in found)
    assert all(number_in(text).isdigit() for text in found)


def test_letters_stand_among_digits(lettered):
    found = texts(lettered, lettered=1.0)
    assert all("?" in text for text in found)
    assert all(any(sign.isdigit() for sign in text) for text in found)


def test_words_and_scribbles_hold_no_digit(lettered):
    for settings in ({"words": 1.0}, {"scribbles": 1.0}):
        assert all(set(text) == {"?"} for text in texts(lettered, **settings))


def test_words_of_a_line_stand_apart(lettered):
    spaced = [each for each in rows(lettered, words=1.0) if each.spaces.any()]
    assert spaced
    assert all(each.spaces[0] == 0 and each.spaces.max() >= 0.3 for each in spaced)


def test_lines_of_eight_digits_are_as_common_as_asked(lettered):
    assert {len(text) for text in texts(lettered, eight=1.0)} == {8}


def test_writers_of_digits_alone_write_digits_alone(parted):
    assert all(text.isdigit() for text in texts(parted.train, signs=0.5, words=0.5))


def place(others, sign):
    """Return the first and last row of a sign's ink, in heights of a digit from its top."""
    row = others.signs[sign].take(np.array([0]))
    ink = draw_row(row, replace(PLAIN, aspect=(1.0, 1.0)), 60, np.random.default_rng(0)).ink
    found = np.flatnonzero((ink > 80).any(axis=1))
    line = len(ink) * 0.5 + 30
    return 1 - (line - found[0]) / 60, 1 - (line - found[-1]) / 60


def test_each_sign_stands_where_hands_put_it(others):
    top, bottom = place(others, "-")
    assert 0.25 < top < bottom < 0.75
    top, bottom = place(others, ".")
    assert 0.65 < top < bottom < 1.2
    assert place(others, ",")[1] > 1.02
    top, bottom = place(others, "/")
    assert top < 0.2
    assert bottom > 0.85


def test_points_that_lifting_ink_drops_are_left_out_of_the_text(lettered, draws):
    """A separator under a sixth of the line's height is a speck to the ink spec."""
    point = lettered.others.signs["."]
    settings = replace(PLAIN, signs=1.0)
    small = replace(point, parts=np.full(len(point), 0.05))
    for parts, seen in ((small, False), (replace(point, parts=point.parts * 0 + 0.5), True)):
        only = dict.fromkeys(lettered.others.signs, parts)
        writers = replace(lettered, others=replace(lettered.others, signs=only))
        line = compose(writers, settings, draws)
        assert (SEPARATOR in line.labels) == seen


def test_digits_are_bent_and_change_their_pen_where_asked(parted):
    plain, changed = (
        worded(parted.train, settings, np.random.default_rng(0), 5).row
        for settings in (PLAIN, replace(PLAIN, bent=1.0, pens=1.0))
    )
    assert (plain.labels == changed.labels).all()
    assert all(
        (one != other).any() for one, other in zip(plain.images, changed.images, strict=True)
    )
    correlation = np.corrcoef(plain.images.ravel(), changed.images.ravel())[0, 1]
    assert correlation > 0.6


def test_each_digit_is_turned_by_itself(parted):
    ones = parted.train.images[parted.train.labels == 1][:1].repeat(6, axis=0)
    row = digits(ones, np.ones(6, np.int64))
    settings = replace(PLAIN, touching=0.0, gap=(0.5, 0.5), turn=20.0, shear=10.0)
    ink = draw_row(row, settings, 40, np.random.default_rng(0)).ink
    _, _, boxes, _ = cv2.connectedComponentsWithStats((ink > 80).astype(np.uint8))
    assert np.unique(boxes[1:, cv2.CC_STAT_WIDTH]).size > 3


@pytest.mark.parametrize("label", [SEPARATOR, OTHER])
def test_labels_and_their_text_are_each_other_s_inverse(label):
    assert labels_of(spelt([3, label, 0])) == (3, label, 0)
