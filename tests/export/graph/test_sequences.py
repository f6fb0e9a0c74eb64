"""An LSTM along a line is read from its graph, or refused in a sentence."""

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from pilgi.errors import ExportError
from pilgi.export.graph import Beside, Recurrent, read_graph
from pilgi.export.graph.running import run
from pilgi.recognizer import ANY

HIDDEN, CHANNELS, WIDE = 3, 5, 64


def line_net(direction="bidirectional", start=0.0, axis=2, cast=TensorProto.FLOAT, **lstm):
    """Columns of a line, an LSTM along them, both side by side, two answers a column."""
    rng, ways = np.random.default_rng(0), 2 if direction == "bidirectional" else 1
    constants = {
        "one": np.array([1]),
        "two": np.array([2]),
        "full": np.float32(255),
        "kernel": rng.normal(0, 0.4, (CHANNELS, 1, 8, 3)).astype(np.float32),
        "w": rng.normal(0, 1, (ways, 4 * HIDDEN, CHANNELS)).astype(np.float32),
        "u": rng.normal(0, 1, (ways, 4 * HIDDEN, HIDDEN)).astype(np.float32),
        "b": rng.normal(0, 0.3, (ways, 8 * HIDDEN)).astype(np.float32),
        "start": np.full((ways, 1, HIDDEN), start, np.float32),
        "steps": np.array([0, 0, -1]),
        "dense": rng.normal(0, 1, (CHANNELS + ways * HIDDEN, 2)).astype(np.float32),
    }
    make = helper.make_node
    nodes = [
        make("Unsqueeze", ["ink", "one"], ["grey"]),
        make("Cast", ["grey"], ["floats"], to=TensorProto.FLOAT),
        make("Div", ["floats", "full"], ["inked"]),
        make("Conv", ["inked", "kernel"], ["conv"], pads=[0, 1, 0, 1]),
        make("Relu", ["conv"], ["seen"]),
        make("Squeeze", ["seen", "two"], ["row"]),
        make("Transpose", ["row"], ["turned columns"], perm=[0, 2, 1]),
        make("Cast", ["turned columns"], ["columns"], to=cast),
        make("Transpose", ["row"], ["first"], perm=[2, 0, 1]),
        make(
            *("LSTM", ["first", "w", "u", "b", "", "start", "start"], ["each"]),
            **{"hidden_size": HIDDEN, "direction": direction, **lstm},
        ),
        make("Transpose", ["each"], ["turned"], perm=[2, 0, 1, 3]),
        make("Reshape", ["turned", "steps"], ["read"]),
        make(
            "Concat",
            ["columns", "read"] if axis == 2 else ["columns", "columns"],
            ["both"],
            axis=axis,
        ),
        make("MatMul", ["both", "dense"], ["logits"]),
    ]
    entry = helper.make_tensor_value_info("ink", TensorProto.UINT8, ["n", 8, "width"])
    made = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", "steps", 2])
    held = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "line", [entry], [made], held)
    opsets = [helper.make_opsetid("", 18)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9).SerializeToString()


@pytest.mark.parametrize("direction", ["forward", "bidirectional"])
@pytest.mark.parametrize("width", [9, 40])
def test_its_layers_give_the_logits_of_the_graph_at_any_width(direction, width):
    content = line_net(direction)
    ink = np.random.default_rng(1).integers(0, 256, (1, 8, width), np.uint8)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    expected = session.run(["logits"], {"ink": ink})[0]
    graph = read_graph(content, "line.onnx", WIDE)
    assert {Recurrent, Beside} < {type(layer) for layer in graph.layers}
    *_, (_, found) = run(graph, ink)
    assert np.abs(found[:, 0] - expected).max() < 1e-5


def test_a_reader_of_lines_is_read_as_training_leaves_it():
    from pilgi.learn.models.crnn import CrnnOptions, crnn
    from pilgi.learn.train.graph import to_onnx

    content = to_onnx(crnn(CrnnOptions((4, 4, 4, 8), hidden=3), (1, 32, 128), 10), (32, ANY), 11)
    ink = np.random.default_rng(1).integers(0, 256, (1, 32, 40), np.uint8)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    *_, (_, found) = run(read_graph(content, "line.onnx", WIDE), ink)
    expected = session.run(["logits"], {"ink": ink})[0]
    assert found[:, 0].reshape(expected.shape) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"start": 0.5}, "over the columns of a line, from nothing on"),
        ({"clip": 3.0}, "over the columns of a line, from nothing on"),
        ({"direction": "reverse"}, "reads from the right alone"),
        ({"cast": TensorProto.INT32}, "Cast has an integer kernel between floats alone"),
        ({"axis": 1}, "Concat has an integer kernel for the steps of a line"),
    ],
)
def test_what_has_no_kernel_is_refused_by_its_name(options, sentence):
    with pytest.raises(ExportError, match=sentence):
        read_graph(line_net(**options), "line.onnx", WIDE)
