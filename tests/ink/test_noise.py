import numpy as np
import pytest

from pilgi import ink
from pilgi.data.corruptions import corrupt
from pilgi.ink.noise import is_noisy, without_noise


def bar():
    """Return ink: a soft-edged upright bar."""
    made = np.zeros((28, 28), np.uint8)
    made[4:24, 11], made[4:24, 12:15], made[4:24, 15] = 90, 253, 160
    return made


def salted(picture, count, level=255):
    """Return the picture with so many grains in every third column of its first rows."""
    made = picture.copy()
    rows, columns = np.divmod(np.arange(count), 3)
    made[1 + 2 * rows, 2 + 3 * columns] = level
    return made


def test_eight_grains_are_noise_and_seven_are_not():
    assert not is_noisy(salted(bar(), 7))
    assert is_noisy(salted(bar(), 8))
    assert (without_noise(salted(bar(), 7)) == salted(bar(), 7)).all()


def test_salt_goes_and_soft_edges_stay_as_they_are():
    assert (ink.from_picture(salted(bar(), 12)) == bar()).all()


def test_pepper_on_white_paper_goes_too():
    picture = 255 - salted(bar(), 12)
    assert is_noisy(picture)
    assert (without_noise(picture) == 255 - bar()).all()
    assert [name for name, _ in ink.trace(picture)][:3] == ["grey", "noise", "polarity"]


@pytest.mark.parametrize("level", [254, 128])
def test_grey_specks_and_pairs_of_pixels_are_no_noise(level):
    assert not is_noisy(salted(bar(), 20, level))
    pairs = salted(bar(), 20)
    pairs[:, 1::3] = pairs[:, 2::3]
    assert not is_noisy(pairs)


def test_what_is_noisy_is_not_taken_for_ink_as_it_is():
    assert ink.is_ink(bar())
    assert not ink.is_ink(salted(bar(), 12))
    noisy = corrupt(bar()[None], "impulse_noise", 0)[0]
    assert np.abs(ink.from_picture(noisy).astype(int) - bar()).mean() < 5


def test_larger_pictures_keep_their_grains():
    large = np.pad(salted(bar(), 12), 1)
    assert without_noise(large) is large
