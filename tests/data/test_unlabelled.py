"""Pictures without labels, wherever they come from."""

import numpy as np
import pytest
from PIL import Image

from pilgi.data import load
from pilgi.data.formats import csv
from pilgi.data.unlabelled import load_unlabelled
from pilgi.errors import DataError
from pilgi.ink import from_picture


@pytest.fixture(scope="module")
def digits():
    return load("digits", "test").take(np.arange(5))


def test_a_folder_of_pictures_is_read_in_the_order_of_its_names(digits, tmp_path):
    for number, picture in enumerate(digits.images):
        Image.fromarray(255 - picture).save(tmp_path / f"{number}.png")
    (tmp_path / "notes.txt").write_text("mine")
    found = load_unlabelled(str(tmp_path))
    assert found.labelled is None
    assert (found.images[3] == from_picture(255 - digits.images[3])).all()
    assert len(found.images) == 5


def test_a_csv_of_pixels_alone_is_read(digits, tmp_path):
    rows = csv.encode(digits).decode().splitlines()
    (tmp_path / "test.csv").write_text("".join(row.partition(",")[2] + "\n" for row in rows))
    found = load_unlabelled(str(tmp_path / "test.csv"))
    assert found.labelled is None
    assert (found.images == digits.images).all()


def test_of_data_with_labels_the_pictures_are_taken_and_the_labels_kept_apart(digits, tmp_path):
    (tmp_path / "some.csv").write_bytes(csv.encode(digits))
    found = load_unlabelled(str(tmp_path / "some.csv"))
    assert (found.images == digits.images).all()
    assert found.labelled is not None
    assert len(load_unlabelled("digits").images) == 1797


def test_an_empty_folder_and_a_path_that_is_not_there_are_refused(tmp_path):
    with pytest.raises(DataError, match="no pictures in it"):
        load_unlabelled(str(tmp_path))
    with pytest.raises(DataError, match="neither a path nor a known data set"):
        load_unlabelled(str(tmp_path / "nowhere"))
