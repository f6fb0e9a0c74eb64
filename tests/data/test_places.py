import gzip

import pytest

from pilgi.data import CATALOG, is_at_hand, load, locate, places
from pilgi.errors import DataError


@pytest.fixture
def user_data(tmp_path, monkeypatch):
    """Return an empty `PILGI_DATA`."""
    monkeypatch.setenv("PILGI_DATA", str(tmp_path))
    return tmp_path


def fill(folder, make, packed=True):
    folder.mkdir(parents=True)
    for name, content in make.idx_files().items():
        path = folder / (f"{name}.gz" if packed else name)
        path.write_bytes(gzip.compress(content) if packed else content)


def test_nothing_at_hand_means_a_download_or_a_remedy():
    assert locate("mnist").startswith("download from storage.googleapis.com, ossci")
    assert "set PILGI_DATA to a folder that holds unipen/digits-dev.jsonl.gz" in locate("unipen")
    assert locate("digits") == "scikit-learn, nothing to download"
    assert [is_at_hand(name) for name in ("mnist", "unipen", "digits")] == [False, False, True]


@pytest.mark.parametrize("packed", [True, False])
def test_the_user_s_folder_comes_first(user_data, make, packed):
    fill(places.cache_folder(CATALOG["kmnist"]), make)
    assert locate("kmnist") == str(places.cache_folder(CATALOG["kmnist"]))
    fill(user_data / "kmnist", make, packed)
    assert locate("kmnist") == str(user_data / "kmnist")
    assert len(load("kmnist", "train")) == 30


def test_a_wrong_hash_in_the_user_s_folder_is_refused_not_skipped(user_data, make):
    fill(user_data / "mnist", make)
    with pytest.raises(DataError, match=r"train-images-idx3-ubyte.gz: not mnist's file: SHA-256"):
        load("mnist", "train")


def test_a_wrong_hash_in_the_cache_is_refused(make):
    folder = places.cache_folder(CATALOG["kmnist"])
    fill(folder, make)
    for path in list(folder.iterdir()):
        places.record_of(path).write_text("0" * 64 + "\n")
    with pytest.raises(DataError, match=r"expected 000000000000...; delete it or copy it again"):
        load("kmnist", "test")


def test_a_data_folder_that_is_not_there_is_said(monkeypatch):
    monkeypatch.setenv("PILGI_DATA", "/no/such/folder")
    assert locate("mnist") == "PILGI_DATA=/no/such/folder: no such folder; correct it or unset it"
    with pytest.raises(DataError, match="PILGI_DATA=/no/such/folder: no such folder"):
        load("mnist")


def test_an_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(DataError, match="mnits: no such data set; did you mean 'mnist'"):
        locate("mnits")


def test_the_user_s_own_cache_is_used_without_the_variable(monkeypatch):
    monkeypatch.delenv("PILGI_CACHE")
    assert places.cache_folder(CATALOG["emnist-letters"]).parts[-2:] == ("pilgi", "emnist")
