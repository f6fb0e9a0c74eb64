"""A recognizer and the ink spec in one file."""

import numpy as np
import onnx
import pytest
from onnx import inliner

from pilgi import ink
from pilgi.errors import ExportError, RecognizerError
from pilgi.export.ink_graph import PICTURE, with_ink
from pilgi.recognizer import Recognizer, open_graph
from pilgi.sealing import read_metadata, seal


@pytest.fixture(scope="module")
def grey():
    return with_ink(Recognizer.load("digit").content, "digit")


def every_node(graph):
    """Yield a graph's nodes, and those of the graphs within them."""
    for node in graph.node:
        yield node
        for attribute in node.attribute:
            if attribute.HasField("g"):
                yield from every_node(attribute.g)


def test_it_answers_as_the_recognizer_does_to_the_same_pictures(grey, grey_golden):
    recognizer, session = Recognizer.load("digit"), open_graph(grey, 1)
    for vector in grey_golden[::10]:
        given = {PICTURE: vector["picture"]}
        logits, other, made = session.run(["logits", "other", "ink"], given)
        assert np.array_equal(made, ink.from_picture(vector["picture"])[None])
        own = recognizer.outputs(made)
        assert np.abs(np.concatenate([logits, other], axis=1) - own).max() <= 1e-4


def test_it_says_of_itself_what_the_recognizer_does_but_for_its_input(grey):
    facts, own = read_metadata(grey, "grey"), Recognizer.load("digit").metadata
    assert (facts.input, facts.ink) == ((0, 0), ink.VERSION)
    kept = {"input", "ink", "sha256"}
    assert facts.model_dump(exclude=kept) == own.model_dump(exclude=kept)


def test_it_is_of_onnx_s_operators_and_functions_of_them_alone(grey):
    model = onnx.load_from_string(grey)
    assert {function.domain for function in model.functions} == {"pilgi.ink"}
    calls = next(each for each in model.functions if each.name == "every_step").node
    steps = [node.op_type for node in calls if node.domain == "pilgi.ink"]
    assert steps[:4] == ["polarity", "margin", "reduce", "light"]
    flat = inliner.inline_local_functions(model)
    assert not flat.functions
    assert {node.domain for node in every_node(flat.graph)} == {""}


def test_the_same_recognizer_is_the_same_file(grey):
    assert with_ink(Recognizer.load("digit").content, "digit") == grey


def test_what_reads_no_digits_and_what_makes_ink_already_are_refused(grey):
    for content in (Recognizer.load("line").content, grey):
        with pytest.raises(ExportError, match="x: reads no single digits of 28x28 ink"):
            with_ink(content, "x")


def test_operators_that_are_too_old_are_refused():
    recognizer = Recognizer.load("digit-tiny")
    model = onnx.load_from_string(recognizer.content)
    del model.metadata_props[:]
    model.opset_import[0].version = 17
    old = seal(model.SerializeToString(), recognizer.metadata)
    with pytest.raises(ExportError, match="of version 17, and the ink spec needs 18"):
        with_ink(old, "old")


def test_pilgi_itself_makes_ink_and_refuses_what_makes_its_own(grey):
    with pytest.raises(RecognizerError, match="digit-grey: makes ink itself"):
        Recognizer(grey, "digit-grey")
