"""A folder of pictures named after their numbers, as people keep them."""

import numpy as np
import pytest
from PIL import Image

from pilgi import ink
from pilgi.data.lines import load_lines
from pilgi.errors import DataError


@pytest.fixture
def bar():
    """A dark bar on white paper, which is no number but ink."""
    picture = np.full((60, 200), 255, np.uint8)
    picture[20:40, 50:60] = 0
    return picture


@pytest.fixture
def folder(tmp_path, bar):
    for name in ("90210.png", "007_2.jpg", "12_by_mother.tif"):
        Image.fromarray(bar).save(tmp_path / name)
    (tmp_path / ".DS_Store").touch()
    (tmp_path / "Thumbs.db").touch()
    return tmp_path


def test_a_line_s_number_is_its_name_up_to_an_underline(folder):
    lines = load_lines(str(folder))
    assert lines.texts == ("007", "12", "90210")
    assert lines.files == ("007_2.jpg", "12_by_mother.tif", "90210.png")
    assert lines.called(2) == "90210.png"


def test_each_picture_becomes_line_ink(folder, bar):
    np.testing.assert_array_equal(load_lines(str(folder)).inks[2], ink.from_line(bar))


def test_a_name_without_a_number_is_refused(folder):
    for name in ("photo.png", "12a.png", "-3.png", "٣.png"):
        (folder / name).touch()
        with pytest.raises(DataError, match=r"call it 90210\.png or 90210_2\.png"):
            load_lines(str(folder))
        (folder / name).unlink()


def test_a_folder_in_the_folder_is_refused(folder):
    (folder / "123").mkdir()
    with pytest.raises(DataError, match="123: not a picture named after its number"):
        load_lines(str(folder))


def test_what_is_no_picture_is_named(folder):
    (folder / "123.png").write_text("hello")
    with pytest.raises(DataError, match=r"123\.png: not a picture that can be read"):
        load_lines(str(folder))


def test_an_empty_folder_or_none_is_refused(tmp_path):
    with pytest.raises(DataError, match="no pictures in it; add some"):
        load_lines(str(tmp_path))
    with pytest.raises(DataError, match="mnist: no folder; lines are scored on `lines` or"):
        load_lines("mnist")


def test_lines_by_name_are_the_composed_ones(monkeypatch, parted):
    monkeypatch.setattr("pilgi.data.lines.labelled.unseen_writers", lambda: parted.test)
    monkeypatch.setattr("pilgi.data.lines.labelled.TEST_LINES", 3)
    lines = load_lines("lines")
    assert [len(text) for text in lines.texts] == [5, 5, 5]
    assert lines.called(1) == "line 1"
