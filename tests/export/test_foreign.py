"""Nets of other frameworks leave as ours do, or are refused by a sentence."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from pilgi import data
from pilgi.errors import ExportError, RecognizerError
from pilgi.export import foreign
from pilgi.export.network import integer_network
from pilgi.recognizer import Recognizer

WAYS = {
    "PyTorch's": (1, 28, 28),
    "Keras's": (28, 28, 1),
    "without channels": (28, 28),
    "flattened": (784,),
}


@pytest.fixture(scope="module")
def weights():
    """Weights (784, 10) of a linear net that reads real digits, by least squares."""
    digits = data.load("digits", "train")
    ink = digits.images.reshape(len(digits), -1) / 255
    wanted = np.eye(10)[digits.labels] - 0.1
    square = ink.T @ ink + 20 * np.eye(784)
    return np.linalg.solve(square, ink.T @ wanted).astype(np.float32) * 10


def net(weights, shape, ends="Identity", kind=TensorProto.FLOAT):
    """Return a linear net as another framework saves it: an input and an output of its own."""
    classes = weights.shape[1]
    made = "flat" if kind == TensorProto.FLOAT else "bytes"
    nodes = [helper.make_node("Flatten", ["x"], [made])]
    if kind != TensorProto.FLOAT:
        nodes.append(helper.make_node("Cast", ["bytes"], ["flat"], to=TensorProto.FLOAT))
    nodes.append(helper.make_node("MatMul", ["flat", "w"], ["z"]))
    nodes.append(helper.make_node(ends, ["z"], ["p"]))
    graph = helper.make_graph(
        nodes,
        "net",
        [helper.make_tensor_value_info("x", kind, [None, *shape])],
        [helper.make_tensor_value_info("p", TensorProto.FLOAT, [None, classes])],
        [numpy_helper.from_array(weights, "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return model.SerializeToString()


@pytest.mark.parametrize(("theirs", "name"), [("x", "ink"), ("p", "logits"), ("z", "shares")])
def test_its_names_may_be_ours(weights, drawn, theirs, name):
    model = onnx.load_from_string(net(weights, (784,)))
    renamed = [*model.graph.input, *model.graph.output]
    for each in (value for value in renamed if value.name == theirs):
        each.name = name
    for node in model.graph.node:
        for names in (node.input, node.output):
            names[:] = [name if each == theirs else each for each in names]
    made = foreign.adopted(model.SerializeToString(), "net.onnx")
    assert made.logits(drawn.images).shape == (len(drawn), 10)


def test_a_net_for_one_picture_at_a_time_is_refused_in_a_sentence(weights):
    model = onnx.load_from_string(net(weights, (784,)))
    model.graph.initializer.append(numpy_helper.from_array(np.array([1, 784]), "one"))
    model.graph.node[0].CopyFrom(helper.make_node("Reshape", ["x", "one"], ["flat"]))
    with pytest.raises(ExportError, match="export it with a batch of any size"):
        foreign.adopted(model.SerializeToString(), "net.onnx")


@pytest.mark.parametrize("way", WAYS)
def test_it_answers_as_its_weights_say_whatever_a_picture_is_to_it(weights, way, drawn):
    made = foreign.adopted(net(weights, WAYS[way]), "net.onnx")
    expected = drawn.images.reshape(len(drawn), -1) / np.float32(255) @ weights
    assert np.abs(made.logits(drawn.images) - expected).max() < 1e-4
    assert made.metadata.provenance["file"] == "net.onnx"


@pytest.mark.parametrize("way", WAYS)
def test_in_whole_numbers_it_answers_the_same(weights, way, drawn):
    made = foreign.adopted(net(weights, WAYS[way]), "net.onnx")
    digits = integer_network(made, drawn.images[::9]).answers(drawn.images)[0]
    assert (digits == made.predict(drawn.images)).mean() > 0.99


@pytest.mark.parametrize("ends", ["Softmax", "LogSoftmax"])
def test_a_softmax_at_its_end_is_left_to_the_recognizer(weights, ends, drawn):
    plain = foreign.adopted(net(weights, (784,)), "net.onnx")
    made = foreign.adopted(net(weights, (784,), ends), "net.onnx")
    assert (made.logits(drawn.images) == plain.logits(drawn.images)).all()


def test_bytes_that_it_takes_are_the_ink_s(weights, drawn):
    made = foreign.adopted(net(weights / 255, (28, 28), kind=TensorProto.UINT8), "net.onnx")
    expected = drawn.images.reshape(len(drawn), -1) / np.float32(255) @ weights
    assert np.abs(made.logits(drawn.images) - expected).max() < 1e-3


@pytest.mark.parametrize(
    ("shape", "classes", "sentence"),
    [
        ((3, 28, 28), 10, r"net.onnx: takes x \[0, 3, 28, 28\], not pictures of 28x28"),
        ((32, 32), 10, "not pictures of 28x28"),
        ((28, 28), 26, r"gives p \[0, 26\], not 10 numbers a picture"),
    ],
)
def test_another_task_s_net_is_refused(shape, classes, sentence):
    weights = np.zeros((int(np.prod(shape)), classes), np.float32)
    with pytest.raises(ExportError, match=sentence):
        foreign.adopted(net(weights, shape), "net.onnx")


def test_a_net_that_learnt_from_other_numbers_is_refused(weights):
    with pytest.raises(
        ExportError, match=r"net.onnx: reads \d+ % of \d+ digits given as ink / 255"
    ):
        foreign.adopted(net(-weights, (784,)), "net.onnx")


def test_weights_in_another_file_are_refused_before_anything_opens_it(weights):
    model = onnx.load_from_string(net(weights, (784,)))
    model.graph.initializer[0].data_location = TensorProto.EXTERNAL
    entry = model.graph.initializer[0].external_data.add()
    entry.key, entry.value = "location", "../../etc/passwd"
    with pytest.raises(RecognizerError, match="lies in another file"):
        foreign.adopted(model.SerializeToString(), "net.onnx")


def test_a_file_is_adopted_only_where_pilgi_did_not_write_it(weights, tmp_path):
    path = tmp_path / "net.onnx"
    path.write_bytes(net(weights, (784,)))
    assert foreign.load(str(path)).metadata.calibration == "none: trained elsewhere"
    assert foreign.load("digit-tiny").content == Recognizer.load("digit-tiny").content
    path.write_bytes(b"no net")
    with pytest.raises(RecognizerError, match="not an ONNX file"):
        foreign.load(str(path))
