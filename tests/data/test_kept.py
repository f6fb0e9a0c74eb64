"""What takes seconds to make is made once, until anything that it depends on is another."""

from dataclasses import replace

import numpy as np
import pytest

from pilgi.data import kept as room
from pilgi.data import loading
from pilgi.data.kept import kept
from pilgi.data.split import Split


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PILGI_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "made"


@pytest.fixture
def maker():
    """Return what makes a set, and how often it did in `made`."""

    def make():
        make.made += 1
        images = np.random.default_rng(0).integers(0, 256, (6, 28, 28), np.uint8)
        return Split("hand", images, np.arange(6), tuple("abcdef"), make.writers)

    make.made, make.writers = 0, None
    return make


def same(one, other):
    assert (one.name, one.classes, one.sha256) == (other.name, other.classes, other.sha256)
    assert one.images.flags.writeable
    assert one.labels.dtype == other.labels.dtype
    assert (one.writers is None) is (other.writers is None)
    assert one.writers is None or (one.writers == other.writers).all()


@pytest.mark.parametrize("writers", [None, np.array([3, 3, 5, 5, 5, 9])])
def test_the_second_time_it_is_not_made_but_the_same(folder, maker, writers):
    maker.writers = writers
    first, second = (kept("set", "all", b"content", maker) for _ in range(2))
    assert maker.made == 1
    same(second, first)
    assert len(list(folder.iterdir())) == 1


def test_of_other_content_or_by_other_code_it_is_made_anew_and_the_old_goes(
    folder, maker, monkeypatch
):
    kept("set", "all", b"content", maker)
    kept("set", "all", b"other", maker)
    monkeypatch.setattr(room, "_code", lambda: b"other code")
    kept("set", "all", b"other", maker)
    assert maker.made == 3
    assert len(list(folder.iterdir())) == 1


def test_other_parts_and_sets_stay(folder, maker):
    for name, part in (("set", "all"), ("set", "train"), ("set-letters", "all")) * 2:
        kept(name, part, b"content", maker)
    assert maker.made == len(list(folder.iterdir())) == 3


@pytest.mark.parametrize(
    "harm",
    [
        lambda whole: whole[:-20],
        lambda _whole: b"",
        lambda _whole: b"x",
        lambda whole: whole[: (at := whole.rfind(b"PK\x01\x02") + 6)] + b"\xad" + whole[at + 1 :],
        lambda whole: whole[:60] + bytes(40) + whole[100:],
    ],
)
def test_a_damaged_file_is_made_anew(folder, maker, harm):
    first = kept("set", "all", b"content", maker)
    (file,) = folder.iterdir()
    file.write_bytes(harm(file.read_bytes()))
    same(kept("set", "all", b"content", maker), first)
    same(kept("set", "all", b"content", maker), first)
    assert maker.made == 2


def test_a_cache_that_cannot_be_written_only_takes_time(tmp_path, monkeypatch, maker):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PILGI_CACHE", str(tmp_path / "file"))
    same(kept("set", "all", b"content", maker), maker())


def test_sets_that_are_drawn_are_kept(folder, monkeypatch):
    drawn = []
    tiny = Split("hands", np.zeros((10, 28, 28), np.uint8), np.arange(10), tuple("0123456789"))
    monkeypatch.setattr(loading, "kept", kept)
    monkeypatch.setattr(
        loading, "DRAWN", {"hands": lambda *given: drawn.append(given) or replace(tiny)}
    )
    assert loading.load("hands", "all").sha256 == loading.load("hands", "all").sha256 == tiny.sha256
    assert len(drawn) == 1
    assert [path.name.startswith("hands-all-") for path in folder.iterdir()] == [True]
