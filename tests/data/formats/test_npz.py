import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from pilgi.data import default_part, load
from pilgi.data.formats import content
from pilgi.errors import DataError


def written(folder, **arrays):
    path = folder / "digits.npz"
    np.savez_compressed(path, **arrays)
    return str(path)


def test_keras_s_archive_has_train_and_test(tmp_path, make):
    (a, b), (c, d) = make.digits(30, 1), make.digits(10, 2)
    path = written(tmp_path, x_train=a, y_train=b, x_test=c, y_test=d)
    assert default_part(path) == "test"
    assert (load(path, "train").images == a).all()
    assert (load(path, "test").images == c).all()
    assert len(load(path)) == 40


@pytest.mark.parametrize("names", [("images", "labels"), ("x", "y"), ("data", "target")])
def test_pictures_and_labels_alone_are_one_part(tmp_path, make, names):
    path = written(tmp_path, **dict(zip(names, make.digits(20), strict=True)))
    assert default_part(path) == "all"
    assert len(load(path)) == 20


@pytest.mark.parametrize(
    "change",
    [
        lambda images: images.astype(np.int64),
        lambda images: images.astype(np.float32),
        lambda images: images.astype(np.float32) / 255,
        lambda images: images[..., None],
    ],
)
def test_other_types_and_scales_give_the_same_bytes(tmp_path, make, change):
    images, labels = make.digits(20)
    assert (load(written(tmp_path, x=change(images), y=labels)).images == images).all()


def test_colour_pictures_stay(tmp_path, make):
    images, labels = make.digits(20)
    colour = np.stack([images] * 3, axis=3)
    assert (load(written(tmp_path, images=colour, labels=labels)).images == colour).all()


def test_labels_in_a_column_are_taken(tmp_path, make):
    images, labels = make.digits(20)
    assert load(written(tmp_path, x=images, y=labels[:, None])).labels.tolist() == labels.tolist()


@pytest.mark.parametrize(
    ("images", "labels", "sentence"),
    [
        (np.full((5, 28, 28), 256), np.zeros(5, int), "a value outside 0..255"),
        (np.full((5, 28, 28), -1.0), np.zeros(5, int), "a value outside 0..255"),
        (np.full((5, 28, 28), np.nan), np.zeros(5, int), "a value outside 0..255"),
        (np.full((5, 28, 28), "a"), np.zeros(5, int), "must be numbers from 0 to 255"),
        (np.zeros((5, 784)), np.zeros(5, int), r"images has the shape \(5, 784\)"),
        (np.zeros((5, 28, 28, 2)), np.zeros(5, int), r"1 or 3 channels"),
        (np.zeros((5, 28, 28)), np.zeros(4, int), "5 pictures but 4 labels"),
        (np.zeros((5, 28, 28)), np.full(5, 0.5), "a label is not a whole number"),
        (np.zeros((5, 28, 28)), np.full(5, -1), "a label is not a whole number"),
        (np.zeros((5, 28, 28)), np.full(5, 256), "a label is not a whole number"),
        (np.zeros((5, 28, 28)), np.zeros((5, 10)), "must be a list of whole numbers"),
        (np.zeros((0, 28, 28)), np.zeros(0, int), "holds no pictures"),
    ],
)
def test_what_is_out_of_range_is_refused(tmp_path, images, labels, sentence):
    with pytest.raises(DataError, match=sentence):
        load(written(tmp_path, images=images, labels=labels))


def test_other_names_are_refused_with_the_names_found(tmp_path):
    with pytest.raises(DataError, match=r"digits.npz: holds a, b; expected x_train"):
        load(written(tmp_path, a=np.zeros(3), b=np.zeros(3)))


def test_pickled_objects_are_never_loaded(tmp_path):
    with pytest.raises(DataError, match="its array images is damaged or not plain numbers"):
        load(written(tmp_path, images=np.array([{}], object), labels=np.zeros(1)))


def test_what_is_no_archive_is_refused(tmp_path, make):
    path = written(tmp_path, x=make.digits(20)[0], y=np.zeros(20))
    whole = Path(path).read_bytes()
    version = whole.rfind(b"PK\x01\x02") + 6  # of the last entry of the directory
    newer = whole[:version] + b"\xad" + whole[version + 1 :]
    for damaged in (b"", b"hello", whole[:-40], newer):
        (tmp_path / "bad.npz").write_bytes(damaged)
        with pytest.raises(DataError, match=r"bad.npz: not an .npz file, or cut short"):
            load(str(tmp_path / "bad.npz"))
    (tmp_path / "bad.npz").write_bytes(whole[:200] + bytes(40) + whole[240:])
    with pytest.raises(DataError, match="damaged"):
        load(str(tmp_path / "bad.npz"))


def test_an_archive_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    path = written(tmp_path, images=np.zeros((500, 28, 28), np.uint8), labels=np.zeros(500))
    monkeypatch.setattr(content, "LIMIT", 100_000)
    with pytest.raises(DataError, match="unpacks to more than the 100,000 bytes allowed"):
        load(path)


def test_a_header_that_announces_more_than_it_holds_is_refused(tmp_path):
    stream = io.BytesIO()
    header = {"descr": "|u1", "fortran_order": False, "shape": (10**6, 10**6, 10**6)}
    np.lib.format.write_array_header_1_0(stream, header)
    with zipfile.ZipFile(tmp_path / "huge.npz", "w") as archive:
        archive.writestr("images.npy", stream.getvalue())
        archive.writestr("labels.npy", stream.getvalue())
    with pytest.raises(DataError, match="its array images is damaged"):
        load(str(tmp_path / "huge.npz"))
