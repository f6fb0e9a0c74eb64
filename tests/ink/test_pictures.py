import numpy as np
import pytest

from pilgi import ink
from pilgi.errors import DataError
from pilgi.ink.geometry import crop


def seven(side=120, paper=255, pen=0, thickness=9):
    """Return a grey picture of a seven, drawn with a thick pen."""
    import cv2

    picture = np.full((side, side), paper, np.uint8)
    points = (np.float64([[0.25, 0.2], [0.7, 0.2], [0.4, 0.8]]) * side).astype(np.int32)
    cv2.polylines(picture, [points], False, pen, thickness * side // 120, cv2.LINE_AA)
    return picture


def distance(a, b):
    """Return the mean difference in grey levels, one pixel of displacement allowed."""
    shifts = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    return min(np.abs(np.roll(a, shift, (0, 1)).astype(int) - b).mean() for shift in shifts)


EXPECTED = ink.from_picture(seven())


def test_a_drawing_becomes_bright_ink_in_mnist_s_size():
    assert EXPECTED.shape == (28, 28)
    assert EXPECTED.dtype == np.uint8
    assert max(crop(EXPECTED).shape) == 20
    assert not EXPECTED[0].any()
    assert EXPECTED.max() == 255


def test_polarity_does_not_matter():
    assert distance(ink.from_picture(255 - seven()), EXPECTED) < 1


def test_size_does_not_matter():
    for side in (64, 300, 1000):
        assert distance(ink.from_picture(seven(side)), EXPECTED) < 6


def test_faint_ink_on_grey_paper_is_read_like_black_on_white():
    assert distance(ink.from_picture(seven(paper=190, pen=130)), EXPECTED) < 2


def test_colour_is_grey_in_three_channels():
    assert (ink.from_picture(np.stack([seven()] * 3, axis=2)) == EXPECTED).all()
    assert (ink.from_picture(seven()[..., None]) == EXPECTED).all()


def test_coloured_ink_on_coloured_paper_is_read():
    ink_share = (255 - seven()[..., None]) / 255
    picture = (1 - ink_share) * (250, 240, 200) + ink_share * (20, 40, 160)
    assert distance(ink.from_picture(picture.astype(np.uint8)), EXPECTED) < 3


def test_sixteen_bits_and_two_levels_are_read():
    assert (ink.from_picture(seven().astype(np.uint16) * 257) == EXPECTED).all()
    assert distance(ink.from_picture(seven() > 127), EXPECTED) < 6


@pytest.mark.parametrize("pen", [0, 255])
def test_ink_on_a_transparent_sheet_is_read_in_either_colour(pen):
    alpha = 255 - seven()
    picture = np.dstack([np.full((*alpha.shape, 3), pen, np.uint8), alpha])
    assert distance(ink.from_picture(picture), EXPECTED) < 1


def test_mnist_s_own_bytes_are_taken_as_they_are():
    shifted = np.roll(EXPECTED, 5, axis=1)
    for picture in (EXPECTED, shifted, np.stack([EXPECTED] * 3, axis=2)):
        taken = ink.from_picture(picture)
        assert taken.tobytes() == (picture if picture.ndim == 2 else EXPECTED).tobytes()


def test_an_inverted_mnist_picture_is_turned_back():
    """But for the faintest edges, which are taken for the paper's."""
    assert distance(ink.from_picture(255 - EXPECTED), EXPECTED) < 2


@pytest.mark.parametrize("slope", [0.2, 0.5])
def test_a_photo_in_slanting_light_with_grain_is_read(slope):
    rng = np.random.default_rng(0)
    rows, columns = np.mgrid[-0.5:0.5:240j, -0.5:0.5:240j]
    light = 160 * (1 + slope * (rows + columns))
    photo = light * (0.2 + 0.8 * seven(240) / 255) + rng.normal(0, 6, (240, 240))
    assert distance(ink.from_picture(photo.clip(0, 255).astype(np.uint8)), EXPECTED) < 8


def test_specks_of_dust_do_not_change_the_box():
    dusty = seven()
    dusty[3, 3] = dusty[110, 117] = 0
    assert (ink.from_picture(dusty) == EXPECTED).all()


@pytest.mark.parametrize("level", [0, 128, 255])
def test_blank_paper_gives_zeros(level):
    grain = np.random.default_rng(0).normal(level, 4, (90, 70)).clip(0, 255).astype(np.uint8)
    assert not ink.from_picture(np.full((90, 70), level, np.uint8)).any()
    assert not ink.from_picture(grain).any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (2, 2)])
def test_tiny_pictures_do_not_fail(shape):
    rng = np.random.default_rng(0)
    assert ink.from_picture(rng.integers(0, 256, shape, np.uint8)).shape == (28, 28)


@pytest.mark.parametrize(
    ("picture", "sentence"),
    [
        (np.zeros((5, 5, 2), np.uint8), "1, 3 or 4 channels, not (5, 5, 2)"),
        (np.zeros(5, np.uint8), "not (5,)"),
        (np.zeros((0, 5), np.uint8), "not (0, 5)"),
        (np.zeros((5, 5), np.float32), "not the type float32"),
    ],
)
def test_what_is_no_picture_is_refused(picture, sentence):
    with pytest.raises(DataError) as refusal:
        ink.from_picture(picture)
    assert sentence in str(refusal.value)


def test_the_steps_are_seen_in_order_and_end_in_the_ink():
    steps = dict(ink.trace(seven()))
    assert list(steps) == [
        "grey", "polarity", "margin", "reduce", "light", "threshold", "rules", "specks", "pen",
        "crop", "scale", "centre",
    ]  # fmt: skip
    assert (steps["centre"] == EXPECTED).all()
    assert (steps["grey"] == seven()).all()
    assert max(steps["scale"].shape) == 20


def test_a_step_that_is_switched_off_is_not_taken():
    steps = ink.Steps(polarity="dark", light=False, rules=False, pen=False)
    assert not {"polarity", "light", "rules", "pen"} & {
        name for name, _ in ink.trace(seven(), steps)
    }
    inverted = ink.Steps(polarity="bright")
    assert (ink.from_picture(255 - seven(), inverted) == EXPECTED).all()


@pytest.mark.parametrize("edge", [0.2, 0.45, 0.7])
def test_a_hard_shadow_across_the_digit_does_not_change_it(edge):
    light = np.where(np.arange(120) < edge * 120, 0.45, 1.0)
    assert (
        distance(ink.from_picture((seven(paper=240, pen=30) * light).astype(np.uint8)), EXPECTED)
        < 4
    )


def test_ruled_paper_is_read_like_blank_paper():
    sheet = seven()
    sheet[20::30] = np.minimum(sheet[20::30], 110)
    assert distance(ink.from_picture(sheet), EXPECTED) < 5
