"""Pictures of which all, some or none have labels, in every format that can say so."""

import gzip
import json

import numpy as np
import pytest
from PIL import Image

from pilgi.data import load
from pilgi.data.formats import csv, folder
from pilgi.data.partly_labelled import UNKNOWN, load_partly_labelled, load_pictures
from pilgi.errors import DataError


@pytest.fixture(scope="module")
def digits():
    return load("digits", "train").take(np.arange(30))


def test_a_set_of_the_catalog_gives_the_part_to_learn_from():
    found = load_partly_labelled("digits")
    assert (found.labels == load("digits", "train").labels).all()


@pytest.mark.parametrize("packed", [False, True])
def test_an_empty_first_cell_of_a_csv_is_no_label(digits, tmp_path, packed):
    lines = csv.encode(digits).splitlines()
    lines[3] = lines[3][lines[3].index(b",") :]
    content = b"\n".join(lines)
    path = tmp_path / f"some.csv{'.gz' * packed}"
    path.write_bytes(gzip.compress(content) if packed else content)
    found = load_partly_labelled(str(path))
    assert found.labels.tolist() == [
        UNKNOWN if at == 2 else label for at, label in enumerate(digits.labels.tolist())
    ]
    assert (found.images == digits.images).all()


def test_a_csv_of_pixels_alone_has_no_labels(digits, tmp_path):
    names = ",".join(f"pixel{number}" for number in range(784))
    rows = "\n".join(",".join(map(str, image.reshape(-1))) for image in digits.images)
    (tmp_path / "test.csv").write_text(f"{names}\n{rows}\n")
    found = load_partly_labelled(str(tmp_path / "test.csv"))
    assert set(found.labels.tolist()) == {UNKNOWN}
    assert (found.images == digits.images).all()


def test_an_npz_says_minus_one_or_has_no_labels_at_all(digits, tmp_path):
    labels = digits.labels.copy()
    labels[::2] = UNKNOWN
    np.savez(tmp_path / "some.npz", images=digits.images, labels=labels)
    np.savez(tmp_path / "none.npz", images=digits.images)
    assert (load_partly_labelled(str(tmp_path / "some.npz")).labels == labels).all()
    none = load_partly_labelled(str(tmp_path / "none.npz"))
    assert set(none.labels.tolist()) == {UNKNOWN}
    assert (none.images == digits.images).all()


def test_of_an_archive_with_a_test_part_the_training_part_is_taken(digits, tmp_path):
    half = {"x_train": digits.images[:20], "y_train": digits.labels[:20]}
    rest = {"x_test": digits.images[20:], "y_test": digits.labels[20:]}
    np.savez(tmp_path / "both.npz", **half, **rest)
    assert len(load_partly_labelled(str(tmp_path / "both.npz")).images) == 20


def test_null_is_no_label_of_a_drawing(tmp_path):
    stroke = [[[0, 0], [5, 10]]]
    lines = [{"label": "1", "strokes": stroke}, {"label": None, "strokes": stroke}]
    path = tmp_path / "some.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    assert load_partly_labelled(str(path)).labels.tolist() == [1, UNKNOWN]


def test_pictures_in_unlabelled_lie_beside_the_classes(digits, tmp_path):
    for number, (image, label) in enumerate(zip(digits.images, digits.labels, strict=True)):
        home = tmp_path / (str(label) if number < 20 else "unlabelled")
        home.mkdir(exist_ok=True)
        Image.fromarray(image).save(home / f"{number}.png")
    found = load_partly_labelled(str(tmp_path))
    assert found.classes == digits.classes
    assert (found.labels == UNKNOWN).sum() == 10
    assert sorted(found.labels[:20].tolist()) == sorted(digits.labels[:20].tolist())


def test_each_picture_in_a_folder_is_called_by_its_own_file(digits, tmp_path):
    for number, (image, label) in enumerate(zip(digits.images, digits.labels, strict=True)):
        home = tmp_path / (str(label) if number < 20 else "unlabelled")
        home.mkdir(exist_ok=True)
        Image.fromarray(image).save(home / f"{number}.png")
    (tmp_path / "unlabelled" / "24 read me.txt").write_text("who wrote these")
    found = load_pictures(str(tmp_path))
    assert len(found.files) == len(found.images)
    for name, image in zip(found.files, found.images, strict=True):
        assert (folder.read_ink(tmp_path / name) == image).all(), name


def test_a_folder_of_pictures_alone_has_no_labels(digits, tmp_path):
    Image.fromarray(digits.images[0]).save(tmp_path / "one.png")
    assert load_partly_labelled(str(tmp_path)).labels.tolist() == [UNKNOWN]


def test_what_is_no_data_is_refused(tmp_path):
    with pytest.raises(DataError, match="neither a path nor a known data set"):
        load_partly_labelled(str(tmp_path / "nothing"))


def test_to_look_at_pictures_labels_are_taken_where_there_are_any(digits, tmp_path):
    labels = digits.labels.copy()
    labels[:10] = UNKNOWN
    np.savez(tmp_path / "some.npz", images=digits.images, labels=labels)
    np.savez(tmp_path / "none.npz", images=digits.images)
    some, none = (load_pictures(str(tmp_path / name)) for name in ("some.npz", "none.npz"))
    assert (some.images == digits.images).all()
    assert (none.images == digits.images).all()
    assert some.labelled.labels.tolist() == digits.labels[10:].tolist()
    assert none.labelled is None
    assert len(load_pictures("digits").labelled) == len(load("digits", "all"))
