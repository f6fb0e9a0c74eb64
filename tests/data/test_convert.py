import numpy as np
import pytest

from pilgi.data import Split, default_part, load
from pilgi.data.convert import convert
from pilgi.errors import DataError

NAMES = {"idx": "out", "csv": "out.csv", "npz": "out.npz", "folder": "out"}


@pytest.fixture
def parts(small):
    return {"train": small.take(np.arange(30)), "test": small.take(np.arange(30, 40))}


@pytest.mark.parametrize("to", NAMES)
def test_one_part_reads_back_the_same(tmp_path, small, to):
    out = tmp_path / NAMES[to]
    convert({"all": small}, to, out)
    back = load(str(out))
    order = np.argsort(small.labels, kind="stable") if to == "folder" else np.arange(40)
    assert (back.images == small.images[order]).all()
    assert (back.labels == small.labels[order]).all()


@pytest.mark.parametrize("to", ["idx", "npz", "folder"])
def test_published_parts_stay_parts(tmp_path, parts, to):
    out = tmp_path / NAMES[to]
    convert(parts, to, out)
    assert default_part(str(out)) == "test"
    assert [len(load(str(out), part)) for part in ("train", "test")] == [30, 10]


def test_names_of_classes_are_kept_by_folders(tmp_path, small):
    named = Split("named", small.images, small.labels % 2, ("cat", "dog"))
    convert({"all": named}, "folder", tmp_path / "out")
    assert load(str(tmp_path / "out")).classes == ("cat", "dog")


@pytest.mark.parametrize("to", NAMES)
def test_what_exists_is_never_touched(tmp_path, small, to):
    out = tmp_path / NAMES[to]
    out.write_text("mine")
    with pytest.raises(DataError, match="already exists; choose another --out"):
        convert({"all": small}, to, out)
    assert out.read_text() == "mine"


def test_an_unknown_format_is_refused(tmp_path, small):
    with pytest.raises(DataError, match="format 'cvs': did you mean 'csv'"):
        convert({"all": small}, "cvs", tmp_path / "out")


@pytest.mark.parametrize("to", ["csv", "npz"])
def test_a_file_that_could_not_be_read_back_by_its_name_is_refused(tmp_path, small, to):
    with pytest.raises(DataError, match=f"must end in .{to}"):
        convert({"all": small}, to, tmp_path / "out.txt")


def test_two_parts_do_not_fit_one_csv(tmp_path, parts):
    with pytest.raises(DataError, match="a CSV file holds one part; say which"):
        convert(parts, "csv", tmp_path / "out.csv")


def test_what_a_format_cannot_hold_unchanged_is_refused_and_leaves_nothing(tmp_path, small):
    colour = Split("c", np.stack([small.images] * 3, axis=3), small.labels, small.classes)
    bright = Split("b", 255 - small.images, small.labels, small.classes)
    slash = Split("s", small.images, small.labels, ("a/b", *"123456789"))
    alike = Split("a", small.images, small.labels, (*"AabcdefghB",))
    for split, to, sentence in (
        (colour, "idx", "IDX holds grey pictures only"),
        (colour, "csv", "CSV holds square grey pictures only"),
        (colour, "folder", "a folder is read as handwriting"),
        (bright, "folder", "would not be read back the same"),
        (slash, "folder", "its classes cannot be names of folders"),
        (alike, "folder", "its classes cannot be names of folders"),
    ):
        with pytest.raises(DataError, match=sentence):
            convert({"all": split}, to, tmp_path / NAMES[to])
        assert not list(tmp_path.iterdir())


def test_colour_goes_into_npz(tmp_path, small):
    colour = Split("c", np.stack([small.images] * 3, axis=3), small.labels, small.classes)
    convert({"all": colour}, "npz", tmp_path / "out.npz")
    assert load(str(tmp_path / "out.npz")).sha256 == colour.sha256


def test_a_folder_that_fails_half_way_leaves_nothing(tmp_path, parts):
    broken = Split("b", 255 - parts["test"].images, parts["test"].labels, parts["test"].classes)
    with pytest.raises(DataError):
        convert({"train": parts["train"], "test": broken}, "folder", tmp_path / "out")
    assert not list(tmp_path.iterdir())
