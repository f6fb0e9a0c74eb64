import numpy as np
import pytest

from pilgi import ink
from pilgi.ink.geometry import crop, resize


def blot(height, width, top, left, value=200):
    picture = np.zeros((60, 60), np.uint8)
    picture[top : top + height, left : left + width] = value
    return picture


def test_the_longer_side_becomes_twenty_and_proportions_stay():
    written = ink.normalize(blot(40, 20, 3, 30))
    assert written.shape == (28, 28)
    assert crop(written).shape == (20, 10)


def test_small_ink_grows_to_the_same_size():
    assert crop(ink.normalize(blot(4, 8, 0, 0))).shape == (10, 20)


def test_the_place_in_the_picture_does_not_matter():
    assert (ink.normalize(blot(33, 17, 0, 0)) == ink.normalize(blot(33, 17, 20, 40))).all()


def test_the_strength_of_the_ink_does_not_matter():
    assert ink.normalize(blot(30, 30, 5, 5, value=40)).max() == 255


def test_the_centre_of_mass_lies_at_row_and_column_fourteen():
    rng = np.random.default_rng(3)
    for _ in range(50):
        picture = np.zeros((50, 50), np.uint8)
        picture[10:40, 10:40] = rng.integers(0, 256, (30, 30)) * (rng.random((30, 30)) < 0.3)
        written = ink.normalize(picture).astype(float)
        rows, columns = np.mgrid[:28, :28]
        for axis in (rows, columns):
            assert 13.5 <= (axis * written).sum() / written.sum() <= 14.5


def test_ink_is_never_cut_off_to_centre_it():
    heavy_below = np.zeros((40, 40), np.uint8)
    heavy_below[:, 20] = 1
    heavy_below[38:, 5:35] = 255
    assert crop(ink.normalize(heavy_below)).shape[0] == 20


def test_a_blank_picture_gives_zeros():
    assert not ink.normalize(np.zeros((9, 5), np.uint8)).any()
    assert not ink.normalize(np.zeros((0, 0), np.uint8)).any()


def test_one_dot_is_ink():
    assert ink.normalize(blot(1, 1, 7, 7)).any()


@pytest.mark.parametrize(("old", "new"), [((37, 53), (20, 30)), ((400, 10), (20, 1))])
def test_shrinking_is_the_area_average(old, new):
    import cv2

    grey = np.random.default_rng(0).integers(0, 256, old, np.uint8)
    oracle = cv2.resize(grey, new[::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(resize(grey, *new).astype(int) - oracle).max() <= 1


def test_sums_beyond_32_bits_are_as_exact():
    white = np.full((2950, 2970), 255, np.uint8)
    white[:1475] = 254
    assert resize(white, 2, 3).tolist() == [[254] * 3, [255] * 3]


def test_one_side_may_shrink_while_the_other_grows():
    grey = np.uint8([[0, 100, 200, 40]])
    assert resize(grey, 3, 2).tolist() == [[50, 120]] * 3


def test_growing_is_linear():
    import cv2

    grey = np.random.default_rng(0).integers(0, 256, (7, 9), np.uint8)
    oracle = cv2.resize(grey, (30, 20), interpolation=cv2.INTER_LINEAR)
    assert np.abs(resize(grey, 20, 30).astype(int) - oracle).max() <= 1


def test_the_bytes_are_the_spec_s():
    """A golden vector: where it changes, `ink.VERSION` must."""
    import hashlib

    rng = np.random.default_rng(1)
    digest = hashlib.sha256()
    for side in (5, 16, 20, 47, 200):
        picture = rng.integers(0, 256, (side, side + 3), np.uint8)
        picture[rng.random(picture.shape) < 0.7] = 0
        digest.update(ink.normalize(picture).tobytes())
    assert ink.VERSION.startswith("3.")
    assert digest.hexdigest()[:16] == "a7b104216b637a09"
