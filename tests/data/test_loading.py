import gzip
import subprocess
import sys

import numpy as np
import pytest

import pilgi
from pilgi.data import CATALOG, default_part, load, load_data
from pilgi.errors import DataError


def test_the_embedded_digits_need_nothing():
    split = load("digits")
    assert split.images.shape == (1797, 28, 28)
    assert split.classes == tuple("0123456789")
    assert np.bincount(split.labels).min() > 170
    assert default_part("digits") == "all"


def test_the_public_name_is_the_same_function():
    assert pilgi.load_data is load_data is load


def test_a_fifth_of_each_class_is_held_out_where_nobody_published_parts():
    whole, train, test = (load("digits", part) for part in ("all", "train", "test"))
    assert (len(train), len(test)) == (1438, 359)
    assert np.abs(np.bincount(test.labels) - np.bincount(whole.labels) / 5).max() < 1
    pictures = {picture.tobytes() for picture in train.images}
    assert not any(picture.tobytes() in pictures for picture in test.images)
    assert load("digits", "test").sha256 == test.sha256


def test_an_unknown_name_and_an_unknown_part_are_refused(tmp_path):
    with pytest.raises(DataError, match="mnits: neither a path nor a known data set; did you mean"):
        load("mnits")
    with pytest.raises(DataError, match="part 'tset': did you mean 'test'"):
        load("digits", "tset")
    with pytest.raises(DataError, match="neither a path"):
        default_part(str(tmp_path / "nothing"))


def test_too_few_pictures_to_hold_some_out_are_refused(tmp_path, make):
    path = tmp_path / "few.jsonl"
    path.write_text(make.stroke_lines())
    assert len(load(str(path))) == 3
    with pytest.raises(DataError, match=r"few.jsonl: 3 pictures are too few"):
        load(str(path), "test")


def test_usps_without_its_test_file_is_one_part(tmp_path, monkeypatch):
    row = " ".join(["3.0", *["-1.0"] * 100, *["1.0"] * 20, *["-1.0"] * 136]) + "\n"
    (tmp_path / "usps").mkdir()
    (tmp_path / "usps" / "zip.train.gz").write_bytes(gzip.compress(row.encode() * 10))
    monkeypatch.setenv("PILGI_DATA", str(tmp_path))
    assert default_part("usps") == "all"
    assert [len(load("usps", part)) for part in ("all", "train", "test")] == [10, 8, 2]
    (tmp_path / "usps" / "zip.test.gz").write_bytes(gzip.compress(row.encode() * 4))
    assert default_part("usps") == "test"
    assert [len(load("usps", part)) for part in ("all", "train", "test")] == [14, 10, 4]


def test_importing_the_room_stays_light():
    heavy = "{'cv2', 'sklearn', 'pooch', 'PIL', 'scipy', 'requests', 'torch'}"
    code = f"import sys, pilgi.data; sys.exit(' '.join({heavy} & set(sys.modules)) or None)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.usefixtures("real_data")
class TestRealData:
    def test_mnist_is_mnist(self):
        train = load("mnist", "train")
        assert train.images.shape == (60_000, 28, 28)
        assert train.labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
        assert default_part("mnist") == "test"

    def test_mnist_has_its_writers_and_train_and_test_share_none(self):
        train, test = load("mnist", "train"), load("mnist", "test")
        assert len(np.unique(train.writers)) == 539
        assert not set(train.writers) & set(test.writers)
        assert len(load("mnist").writers) == 70_000

    @pytest.mark.parametrize("name", ["usps", "unipen", "unipen-letters"])
    def test_the_other_sets_look_like_mnist(self, real_data, name):
        assert real_data
        split = load(name)
        assert split.images.shape[1:] == CATALOG[name].shape
        assert 30 < split.images.mean() < 37
        assert len(np.unique(split.labels)) == len(split.classes)
