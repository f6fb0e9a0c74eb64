import numpy as np
import pytest

from pilgi.read.homography import Box, Homography, scaling, shift, transform

TURNED = np.array([[0, -1, 100], [1, 0, 0], [0, 0, 1]], np.float64)
"""A quarter clockwise: a picture 60 wide and 100 high lies down."""


@pytest.fixture
def picture():
    return np.random.default_rng(0).integers(0, 256, (100, 60), np.uint8)


def test_a_box_is_led_back_to_the_picture(picture):
    assert Homography(TURNED, 100, 60).box_in_picture(Box(10, 20, 30, 5), picture) == (
        20,
        60,
        5,
        30,
    )


def test_a_box_beyond_the_picture_ends_with_it(picture):
    assert Homography(np.eye(3), 60, 100).box_in_picture(Box(-5, 90, 30, 40), picture) == (
        0,
        90,
        25,
        10,
    )


def test_a_cut_has_the_picture_s_own_pixels(picture):
    homography = Homography(TURNED, 100, 60)
    assert (homography.cut(picture, Box(0, 0, 100, 60), 1.0) == np.rot90(picture, -1)).all()
    part = Homography(scaling(0.5), 30, 50).cut(picture, Box(5, 10, 10, 20), 2.0)
    assert (part == picture[20:60, 10:30]).all()


def test_a_smaller_cut_is_an_average(picture):
    cut = Homography(np.eye(3), 60, 100).cut(picture, Box(0, 0, 60, 100), 0.1)
    assert cut.shape == (10, 6)
    means = picture.reshape(10, 10, 6, 10).mean(axis=(1, 3))
    assert np.abs(cut - means).max() < 2


def test_the_scale_is_that_of_the_place():
    assert Homography(scaling(0.25), 15, 25).scale_at(Box(3, 3, 5, 5)) == pytest.approx(4)


def test_matrices_follow_each_other():
    homography = Homography(scaling(2), 10, 10).then(shift(3, 0), 10, 10)
    assert transform(homography.matrix, np.array([[1.0, 1.0]])).tolist() == [[5, 2]]
