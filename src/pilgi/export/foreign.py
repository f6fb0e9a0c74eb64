"""A net that somebody else trained and saved as ONNX: made a recognizer, it leaves like ours."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np

from pilgi import data, ink
from pilgi.errors import ExportError, UnsealedError
from pilgi.files import read_bytes, sha256
from pilgi.recognizer import INPUT, OUTPUT, SIZE_LIMIT, Recognizer
from pilgi.sealing import Metadata, refuse_external, seal

SIDE: Final = ink.SIDE
PIXELS: Final = SIDE * SIDE
SHAPES: Final = ((1, SIDE, SIDE), (SIDE, SIDE, 1), (SIDE, SIDE), (PIXELS,))
"""What one picture may be to the net: PyTorch's, Keras's, and without channels."""

DIGITS: Final = tuple("0123456789")

THEIRS: Final = "net/"
"""Before every name in their graph."""

LEAST: Final = 0.5
"""Of scikit-learn's digits: who reads fewer was fed otherwise in training."""


def load(model: str) -> Recognizer:
    """Return the recognizer of that name, run or file; also of an ONNX file that Pilgi never wrote.

    Raises RecognizerError as `Recognizer.load` does, and ExportError as `adopted` does.
    """
    try:
        return Recognizer.load(model)
    except UnsealedError:
        return adopted(read_bytes(Path(model), SIZE_LIMIT), model)


def adopted(content: bytes, source: str) -> Recognizer:
    """Return a net for 28x28 digits as a recognizer: uint8 ink in, logits out.

    It takes a float picture, ink / 255 (0 paper, 1 ink), or uint8 ink, as (n, 1, 28, 28),
    (n, 28, 28, 1), (n, 28, 28) or (n, 784), and gives ten logits or their softmax.
    Raises ExportError for another net, and for one that such pictures tell nothing.
    """
    import onnx
    from onnx.compose import add_prefix

    model = onnx.load_from_string(content)
    refuse_external(model, source)
    model = add_prefix(model, THEIRS)  # whatever its names are, they are not ours
    _take_ink(model, source)
    _give_logits(model, source)
    facts = Metadata(
        kind="digit",
        input=(SIDE, SIDE),
        classes=DIGITS,
        ink=ink.VERSION,
        calibration="none: trained elsewhere",
        recipe="",
        provenance={"file": Path(source).name, "sha256": sha256(content)},
    )
    made = Recognizer(seal(model.SerializeToString(), facts), source)
    _refuse_unread(made)
    return made


def _dims(value: Any) -> tuple[int, ...]:
    return tuple(dim.dim_value for dim in value.type.tensor_type.shape.dim)


def _named(values: Iterable[Any]) -> str:
    found = [f"{each.name.removeprefix(THEIRS)} {list(_dims(each))}" for each in values]
    return ", ".join(found) or "nothing"


def _take_ink(model: Any, source: str) -> None:
    """Put before the net what makes its input of ink."""
    from onnx import TensorProto, helper, numpy_helper

    graph = model.graph
    entry = _entry(graph, source)
    constants = {"of ink": np.float32(255), "one picture": np.array([-1, *_dims(entry)[1:]])}
    graph.initializer.extend(
        numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()
    )
    before = [helper.make_node("Reshape", [INPUT, "one picture"], [entry.name])]
    if entry.type.tensor_type.elem_type == TensorProto.FLOAT:
        before[0].input[0] = "shares"
        before = [
            helper.make_node("Cast", [INPUT], ["floats"], to=TensorProto.FLOAT),
            helper.make_node("Div", ["floats", "of ink"], ["shares"]),
            *before,
        ]
    nodes = [*before, *graph.node]
    del graph.node[:], graph.input[:]
    graph.node.extend(nodes)
    graph.input.append(helper.make_tensor_value_info(INPUT, TensorProto.UINT8, ["n", SIDE, SIDE]))


def _entry(graph: Any, source: str) -> Any:
    """Return the one input that takes pictures."""
    from onnx import TensorProto

    stored = {each.name for each in graph.initializer}
    entries = [each for each in graph.input if each.name not in stored]
    fitting = [
        each
        for each in entries
        if _dims(each)[1:] in SHAPES
        and each.type.tensor_type.elem_type in {TensorProto.FLOAT, TensorProto.UINT8}
    ]
    if len(entries) == len(fitting) == 1:
        return fitting[0]
    raise ExportError(
        f"{source}: takes {_named(entries)}, not pictures of {SIDE}x{SIDE} as floats or bytes; "
        "export a net for MNIST's digits"
    )


def _give_logits(model: Any, source: str) -> None:
    """Let the net end with its logits: its softmax is the recognizer's own step."""
    from onnx import TensorProto, helper

    graph, count = model.graph, len(DIGITS)
    if [_dims(each)[1:] for each in graph.output] != [(count,)]:
        raise ExportError(
            f"{source}: gives {_named(graph.output)}, not {count} numbers a picture; export a net "
            "that ends in ten classes"
        )
    logits = graph.output[0].name
    last = next(node for node in graph.node if logits in node.output)
    if last.op_type in {"Softmax", "LogSoftmax"}:
        logits = last.input[0]
        graph.node.remove(last)
    graph.node.append(helper.make_node("Identity", [logits], [OUTPUT]))
    del graph.output[:], graph.value_info[:]
    graph.output.append(helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["n", count]))


def _refuse_unread(recognizer: Recognizer) -> None:
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, RuntimeException

    digits = data.load("digits", "test")
    try:
        right = float((recognizer.predict(digits.images) == digits.labels).mean())
    except (Fail, InvalidArgument, RuntimeException) as error:
        raise ExportError(
            f"{recognizer.source}: cannot answer {len(digits)} pictures at once; export it with a "
            "batch of any size (in PyTorch dynamic_axes)"
        ) from error
    if not right >= LEAST:
        raise ExportError(
            f"{recognizer.source}: reads {math.floor(100 * right)} % of {len(digits)} digits given "
            "as ink / 255, paper 0; if it learnt otherwise scaled, put the scaling into its graph"
        )
