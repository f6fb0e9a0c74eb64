"""`pilgi data`, as a user types it."""

import json

import numpy as np
import pytest
from PIL import Image

from pilgi.data import load


@pytest.fixture(autouse=True)
def own_machine(tmp_path, monkeypatch):
    monkeypatch.delenv("PILGI_DATA", raising=False)
    monkeypatch.setenv("PILGI_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")


def test_the_list_names_every_set_with_licence_and_place(pilgi):
    answer = pilgi("data", "list")
    assert answer.code == 0
    assert "CC BY-SA 3.0" in answer.out
    assert "download from storage.googleapis.com" in answer.out
    assert "scikit-learn, nothing to download" in answer.out


def test_the_list_is_json_when_asked(pilgi):
    rows = {row["name"]: row for row in json.loads(pilgi("data", "list", "--json").out)}
    assert rows["mnist"]["pictures"] == 70_000
    assert rows["mnist"]["checksum"] == "published"
    assert rows["unipen"]["checksum"] == "no published checksum"
    assert set(rows["usps"]["summary"]) == {"en", "ko"}


def test_get_of_the_embedded_set_fetches_nothing(pilgi):
    assert "nothing to fetch" in pilgi("data", "get", "digits").out
    assert json.loads(pilgi("data", "get", "digits", "--json").out) == {
        "name": "digits",
        "files": [],
    }


def test_get_shows_files_and_hashes(pilgi, tmp_path, monkeypatch):
    (tmp_path / "unipen").mkdir()
    line = '{"label": 1, "strokes": [[[0, 0], [0, 9]]]}\n'
    (tmp_path / "unipen" / "digits-dev.jsonl").write_text(line)
    monkeypatch.setenv("PILGI_DATA", str(tmp_path))
    answer = pilgi("data", "get", "unipen")
    assert "digits-dev.jsonl" in answer.out
    assert "no published checksum" in answer.out
    file = json.loads(pilgi("data", "get", "unipen", "--json").out)["files"][0]
    assert file["size"] == len(line)
    assert len(file["sha256"]) == 64


def test_get_of_what_cannot_be_had_is_one_sentence_and_exit_code_2(pilgi):
    answer = pilgi("data", "get", "unipen")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("pilgi: unipen: cannot be downloaded")


def test_show_writes_a_contact_sheet(pilgi, tmp_path):
    answer = pilgi("data", "show", "digits", "--count", "3")
    assert "digits-sheet.png: 1,797 pictures, 10 classes" in answer.out
    with Image.open(tmp_path / "digits-sheet.png") as sheet:
        assert sheet.format == "PNG"
    said = json.loads(
        pilgi("data", "show", "digits", "--part", "test", "--out", "s.png", "--json").out
    )
    assert said == {"data": "digits", "n": 359, "out": "s.png"}


@pytest.mark.parametrize(("to", "out"), [("idx", "o"), ("folder", "o"), ("csv", "o.csv")])
def test_convert_writes_what_reads_back_the_same(pilgi, tmp_path, to, out):
    answer = pilgi("data", "convert", "digits", "--to", to, "--out", out, "--part", "test")
    assert f"{out}: test 359" in answer.out
    back, split = load(str(tmp_path / out)), load("digits", "test")
    assert np.bincount(back.labels).tolist() == np.bincount(split.labels).tolist()
    assert back.images.sum() == split.images.sum()


def test_convert_answers_in_json(pilgi):
    answer = pilgi("data", "convert", "digits", "--to", "npz", "--out", "o.npz", "--json")
    assert json.loads(answer.out) == {"out": "o.npz", "format": "npz", "pictures": {"all": 1797}}


def test_convert_refuses_what_exists(pilgi, tmp_path):
    (tmp_path / "o.npz").write_text("mine")
    answer = pilgi("data", "convert", "digits", "--to", "npz", "--out", "o.npz")
    assert answer.code == 2
    assert "o.npz: already exists" in answer.err
    assert (tmp_path / "o.npz").read_text() == "mine"


def test_an_unknown_source_is_one_sentence(pilgi):
    answer = pilgi("data", "show", "fashion")
    assert answer.code == 2
    assert "did you mean 'fashion-mnist'" in answer.err
