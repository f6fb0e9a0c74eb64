"""Every corruption of the table keeps the contract and does what its definition says."""

import re

import numpy as np
import pytest

from pilgi.data import load
from pilgi.data.corruptions import CORRUPTIONS, FAMILIES, FIFTEEN, corrupt
from pilgi.data.corruptions.strokes import line
from pilgi.data.corruptions.weather import plasma
from pilgi.data.split import Pictures
from pilgi.errors import DataError

names = pytest.mark.parametrize("name", CORRUPTIONS)
HANGUL = re.compile("[가-힣]")


@pytest.fixture(scope="module")
def digits() -> Pictures:
    return load("digits", "test").images[:40]


@names
def test_the_shape_and_the_type_stay_and_every_picture_changes(name, digits):
    before = digits.copy()
    found = corrupt(digits, name, seed=1)
    assert (found.shape, found.dtype) == (digits.shape, np.uint8)
    assert (digits == before).all()
    assert (found != digits).any((1, 2)).all()


@names
def test_a_picture_is_corrupted_alike_whoever_stands_beside_it(name, digits):
    whole = corrupt(digits, name, seed=1)
    assert (corrupt(digits[7:9], name, seed=1, indices=[7, 8]) == whole[7:9]).all()


@names
def test_every_level_works_and_the_usual_is_one_of_them(name, digits):
    entry = CORRUPTIONS[name]
    assert entry.severity is entry.levels[entry.usual - 1]
    for level in entry.levels:
        made = entry.apply(digits[0], level, np.random.default_rng(0))
        assert (made.shape, made.dtype) == ((28, 28), np.uint8)


@names
def test_it_says_what_it_does_in_both_languages_and_where_it_is_from(name):
    entry = CORRUPTIONS[name]
    assert entry.summary["en"].endswith(".")
    assert HANGUL.search(entry.summary["ko"])
    assert entry.formula.startswith("x'")
    assert re.search(r"\d{4}", entry.reference)
    assert entry.family in FAMILIES


@names
def test_a_blank_picture_is_no_trouble(name):
    made = corrupt(np.zeros((1, 28, 28), np.uint8), name, seed=0)
    assert made.shape == (1, 28, 28)


def test_the_published_are_fifteen():
    assert len(FIFTEEN) == 15
    assert "stripe" in FIFTEEN
    assert "jpeg" not in FIFTEEN


@pytest.mark.parametrize("name", ["shot_noise", "impulse_noise", "fog", "zigzag", "shear"])
def test_another_seed_gives_another_picture(name, digits):
    assert (corrupt(digits, name, seed=1) != corrupt(digits, name, seed=2)).any()


def test_shot_noise_leaves_paper_and_the_mean_and_counts_photons(digits):
    made = corrupt(digits, "shot_noise", seed=0)
    assert not made[digits == 0].any()
    assert set(np.unique(made)) <= {0, 85, 170, 255}
    faint = (digits > 0) & (digits < 60)
    assert made[faint].mean() == pytest.approx(digits[faint].mean(), rel=0.1)


def test_impulse_noise_turns_a_sixth_of_the_pixels_half_of_them_white(digits):
    made = corrupt(digits, "impulse_noise", seed=0)
    assert (made[digits == 0] == 255).mean() == pytest.approx(0.085, abs=0.005)
    assert (made[digits == 255] == 0).mean() == pytest.approx(0.085, abs=0.02)


def test_glass_swaps_pixels_and_loses_none_but_to_the_blur(digits):
    made = corrupt(digits, "glass_blur", seed=0)
    assert made.sum() == pytest.approx(digits.sum(), rel=0.01)


def test_motion_blur_keeps_the_ink_and_draws_it_to_the_left(digits):
    made = corrupt(digits, "motion_blur", seed=0).astype(float)
    columns = np.arange(28)
    before, after = ((each.sum(1) @ columns) / each.sum((1, 2)) for each in (digits, made))
    assert made.sum() == pytest.approx(digits.sum(), rel=0.02)
    # Of a half normal of sigma 3 at whole steps: about 1.9 pixels along, at most 45 degrees aside.
    assert (before - after).mean() == pytest.approx(1.8, abs=0.2)


def test_rotate_turns_by_four_tenths_of_a_radian():
    bar = np.zeros((1, 28, 28), np.uint8)
    bar[0, 4:24, 13:15] = 255
    made = corrupt(bar, "rotate", seed=0)[0]
    y, x = np.nonzero(made > 127)
    assert abs(np.polyfit(y, x, 1)[0]) == pytest.approx(np.tan(0.4), abs=0.03)


def test_translate_moves_by_three_pixels_both_ways(digits):
    made = corrupt(digits, "translate", seed=0)
    shifts = {
        (dy, dx)
        for a, b in zip(digits, made, strict=True)
        for dy in (-3, 3)
        for dx in (-3, 3)
        if (np.roll(a, (dy, dx), (0, 1))[4:24, 4:24] == b[4:24, 4:24]).all()
    }
    assert len(shifts) == 4


def test_scale_leaves_half_of_the_ink(digits):
    made = corrupt(digits, "scale", seed=0)
    assert made.sum() / digits.sum() == pytest.approx(0.49, abs=0.02)


def test_brightness_lifts_the_paper_to_the_middle(digits):
    made = corrupt(digits, "brightness", seed=0)
    assert set(made[digits == 0]) == {128}
    assert made.max() == 255


def test_stripe_inverts_the_outer_quarters(digits):
    made = corrupt(digits, "stripe", seed=0)
    assert (made[:, :, :7] == 255 - digits[:, :, :7]).all()
    assert (made[:, :, 7:21] == digits[:, :, 7:21]).all()
    assert (made[:, :, 21:] == 255 - digits[:, :, 21:]).all()


def test_a_plasma_is_smooth_and_fills_its_range():
    cloud = plasma(2.0, np.random.default_rng(0))
    assert (cloud.min(), cloud.max(), cloud.shape) == (0.0, 1.0, (256, 256))
    assert np.abs(np.diff(cloud)).mean() < 0.05 < np.abs(cloud[:, ::64] - cloud[:, ::-64]).mean()


def test_fog_lifts_the_paper_and_keeps_ink_brighter_than_paper(digits):
    made = corrupt(digits, "fog", seed=0)
    assert np.median(made[digits == 0]) > 30
    assert made[digits == 255].mean() - made[digits == 0].mean() == pytest.approx(255 / 4, abs=12)


def test_spatter_lays_mud_of_one_grey(digits):
    made = corrupt(np.zeros_like(digits), "spatter", seed=0)
    assert 0 < (made > 0).mean() < 0.3
    assert made.max() == 63


def test_a_dotted_line_shows_two_columns_in_four():
    made = corrupt(np.zeros((1, 28, 28), np.uint8), "dotted_line", seed=0)[0]
    shown = made.any(0)
    assert [bool(each) for each in shown[:8]] == [False, False, True, True] * 2
    assert made.max(0)[shown].min() > 150


def test_a_line_fades_with_the_logarithm_of_the_distance():
    drawn = line((5, 5), (0, 2), (4, 2))
    assert drawn[:, 1] == pytest.approx([0, 1 + np.log(1 - 1 / 2.3), 1, 1 + np.log(1 - 1 / 2.3), 0])
    assert not drawn[:, 4].any()


def test_a_zigzag_goes_from_left_to_right_in_teeth():
    blank = np.zeros((20, 28, 28), np.uint8)
    made = next(
        each
        for each in corrupt(blank, "zigzag", seed=0)
        if not each[:3].any() and not each[-3:].any()
    )
    columns = np.flatnonzero(made.any(0))
    assert columns[0] <= 2
    assert columns[-1] >= 23
    middle = (made.T.astype(float) @ np.arange(28))[4:22] / made.T.sum(1)[4:22]
    assert (np.diff(np.sign(np.diff(middle))) != 0).sum() >= 4


def test_canny_leaves_the_outline_of_a_square_and_nothing_within():
    square = np.zeros((1, 28, 28), np.uint8)
    square[0, 8:20, 8:20] = 255
    made = corrupt(square, "canny_edges", seed=0)[0]
    assert set(np.unique(made)) == {0, 255}
    assert not made[10:18, 10:18].any()
    assert not made[:6].any()
    assert (made[13] == 255).sum() == 2


def test_pens_get_thicker_and_thinner(digits):
    wide, thin = (corrupt(digits, name, seed=0) for name in ("thick_pen", "thin_pen"))
    assert (wide >= digits).all()
    assert wide.sum() > 1.4 * digits.sum()
    assert thin.sum() < 0.75 * digits.sum()
    assert thin.max() == digits.max()


def test_fewer_pixels_are_as_dark_and_smoother(digits):
    made = corrupt(digits, "resolution", seed=0)
    rough = [np.abs(np.diff(each.astype(int))).sum() for each in (made, digits)]
    assert made.mean() == pytest.approx(digits.mean(), rel=0.02)
    assert rough[0] < 0.9 * rough[1]


def test_an_unknown_name_and_a_colour_picture_are_refused(digits):
    with pytest.raises(DataError, match="did you mean 'shot_noise'"):
        corrupt(digits, "shot_nose", seed=0)
    with pytest.raises(DataError, match="grey pictures"):
        corrupt(np.zeros((1, 28, 28, 3), np.uint8), "fog", seed=0)


def test_no_pictures_stay_none():
    assert corrupt(np.zeros((0, 28, 28), np.uint8), "fog", seed=0).shape == (0, 28, 28)
