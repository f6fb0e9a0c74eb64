"""A recognizer's file is what was sealed, and makes Pilgi's ink where it makes ink itself."""

import onnx
import pytest

from pilgi.errors import ExportError, RecognizerError
from pilgi.export.ink_graph import with_ink
from pilgi.export.verify import verify
from pilgi.recognizer import Recognizer
from pilgi.sealing import read_metadata, seal


@pytest.fixture(scope="module")
def grey():
    return with_ink(Recognizer.load("digit-tiny").content, "digit-tiny")


def resealed(content, without=None, **facts):
    """Return the file with other facts, or without a step of its ink spec, sealed anew."""
    model = onnx.load_from_string(content)
    metadata = read_metadata(content, "grey").model_copy(update=facts)
    del model.metadata_props[:]
    steps = next(each for each in model.functions if each.name == "every_step")
    for node in steps.node:
        if node.op_type == without:
            node.CopyFrom(onnx.helper.make_node("Identity", node.input, node.output))
    return seal(model.SerializeToString(), metadata)


def test_the_recognizer_s_own_file_holds(tmp_path):
    (tmp_path / "d.onnx").write_bytes(Recognizer.load("digit-tiny").content)
    found = verify(tmp_path / "d.onnx")
    assert (found.kind, len(found.held)) == ("onnx", 2)
    assert found.recognizer.metadata == Recognizer.load("digit-tiny").metadata


def test_one_that_makes_ink_makes_pilgi_s(grey, tmp_path):
    (tmp_path / "g.onnx").write_bytes(grey)
    found = verify(tmp_path / "g.onnx")
    assert found.held[2] == "its ink of 40 grey pictures is Pilgi's, byte for byte"


def test_one_that_was_changed_is_refused(grey, tmp_path):
    (tmp_path / "g.onnx").write_bytes(grey.replace(b"overhang", b"overhung"))
    with pytest.raises(RecognizerError, match=r"g\.onnx: changed since it was written"):
        verify(tmp_path / "g.onnx")


@pytest.mark.parametrize(
    ("without", "said"), [("specks", "makes other ink of a picture"), ("centre", "cannot run it")]
)
def test_one_that_makes_other_ink_is_refused_however_well_it_is_sealed(
    grey, tmp_path, without, said
):
    (tmp_path / "g.onnx").write_bytes(resealed(grey, without))
    with pytest.raises(ExportError, match=rf"g\.onnx: .*{said}"):
        verify(tmp_path / "g.onnx")


def test_one_that_makes_ink_of_another_version_is_refused_by_version(grey, tmp_path):
    (tmp_path / "g.onnx").write_bytes(resealed(grey, ink="3.0"))
    with pytest.raises(ExportError, match=r"makes ink of version 3\.0"):
        verify(tmp_path / "g.onnx")


def test_a_file_that_is_none_is_refused(tmp_path):
    (tmp_path / "x.onnx").write_bytes(b"not onnx at all")
    with pytest.raises(RecognizerError, match="not an ONNX file"):
        verify(tmp_path / "x.onnx")
