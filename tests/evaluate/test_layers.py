"""What is shown of the inside of a network is what its own graph computes."""

import numpy as np
import pytest

from pilgi import data
from pilgi.errors import DataError, RecognizerError
from pilgi.evaluate import layers as room
from pilgi.evaluate.layers import features, layers
from pilgi.recognizer import Recognizer


@pytest.fixture(scope="module")
def pictures():
    return data.load("digits", "train").images[:4]


@pytest.fixture(scope="module")
def digit():
    return Recognizer.load("digit")


def test_layers_are_counted_by_kind_from_the_input(digit, pictures):
    found = layers(digit, pictures[0])
    assert [layer.name for layer in found[:3]] == ["convolution 1", "relu 1", "convolution 2"]
    assert found[0].values.shape == (32, 13, 13)
    assert len({layer.name for layer in found}) == len(found)


def test_the_last_layer_holds_the_logits(digit, pictures):
    last = layers(digit, pictures[0])[-1]
    assert last.kind == "dense"
    assert last.values[:10] == pytest.approx(digit.logits(pictures[:1])[0], abs=1e-5)


def test_the_last_dense_layer_of_the_features_gives_the_logits(digit, pictures):
    import onnx
    from onnx import numpy_helper

    graph = onnx.load_from_string(digit.content).graph
    (dense,) = [node for node in graph.node if node.op_type == "Gemm"]
    stored = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    weight, bias = (stored[name] for name in dense.input[1:])
    logits = features(digit, pictures) @ weight.T + bias
    assert logits[:, :10] == pytest.approx(digit.logits(pictures), abs=1e-4)


def test_a_graph_without_a_dense_layer_has_no_features(digit, pictures, monkeypatch):
    monkeypatch.setattr(room, "_input_of_last_dense", lambda _: None)
    with pytest.raises(RecognizerError, match="compare by pixels"):
        features(digit, pictures)


def test_pictures_of_another_shape_are_refused(digit):
    with pytest.raises(DataError, match="uint8 pictures of shape"):
        layers(digit, np.zeros((27, 28), np.uint8))
