import numpy as np
import pytest

from pilgi import ink
from pilgi.ink.stripes import is_striped, without_stripes


def seven():
    """Return ink: a seven that leaves the sides free."""
    import cv2

    made = np.zeros((28, 28), np.uint8)
    cv2.polylines(made, [np.array([[8, 5], [19, 5], [11, 23]])], False, 253, 2, cv2.LINE_AA)
    return made


def striped(picture, near=7, far=7):
    """Return the picture with inverted columns on its left and its right."""
    made = picture.copy()
    made[:, :near], made[:, -far:] = 255 - picture[:, :near], 255 - picture[:, -far:]
    return made


@pytest.mark.parametrize(("near", "far"), [(7, 7), (3, 4), (2, 12), (9, 5)])
def test_stripes_go_and_every_byte_of_the_ink_comes_back(near, far):
    lying = striped(seven(), near, far)
    for picture, expected in ((lying, seven()), (lying.T, seven().T)):
        assert is_striped(picture)
        assert not ink.is_ink(picture)
        assert [name for name, _ in ink.trace(picture)] == ["grey", "stripes"]
        assert (ink.from_picture(picture) == expected).all()


@pytest.mark.parametrize(("near", "far"), [(3, 3), (8, 8)])
def test_stripes_that_are_too_narrow_or_wide_stay(near, far):
    picture = striped(seven(), near, far)
    assert without_stripes(picture) is picture


def test_one_stripe_alone_may_be_a_stroke_and_stays():
    picture = seven()
    picture[:, :8] = 255
    assert not is_striped(picture)


def test_two_bars_with_nothing_between_or_joined_are_a_letter_and_stay():
    letter = np.zeros((28, 28), np.uint8)
    letter[:, :5] = letter[:, -5:] = 255
    assert not is_striped(letter)
    letter[12:16] = 255
    assert not is_striped(letter)


def test_a_stroke_that_fills_the_picture_s_height_stays():
    for width in (4, 8, 14):
        bar = np.zeros((28, 28), np.uint8)
        bar[:, 10 : 10 + width] = 255
        assert not is_striped(bar)
        assert not is_striped(255 - bar)


def test_round_strokes_at_the_sides_are_no_stripes():
    import cv2

    zero = cv2.ellipse(np.zeros((28, 28), np.uint8), (14, 14), (11, 11), 0, 0, 360, 255, 5)
    assert not is_striped(zero)
    assert not is_striped(255 - zero)


def test_larger_pictures_keep_their_stripes():
    large = np.kron(striped(seven()), np.ones((2, 2), np.uint8))
    assert without_stripes(large) is large
