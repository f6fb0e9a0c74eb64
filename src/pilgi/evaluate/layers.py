"""Inside a network: what each layer makes of a picture, read out of the recognizer's own graph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.errors import RecognizerError
from pilgi.recognizer import INPUT, OUTPUT, Recognizer, open_graph

Floats = NDArray[np.float32]

KINDS: Final = {
    "Conv": "convolution",
    "Relu": "relu",
    "Gelu": "gelu",
    "Elu": "elu",
    "LeakyRelu": "leaky relu",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "BatchNormalization": "batch norm",
    "MaxPool": "max pool",
    "AveragePool": "average pool",
    "GlobalAveragePool": "average pool",
    "GlobalMaxPool": "max pool",
    "LSTM": "lstm",
    "GRU": "gru",
    "Gemm": "dense",
    "MatMul": "dense",
}
"""ONNX operators that are layers to whoever looks at a network, and what these are called."""

DENSE: Final = ("Gemm", "MatMul")


@dataclass(frozen=True)
class Layer:
    """One layer's answer to one picture.

    name: its kind and number, counted from the input. kind: see `KINDS`. values: float32, the
    feature maps (channels, height, width), or whatever shape the layer gives.
    """

    name: str
    kind: str
    values: Floats


@dataclass(frozen=True)
class _Point:
    """A value inside the graph that can be looked at."""

    name: str
    kind: str
    output: str


def layers(recognizer: Recognizer, picture: NDArray[np.uint8]) -> list[Layer]:
    """Return what every layer makes of one uint8 picture, from the input to the logits.

    Raises DataError where the picture is not of the recognizer's shape and type.
    """
    found = _points(recognizer.content)
    seen = _run(recognizer, [point.output for point in found], picture[None])
    return [
        Layer(point.name, point.kind, np.asarray(values, np.float32)[0])
        for point, values in zip(found, seen, strict=True)
    ]


def features(recognizer: Recognizer, pictures: NDArray[np.uint8]) -> Floats:
    """Return what the last dense layer is given, float32 (n, features): the penultimate features.

    Raises RecognizerError where the graph has no dense layer before its logits.
    """
    seen = _run(recognizer, [_penultimate(recognizer)], pictures)[0]
    flat: Floats = np.asarray(seen, np.float32).reshape(len(pictures), -1)
    return flat


def _run(recognizer: Recognizer, outputs: Sequence[str], pictures: NDArray[np.uint8]) -> list[Any]:
    recognizer.check(pictures)
    session = _session(recognizer.content, tuple(outputs))
    found: list[Any] = session.run(list(outputs), {INPUT: np.ascontiguousarray(pictures)})
    return found


@lru_cache(maxsize=8)
def _session(content: bytes, outputs: tuple[str, ...]) -> Any:
    """Return a session of the same graph with these values among its outputs."""
    import onnx

    model = onnx.load_from_string(content)
    known = {output.name for output in model.graph.output}
    inner = [onnx.ValueInfoProto(name=name) for name in outputs if name not in known]
    model.graph.output.extend(inner)
    return open_graph(model.SerializeToString(), threads=1)


@lru_cache(maxsize=8)
def _points(content: bytes) -> tuple[_Point, ...]:
    return tuple(_numbered(_graph(content).node))


def _numbered(nodes: Any) -> Iterator[_Point]:
    counts: dict[str, int] = {}
    for node in nodes:
        if kind := KINDS.get(node.op_type):
            counts[kind] = counts.get(kind, 0) + 1
            yield _Point(f"{kind} {counts[kind]}", kind, node.output[0])


@lru_cache(maxsize=8)
def _input_of_last_dense(content: bytes) -> str | None:
    """Return what the dense layer nearest before the logits is given; None where there is none."""
    nodes = _graph(content).node
    makers = {output: node for node in nodes for output in node.output}
    waiting = [OUTPUT]
    while waiting:
        node = makers.get(waiting.pop(0))
        if node is not None and node.op_type in DENSE:
            return str(node.input[0])
        waiting += node.input if node is not None else []
    return None


def _penultimate(recognizer: Recognizer) -> str:
    found = _input_of_last_dense(recognizer.content)
    if found is None:
        raise RecognizerError(
            f"{recognizer.source}: no dense layer before its logits, so it has no features to "
            "compare by; compare by pixels"
        )
    return found


def _graph(content: bytes) -> Any:
    import onnx

    return onnx.load_from_string(content).graph
