"""Arrays whose paper is not 0 are noticed, picture by picture; what is ink stays to the byte."""

import numpy as np
import pytest

from pilgi.data import load
from pilgi.data.corruptions import corrupt
from pilgi.data.formats import csv, idx, npz
from pilgi.data.formats.arrays import to_ink
from pilgi.data.split import Split
from pilgi.ink import from_picture, is_ink


@pytest.fixture(scope="module")
def digits():
    whole = load("digits", "test")
    return whole.take(np.arange(40))


def dirty(images):
    """Return the pictures on white, on grey, on foggy paper, and as they are."""
    made = images.copy()
    made[:10] = 255 - images[:10]
    made[10:20] = corrupt(images[10:20], "brightness", 0)
    made[20:30] = corrupt(images[20:30], "fog", 0)
    return made


def written(kind, split, folder):
    if kind == "csv":
        (folder / "some.csv").write_bytes(csv.encode(split))
        return folder / "some.csv"
    if kind == "npz":
        (folder / "some.npz").write_bytes(npz.encode({"all": split}))
        return folder / "some.npz"
    for name, content in idx.files("", split):
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("kind", ["csv", "npz", "idx"])
def test_a_picture_on_other_paper_becomes_ink_though_most_of_its_set_is_ink(kind, digits, tmp_path):
    images = digits.images.copy()
    images[:10] = 255 - images[:10]
    some = Split("some", images, digits.labels, digits.classes)
    found = load(str(written(kind, some, tmp_path)))
    assert (found.images[10:] == digits.images[10:]).all()
    assert all(map(is_ink, found.images))
    assert (found.images[0] == from_picture(images[0])).all()


def test_inverted_grey_and_foggy_paper_is_found_out_and_clean_ink_is_not_touched(digits):
    found = to_ink(dirty(digits.images))
    assert all(map(is_ink, found))
    assert (found[30:] == digits.images[30:]).all()
    alike = [
        np.corrcoef(a.ravel(), b.ravel())[0, 1]
        for a, b in zip(found[:30], digits.images[:30], strict=True)
    ]
    assert np.median(alike) > 0.9


def test_what_is_ink_is_not_even_copied(digits):
    assert np.shares_memory(to_ink(digits.images), digits.images)


def test_a_set_of_the_catalog_is_ink_to_the_byte():
    images = load("digits").images
    assert to_ink(images).tobytes() == images.tobytes()
