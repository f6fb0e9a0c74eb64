"""A bundle says which of its files was changed, and hides nothing."""

import io
import json
import zipfile

import pytest

from pilgi.errors import ExportError
from pilgi.export.verify import verify
from pilgi.export.writers import TARGETS, Job
from pilgi.files import sha256
from pilgi.recognizer import Recognizer


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    place = tmp_path_factory.mktemp("bundle") / "digit-tiny.zip"
    TARGETS["bundle"].write(Job(Recognizer.load("digit-tiny"), place, "digit-tiny"))
    return place.read_bytes()


def members(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path, found):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in found:
            archive.writestr(name, content)
    return path


def test_it_holds_recipe_recognizer_and_scores_and_verifies(bundle, tmp_path):
    (tmp_path / "b.zip").write_bytes(bundle)
    found = verify(tmp_path / "b.zip")
    assert set(members(bundle)) == {
        *("recognizer.onnx", "recipe.toml", "summary.json", "checksums.json")
    }
    assert found.kind == "bundle"
    assert found.claims["data"] == "mnist"
    assert found.claims["test"]["n"] == 10_000
    assert found.recognizer.metadata == Recognizer.load("digit-tiny").metadata


def test_it_is_told_by_what_is_in_it_whatever_its_name(bundle, tmp_path):
    (tmp_path / "ours").write_bytes(bundle)
    assert verify(tmp_path / "ours").kind == "bundle"
    (tmp_path / "reader").write_bytes(Recognizer.load("digit-tiny").content)
    assert verify(tmp_path / "reader").kind == "onnx"


def test_what_was_scored_on_nothing_claims_nothing(bundle, tmp_path):
    found = members(bundle)
    found["summary.json"] = json.dumps({"data": "mnist", "test": None}).encode()
    listed = json.loads(found["checksums.json"])
    listed["files"]["summary.json"] = sha256(found["summary.json"])
    found["checksums.json"] = json.dumps(listed).encode()
    assert verify(packed(tmp_path / "b.zip", found.items())).claims is None


@pytest.mark.parametrize("errors", ["-1", '"x"', "10001", "0.5"])
def test_a_score_that_cannot_be_is_no_claim(bundle, tmp_path, errors):
    found = members(bundle)
    summary = json.loads(found["summary.json"])
    summary["test"]["errors"] = json.loads(errors)
    found["summary.json"] = json.dumps(summary).encode()
    listed = json.loads(found["checksums.json"])
    listed["files"]["summary.json"] = sha256(found["summary.json"])
    found["checksums.json"] = json.dumps(listed).encode()
    with pytest.raises(ExportError, match=r"claims .* errors of 10000 pictures"):
        verify(packed(tmp_path / "b.zip", found.items()))


def test_the_same_recognizer_is_the_same_archive(bundle, tmp_path):
    again = tmp_path / "again.zip"
    TARGETS["bundle"].write(Job(Recognizer.load("digit-tiny"), again, "digit-tiny"))
    assert again.read_bytes() == bundle


def test_a_changed_file_is_named_with_its_hash(bundle, tmp_path):
    found = members(bundle)
    found["summary.json"] = found["summary.json"].replace(b"57", b"12")
    with pytest.raises(ExportError, match=r"summary.json was changed: its SHA-256 is [0-9a-f]{16}"):
        verify(packed(tmp_path / "b.zip", found.items()))


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a\\b", ".hidden"])
def test_a_name_that_is_a_place_is_refused(bundle, tmp_path, name):
    found = [*members(bundle).items(), (name, b"")]
    with pytest.raises(ExportError, match="is a place, not a name"):
        verify(packed(tmp_path / "b.zip", found))


def test_a_file_that_is_not_listed_is_named(bundle, tmp_path):
    found = [*members(bundle).items(), ("extra.txt", b"hello")]
    with pytest.raises(ExportError, match=r"extra.txt is missing, or not listed"):
        verify(packed(tmp_path / "b.zip", found))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_refused(bundle, tmp_path):
    found = [*members(bundle).items(), ("recipe.toml", b"")]
    with pytest.raises(ExportError, match="or one twice"):
        verify(packed(tmp_path / "b.zip", found))


def test_what_unpacks_without_end_is_refused(bundle, tmp_path, monkeypatch):
    monkeypatch.setattr("pilgi.export.verify.bundles.LIMIT", 10_000 + len(bundle))
    found = [*members(bundle).items(), ("zeros", bytes(10_000_000))]
    place = tmp_path / "b.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found:
            archive.writestr(name, content)
    with pytest.raises(ExportError, match="unpacks to more than"):
        verify(place)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive at all"])
def test_what_is_no_archive_is_one_sentence(tmp_path, content):
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(ExportError, match="damaged, or no zip archive"):
        verify(tmp_path / "b.zip")


def test_checksums_of_another_format_are_refused(bundle, tmp_path):
    found = members(bundle)
    listed = json.loads(found["checksums.json"])
    found["checksums.json"] = json.dumps(listed | {"format": 2}).encode()
    with pytest.raises(ExportError, match="of format 2, but this Pilgi reads 1"):
        verify(packed(tmp_path / "b.zip", found.items()))
