import numpy as np
import pytest

from pilgi import ink
from pilgi.errors import DataError


def number(text="20 61", *, height=60, width=220, paper=255, pen=20, thick=3):
    """Return a picture of `text` in dark ink on paper."""
    import cv2

    picture = np.full((height, width), paper, np.uint8)
    cv2.putText(picture, text, (20, height - 18), cv2.FONT_HERSHEY_SIMPLEX, 1.0, pen, thick)
    return picture


def far(one, other):
    """Return the mean difference in grey levels; infinite where the shapes differ."""
    if one.shape != other.shape:
        return np.inf
    return np.abs(one.astype(int) - other).mean()


def test_a_line_is_32_high_with_its_ink_28_and_paper_around():
    line = ink.from_line(number())
    rows, columns = np.flatnonzero(line.any(axis=1)), np.flatnonzero(line.any(axis=0))
    assert (line.dtype, len(line), line.max()) == (np.uint8, 32, 255)
    assert (rows[0], rows[-1]) == (2, 29)
    assert (columns[0], line.shape[1] - 1 - columns[-1]) == (4, 4)


def test_proportions_are_kept():
    small, large = number(), np.repeat(np.repeat(number(), 3, axis=0), 3, axis=1)
    widths = [ink.from_line(picture).shape[1] for picture in (small, large)]
    assert abs(widths[0] - widths[1]) <= 4


def test_bright_ink_16_bits_colour_and_alpha_give_the_same_line():
    plain = number()
    line = ink.from_line(plain)
    rgba = np.dstack([plain, plain, plain, np.full_like(plain, 255)])
    for same in (rgba, rgba[..., :3], plain.astype(np.uint16) * 257):
        assert np.array_equal(ink.from_line(same), line)
    assert far(ink.from_line(255 - plain), line) < 1


def test_ruled_lines_go_and_the_digits_on_them_stay():
    plain = number()
    ruled = plain.copy()
    for row in (6, 41):
        ruled[row : row + 2] = np.minimum(ruled[row : row + 2], 150)
    line, expected = ink.from_line(ruled), ink.from_line(plain)
    # What is left of a rule under a foot is a row more of ink, of 22.
    assert abs(line.shape[1] - expected.shape[1]) <= 6
    assert abs((line > 0).mean() - (expected > 0).mean()) < 0.03


def test_a_rule_as_dark_as_the_ink_goes_where_no_stroke_crosses_it():
    ruled = number()
    ruled[50:52] = 20
    line = ink.from_line(ruled)
    assert abs(line.shape[1] - ink.from_line(number()).shape[1]) <= 4


def test_dust_and_the_feet_of_the_line_above_go():
    plain = number()
    dirty = plain.copy()
    dirty[30:32, 5:7] = 0
    dirty[0:5, 60:64] = 0
    assert np.array_equal(ink.from_line(dirty), ink.from_line(plain))


def test_a_shadow_across_the_line_is_evened_out():
    plain = number()
    shadow = (plain * np.linspace(1, 0.5, plain.shape[1])).astype(np.uint8)
    assert far(ink.from_line(shadow), ink.from_line(plain)) < 12


def test_a_hairline_is_widened():
    thin, pen = ink.from_line(number(thick=1, height=90)), ink.from_line(number(thick=3, height=90))
    assert thin.mean() > pen.mean() / 3


@pytest.mark.parametrize("paper", [0, 128, 255])
def test_a_blank_picture_gives_paper(paper):
    line = ink.from_line(np.full((40, 300), paper, np.uint8))
    assert line.shape == (32, 16)
    assert not line.any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (3, 4000), (2000, 8)])
def test_pictures_of_any_size_give_16_to_1024_columns(shape):
    picture = np.full(shape, 255, np.uint8)
    picture[shape[0] // 2, shape[1] // 4 : shape[1] // 2 + 1] = 0
    line = ink.from_line(picture)
    assert len(line) == 32
    assert 16 <= line.shape[1] <= 1024


def test_every_step_can_be_seen():
    names = [name for name, _ in ink.trace_line(number())]
    assert names == [
        *("grey", "polarity", "margin", "reduce", "light", "threshold", "rules"),
        *("specks", "pen", "crop", "scale", "place"),
    ]


def test_ink_off_its_paper_is_framed_as_it_is():
    drawn = np.zeros((60, 220), np.uint8)
    drawn[12:40, 20:30] = drawn[12:20, 60:100] = 255
    assert np.array_equal(ink.frame_line(drawn), ink.from_line(255 - drawn))


def test_what_is_no_picture_is_refused():
    with pytest.raises(DataError, match="a picture must"):
        ink.from_line(np.zeros((32, 100), np.float32))
