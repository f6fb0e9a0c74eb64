import os
import sys

import pytest

from pilgi import files
from pilgi.errors import DataError


def test_what_was_written_is_there_and_nothing_else(tmp_path):
    files.write_text(tmp_path / "deep" / "note.txt", "필기\n")
    assert (tmp_path / "deep" / "note.txt").read_bytes() == "필기\n".encode()
    assert len(list((tmp_path / "deep").iterdir())) == 1


def test_a_write_that_fails_leaves_the_old_content_and_no_litter(tmp_path, monkeypatch):
    path = tmp_path / "kept.txt"
    files.write_text(path, "old")

    def full(descriptor):
        del descriptor
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        files.write_text(path, "new")
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_json_with_a_number_that_json_does_not_have_is_refused(tmp_path, value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        files.write_json(tmp_path / "figures.json", {"loss": value})
    assert not list(tmp_path.iterdir())


def test_lines_are_appended(tmp_path):
    for line in ("one", "two"):
        files.append_line(tmp_path / "log", line)
    assert (tmp_path / "log").read_text() == "one\ntwo\n"


def test_a_file_over_the_limit_is_refused_by_name(tmp_path):
    (tmp_path / "big").write_bytes(b"12345")
    assert files.read_bytes(tmp_path / "big", 5) == b"12345"
    with pytest.raises(DataError, match=r"big: larger than the 4 bytes allowed"):
        files.read_bytes(tmp_path / "big", 4)


def test_a_missing_file_and_a_folder_are_refused_by_name(tmp_path):
    with pytest.raises(DataError, match="nothing: no such file"):
        files.read_bytes(tmp_path / "nothing", 10)
    with pytest.raises(DataError, match="cannot be read"):
        files.read_bytes(tmp_path, 10)


def test_sha256_is_the_published_one():
    assert files.sha256(b"abc").startswith("ba7816bf8f01cfea")


def test_files_are_readable_as_the_user_s_mask_allows(tmp_path):
    files.write_text(tmp_path / "open", "")
    expected = 0o666 & ~files._umask() if sys.platform != "win32" else 0o666
    assert (tmp_path / "open").stat().st_mode & 0o777 == expected


def test_a_folder_is_there_whole_or_not_at_all(tmp_path):
    files.write_folder(tmp_path / "new", [("a", b"1"), ("deep/b", b"2")])
    assert (tmp_path / "new" / "deep" / "b").read_bytes() == b"2"

    def broken():
        yield "a", b"1"
        raise DataError("no")

    with pytest.raises(DataError, match="no"):
        files.write_folder(tmp_path / "other", broken())
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_a_folder_that_exists_is_not_touched(tmp_path):
    (tmp_path / "mine").mkdir()
    with pytest.raises(DataError, match="mine: already exists; choose another name"):
        files.write_folder(tmp_path / "mine", [("a", b"1")])
    assert not list((tmp_path / "mine").iterdir())
