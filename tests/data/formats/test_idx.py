import gzip

import numpy as np
import pytest

from pilgi.data import default_part, load
from pilgi.data.formats import content, idx
from pilgi.data.formats.content import Content
from pilgi.errors import DataError


def test_a_folder_of_the_four_files_has_train_and_test(idx_folder, make):
    assert default_part(str(idx_folder)) == "test"
    train, test = load(str(idx_folder), "train"), load(str(idx_folder), "test")
    assert (len(train), len(test), len(load(str(idx_folder)))) == (30, 10, 40)
    assert (test.images == make.digits(10, 2)[0]).all()
    assert test.labels.tolist() == list(range(10))


def test_packed_and_unpacked_files_are_the_same(idx_folder, make):
    packed = load(str(idx_folder), "train")
    for path in list(idx_folder.iterdir()):
        path.unlink()
    for name, data in make.idx_files().items():
        (idx_folder / name).write_bytes(data)
    assert load(str(idx_folder), "train").sha256 == packed.sha256


def test_the_name_with_a_dot_is_known_too(tmp_path, make):
    for name, data in make.idx_files().items():
        (tmp_path / name.replace("-idx", ".idx")).write_bytes(data)
    assert len(load(str(tmp_path), "train")) == 30


def test_one_file_of_pictures_finds_its_labels_beside_it(idx_folder):
    path = idx_folder / "t10k-images-idx3-ubyte.gz"
    assert default_part(str(path)) == "all"
    assert load(str(path)).labels.tolist() == list(range(10))


def test_pictures_can_be_written_to(idx_folder):
    assert load(str(idx_folder), "train").images.flags.writeable


def test_pictures_of_another_size_become_ink(tmp_path, make):
    images = np.zeros((5, 40, 30), np.uint8)
    images[:, 10:30, 10:15] = 200
    (tmp_path / "images-idx3-ubyte").write_bytes(make.idx(images, 0x803))
    (tmp_path / "labels-idx1-ubyte").write_bytes(make.idx(np.ones(5, np.uint8), 0x801))
    assert load(str(tmp_path)).images.shape == (5, 28, 28)


def test_black_on_white_is_turned(tmp_path, make):
    images, labels = make.digits(20)
    (tmp_path / "images-idx3-ubyte").write_bytes(make.idx(255 - images, 0x803))
    (tmp_path / "labels-idx1-ubyte").write_bytes(make.idx(labels.astype(np.uint8), 0x801))
    assert load(str(tmp_path)).images[:, 0].max() == 0


def test_more_than_ten_labels_are_more_classes(tmp_path, make):
    images, labels = make.digits(20)
    (tmp_path / "images-idx3-ubyte").write_bytes(make.idx(images, 0x803))
    (tmp_path / "labels-idx1-ubyte").write_bytes(make.idx((labels + 17).astype(np.uint8), 0x801))
    assert len(load(str(tmp_path)).classes) == 27


def test_labels_named_as_pictures_are_refused_by_their_magic_number(make):
    data = make.idx(np.zeros(3, np.uint8), 0x801)
    with pytest.raises(DataError, match=r"magic number 0x00000801, but .* are labels"):
        idx.decode(Content("x", data), idx.IMAGES)


@pytest.mark.parametrize("data", [b"", b"\x00\x00", b"%PDF-1.7", b"\x89PNG\r\n"])
def test_another_kind_of_file_is_refused(data):
    with pytest.raises(DataError, match=r"x: magic number .* is it an IDX file"):
        idx.decode(Content("x", data), idx.IMAGES)


@pytest.mark.parametrize("missing", [1, 784, 23_000, 23_520 + 15])
def test_a_truncated_file_is_refused_by_name(idx_folder, make, missing):
    path = idx_folder / "train-images-idx3-ubyte.gz"
    path.unlink()
    whole = make.idx_files()["train-images-idx3-ubyte"]
    path.with_suffix("").write_bytes(whole[: max(4, len(whole) - missing)])
    with pytest.raises(DataError, match=r"train-images-idx3-ubyte: cut short: .* copy or fetch"):
        load(str(idx_folder), "train")


def test_bytes_left_over_are_refused(idx_folder, make):
    path = idx_folder / "train-labels-idx1-ubyte.gz"
    path.write_bytes(gzip.compress(make.idx_files()["train-labels-idx1-ubyte"] + b"ab"))
    with pytest.raises(DataError, match=r"labels-idx1-ubyte.gz: 2 bytes more than its header"):
        load(str(idx_folder), "train")


def test_another_number_of_labels_than_pictures_is_refused(idx_folder, make):
    (idx_folder / "train-labels-idx1-ubyte.gz").write_bytes(make.idx(np.zeros(29, np.uint8), 0x801))
    with pytest.raises(DataError, match="four/train: 30 pictures but 29 labels"):
        load(str(idx_folder), "train")


def test_a_header_that_announces_more_than_any_memory_is_refused():
    header = b"\x00\x00\x08\x03" + b"\xff" * 12
    with pytest.raises(DataError, match="cut short: 16 bytes where its header announces"):
        idx.decode(Content("x", header), idx.IMAGES)


def test_a_file_without_pictures_is_refused(tmp_path, make):
    (tmp_path / "images-idx3-ubyte").write_bytes(make.idx(np.zeros((0, 28, 28), np.uint8), 0x803))
    (tmp_path / "labels-idx1-ubyte").write_bytes(make.idx(np.zeros(0, np.uint8), 0x801))
    with pytest.raises(DataError, match="holds no pictures"):
        load(str(tmp_path))


def test_missing_labels_are_named(idx_folder):
    (idx_folder / "train-labels-idx1-ubyte.gz").unlink()
    with pytest.raises(DataError, match=r"put train-labels-idx1-ubyte.gz beside it"):
        load(str(idx_folder), "train")


def test_labels_alone_are_refused(idx_folder):
    with pytest.raises(DataError, match="these are labels; name the file of pictures"):
        load(str(idx_folder / "train-labels-idx1-ubyte.gz"))


def test_several_sets_in_one_folder_are_refused(idx_folder, make):
    for name, data in make.idx_files().items():
        (idx_folder / f"more-{name}").write_bytes(data)
    with pytest.raises(DataError, match="several IDX files of pictures; name the one"):
        load(str(idx_folder))


def test_damaged_gzip_is_refused(idx_folder):
    path = idx_folder / "train-images-idx3-ubyte.gz"
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    with pytest.raises(DataError, match=r"images-idx3-ubyte.gz: cut short"):
        load(str(idx_folder), "train")
    path.write_bytes(whole[:100] + bytes(50) + whole[150:])
    with pytest.raises(DataError, match=r"images-idx3-ubyte.gz: damaged gzip"):
        load(str(idx_folder), "train")


def test_gzip_that_unpacks_without_end_is_refused(idx_folder, monkeypatch):
    monkeypatch.setattr(content, "LIMIT", 100_000)
    (idx_folder / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(bytes(10_000_000)))
    with pytest.raises(DataError, match="unpacks to more than the 100,000 bytes allowed"):
        load(str(idx_folder), "train")
