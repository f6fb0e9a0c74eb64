import gzip
import hashlib
import io
import socket
import tarfile
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from pilgi.data import CATALOG, File, Source, catalog, download, get, load, locate, places
from pilgi.data.formats import cifar
from pilgi.errors import DataError, DownloadError

DIGITS = tuple("0123456789")


def hashed(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def offer(monkeypatch):
    """Return a function that puts a data set into the catalog."""

    def put(parts, kind="idx", name="offered"):
        source = replace(CATALOG["mnist"], name=name, parts=parts, writers=None, format=kind)
        monkeypatch.setitem(catalog.CATALOG, name, source)
        return source

    return put


@pytest.fixture
def offered(offer, mirror, make) -> Source:
    """Offer MNIST's four files on the mirror, packed, their hashes published."""
    files = {}
    for name, content in make.idx_files().items():
        mirror.files[f"{name}.gz"] = gzip.compress(content)
        files[name] = File(f"{name}.gz", (f"{mirror.url}{name}.gz",), hashed(content))
    names = list(files)
    return offer(
        {"train": tuple(files[n] for n in names[:2]), "test": tuple(files[n] for n in names[2:])}
    )


def kept(source):
    folder = places.cache_folder(source)
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_a_data_set_is_fetched_once_checked_and_kept(offered, mirror):
    told = []
    split = load("offered", "train", announce=told.append)
    assert len(split) == 30
    assert told[0].startswith("Fetching offered: train-images-idx3-ubyte.gz from 127.0.0.1")
    assert kept(offered) == ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"]
    asked = len(mirror.requests)
    assert load("offered", "train").sha256 == split.sha256
    assert len(mirror.requests) == asked == 2


def test_the_second_mirror_serves_where_the_first_does_not(offered, mirror, offer):
    def with_dead_mirror(file):
        return replace(file, urls=(f"{mirror.url}gone/{file.name}", *file.urls))

    offer({part: tuple(map(with_dead_mirror, files)) for part, files in offered.parts.items()})
    assert len(load("offered", "test")) == 10
    assert mirror.requests[0].startswith("gone/")


def test_a_mirror_with_other_bytes_is_passed_over_and_leaves_nothing(offered, mirror, make):
    images = make.idx(np.zeros((30, 28, 28), np.uint8), 0x803)
    mirror.files["train-images-idx3-ubyte.gz"] = gzip.compress(images)
    with pytest.raises(DownloadError, match="another file than the published one"):
        load("offered", "train")
    assert kept(offered) == []


def test_a_download_that_breaks_off_leaves_nothing(offered, mirror):
    mirror.cut = 100
    with pytest.raises(DownloadError, match="the download broke off"):
        load("offered", "train")
    assert kept(offered) == []


def test_the_error_names_every_mirror_and_the_remedy(offered, mirror, offer):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        closed = f"http://localhost:{listener.getsockname()[1]}/x"
    file = File("images.gz", (closed, f"{mirror.url}gone"))
    offer({"train": (file, file), "test": (file, file)})
    with pytest.raises(DownloadError) as refusal:
        load("offered", "train")
    sentence = str(refusal.value)
    assert "localhost" in sentence
    assert "no connection" in sentence
    assert "answered 404" in sentence
    assert "set PILGI_DATA to a folder that holds offered/images.gz" in sentence
    assert kept(offered) == []


def test_a_mirror_that_never_answers_does_not_hold_us(offer, monkeypatch):
    monkeypatch.setattr(download, "READ_SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        file = File("a.gz", (f"http://127.0.0.1:{silent.getsockname()[1]}/a.gz",))
        offer({"all": (file, file)})
        with pytest.raises(DownloadError, match="no answer in time"):
            load("offered")


def test_what_has_no_public_copy_is_refused_with_the_remedy():
    with pytest.raises(
        DownloadError, match="unipen: cannot be downloaded, no public copy is known"
    ):
        load("unipen")


def test_without_a_published_checksum_the_first_download_s_is_kept_and_checked(
    offered, offer, make
):
    offer({p: tuple(replace(f, sha256=None) for f in fs) for p, fs in offered.parts.items()})
    load("offered", "train")
    record = places.cache_folder(offered) / "train-images-idx3-ubyte.gz.sha256"
    assert record.read_text().strip() == hashed(make.idx_files()["train-images-idx3-ubyte"])
    assert {file.checksum for file in get("offered")} == {"that of the first download"}
    changed = make.idx(np.zeros((30, 28, 28), np.uint8), 0x803)
    (places.cache_folder(offered) / "train-images-idx3-ubyte.gz").write_bytes(
        gzip.compress(changed)
    )
    with pytest.raises(DataError, match=r"train-images-idx3-ubyte.gz: not offered's file"):
        load("offered", "train")


def test_get_says_where_the_files_lie_and_what_they_hash_to(offered, make):
    files = get("offered")
    assert len(files) == 4
    whole = make.idx_files()["train-images-idx3-ubyte"]
    assert files[0].path.endswith("train-images-idx3-ubyte.gz")
    assert (files[0].size, files[0].sha256) == (len(whole), hashed(whole))
    assert {file.checksum for file in files} == {"published"}
    assert locate("offered") == str(places.cache_folder(offered))


def test_get_refuses_an_unknown_name():
    with pytest.raises(DataError, match="did you mean 'kmnist'"):
        get("kmnis")


@pytest.fixture
def zipped(offer, mirror, make):
    """Offer one archive with EMNIST's layout: transposed pictures, labels from 1."""
    stream, files = io.BytesIO(), {}
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in make.idx_files().items():
            packed = gzip.compress(content)
            archive.writestr(f"gzip/{name}.gz", packed)
            files[name] = File(f"{name}.gz", (f"{mirror.url}all.zip",), member=f"gzip/{name}.gz")
    mirror.files["all.zip"] = stream.getvalue()
    published = hashed(mirror.files["all.zip"])
    named = [replace(file, download_sha256=published) for file in files.values()]
    return offer({"train": tuple(named[:2]), "test": tuple(named[2:])})


def test_one_archive_brings_every_file_at_once(zipped, mirror):
    assert len(load("offered")) == 40
    assert mirror.requests == ["all.zip"]
    assert len([name for name in kept(zipped) if name.endswith(".gz")]) == 4


def test_an_archive_other_than_the_published_one_is_refused(zipped, mirror):
    mirror.files["all.zip"] += b"x"
    with pytest.raises(DownloadError, match="another file than the published one"):
        load("offered")
    assert kept(zipped) == []


def test_an_archive_without_the_file_or_damaged_is_refused(zipped, mirror, offer):
    def unchecked(member):
        parts = zipped.parts.items()
        return {
            part: tuple(replace(f, download_sha256=None, member=member or f.member) for f in files)
            for part, files in parts
        }

    offer(unchecked("gzip/other.gz"))
    with pytest.raises(DownloadError, match=r"127.0.0.1:\d+: .*other.gz"):
        load("offered")
    offer(unchecked(None))
    mirror.files["all.zip"] = b"not an archive"
    with pytest.raises(DownloadError, match=r"offered: .* could not be fetched"):
        load("offered")
    assert kept(zipped) == []


def test_a_tar_archive_is_read_too(offer, mirror):
    records = {f"batch_{n}.bin": bytes([n]) + bytes(cifar.RECORD - 1) for n in range(2)}
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, content in records.items():
            entry = tarfile.TarInfo(f"deep/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    mirror.files["c.tar.gz"] = stream.getvalue()
    files = [
        File(name, (f"{mirror.url}c.tar.gz",), hashed(content), member=f"deep/{name}")
        for name, content in records.items()
    ]
    offer({"train": (files[0],), "test": (files[1],)}, "cifar")
    assert load("offered").labels.tolist() == [0, 1]
    assert mirror.requests == ["c.tar.gz"]


def test_emnist_s_pictures_are_turned_and_its_letters_counted_from_zero(offered, monkeypatch, make):
    turned = replace(offered, transposed=True)
    monkeypatch.setitem(catalog.CATALOG, "offered", turned)
    assert (load("offered", "test").images == make.digits(10, 2)[0].transpose(0, 2, 1)).all()
    monkeypatch.setitem(catalog.CATALOG, "offered", replace(offered, first_label=1))
    with pytest.raises(DataError, match="labels run from -1 to 8"):
        load("offered", "test")


def test_a_large_download_says_how_far_it_is(offer, mirror, make):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (8000, 28, 28), np.uint8)
    images[:, 0] = 0
    mirror.files["a"] = make.idx(images, 0x803)
    mirror.files["b"] = make.idx(np.zeros(8000, np.uint8), 0x801)
    offer({"all": tuple(File(name, (mirror.url + name,)) for name in "ab")})
    told = []
    load("offered", announce=told.append)
    assert "6 of 6 MiB" in told
    assert len(told) <= 14
