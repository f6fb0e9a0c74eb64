"""What is read from a graph gives what onnxruntime gives."""

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from pilgi.errors import ExportError
from pilgi.export.graph import Convolution, Edges, Pooling, Upright, read_graph
from pilgi.export.graph.running import run


def logits(content, ink):
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    return session.run(["logits"], {session.get_inputs()[0].name: ink})[0]


def read_logits(content, ink):
    *_, (_, found) = run(read_graph(content, "net.onnx"), ink)
    return found.reshape(len(ink), -1)


def keras():
    """A net as Keras leaves it: (n, 28, 28, 1) floats, channels last, a bias added apart."""
    rng = np.random.default_rng(0)
    constants = {
        "kernel": rng.normal(0, 0.2, (6, 1, 3, 3)),
        "scale": rng.uniform(-1, 1, 6),
        "shift": rng.normal(0, 0.1, 6),
        "mean": rng.normal(0, 0.1, 6),
        "variance": rng.uniform(0.5, 1, 6),
        "flat": np.array([-1, 14 * 14 * 6]),
        "dense": rng.normal(0, 0.05, (14 * 14 * 6, 10)),
        "bias": rng.normal(0, 0.1, 10),
    }
    nodes = [
        helper.make_node("Transpose", ["picture"], ["first"], perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["first", "kernel"], ["conv"], auto_pad="SAME_UPPER"),
        helper.make_node(
            "BatchNormalization", ["conv", "scale", "shift", "mean", "variance"], ["norm"]
        ),
        helper.make_node("Elu", ["norm"], ["elu"]),
        helper.make_node("MaxPool", ["elu"], ["pool"], kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Transpose", ["pool"], ["last"], perm=[0, 2, 3, 1]),
        helper.make_node("Reshape", ["last", "flat"], ["flattened"]),
        helper.make_node("MatMul", ["flattened", "dense"], ["product"]),
        helper.make_node("Add", ["product", "bias"], ["logits"]),
    ]
    tensors = [
        numpy_helper.from_array(v if k == "flat" else v.astype(np.float32), k)
        for k, v in constants.items()
    ]
    graph = helper.make_graph(
        nodes,
        "keras",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, ["n", 28, 28, 1])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 10])],
        tensors,
    )
    opset = [helper.make_opsetid("", 20)]
    return helper.make_model(graph, opset_imports=opset, ir_version=10).SerializeToString()


@pytest.mark.parametrize("name", ["digit", "digit-tiny", "tiny-700", "cnn-keras", "residual"])
def test_the_layers_of_a_recognizer_give_its_logits(loaded, drawn, name):
    content, ink = loaded(name).content, drawn.images[:6]
    expected = logits(content, ink)
    found = read_logits(content, ink)[:, : expected.shape[1]]
    assert np.abs(found - expected).max() < 1e-3 * max(1, np.abs(expected).max())


def test_a_net_of_keras_goes_the_same_way(drawn):
    ink = drawn.images[:6]
    expected = logits(keras(), ink[..., None].astype(np.float32) / 255)
    assert np.abs(read_logits(keras(), ink) - expected).max() < 1e-4


def test_batch_norms_and_rectifiers_are_no_layers_of_their_own(loaded):
    layers = read_graph(loaded("digit").content, "digit").layers
    assert {type(layer) for layer in layers} == {Convolution, Pooling}
    assert len(layers) == 8


def test_layers_without_weights_are_found_among_many_nodes(loaded):
    first, second, *_ = read_graph(loaded("tiny-700").content, "tiny-700").layers
    assert (type(first), type(second)) == (Upright, Edges)


def test_what_only_looks_like_upright_is_refused(loaded):
    model = onnx.load_from_string(loaded("tiny-700").content)
    clip = next(node for node in model.graph.node if node.op_type == "Clip")
    clip.input[1] = "other"
    model.graph.initializer.append(numpy_helper.from_array(np.array(0.9, np.float32), "other"))
    with pytest.raises(ExportError, match="has no integer kernel"):
        read_graph(model.SerializeToString(), "other")


def test_a_dilated_convolution_is_refused():
    model = onnx.load_from_string(keras())
    node = next(each for each in model.graph.node if each.op_type == "Conv")
    node.attribute.append(helper.make_attribute("dilations", [2, 2]))
    with pytest.raises(ExportError, match="dilated"):
        read_graph(model.SerializeToString(), "other")
