"""Layers without weights, which ONNX spells out in many nodes: found by shape, proved by value.

A region is what lies between one tensor and a node's output and reads nothing else but constants.
It is taken for a layer only where, run on pictures, it gives what the layer's equation gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import numpy as np

from pilgi.export.graph.floats import Edges, Floats, Layer, Upright
from pilgi.recognizer import open_graph

SPREAD: Final = 0.193
SMALLEST: Final = 0.3
"""Of `pilgi.learn.models.upright`."""

CLOSE: Final = 2e-3
"""Of full ink; onnxruntime's float32 against the equation in float64."""


class Found(NamedTuple):
    """Layers by the node whose output they make, and the nodes that they stand for."""

    layers: Mapping[str, Layer]
    skipped: frozenset[str]


def found(model: Any, constants: Mapping[str, Any]) -> Found:
    """Return the layers without weights in the graph."""
    makers = {name: node for node in model.graph.node for name in node.output}
    layers: dict[str, Layer] = {}
    skipped: set[str] = set()
    for node in model.graph.node:
        pattern = PATTERNS.get(node.op_type)
        region = pattern and _region(node, makers, constants, pattern)
        if not (pattern and region):
            continue
        entry, inside = region
        operators, output = {each.op_type for each in inside}, node.output[0]
        if pattern.needed <= operators and _proved(model, entry, output, pattern.equation):
            layers[output] = pattern.layer(output, entry)
            skipped |= {each.output[0] for each in inside} - {output}
    return Found(layers, frozenset(skipped))


def _region(
    node: Any, makers: Mapping[str, Any], constants: Mapping[str, Any], pattern: Pattern
) -> tuple[str, list[Any]] | None:
    """Return the one tensor that enters, and the nodes from there to `node`; None if several do."""
    inside, entries, waiting = [node], set[str](), list(node.input)
    borders = {node.input[0]} if pattern.from_its_input else set()
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if not name or name in constants or name in seen:
            continue
        seen.add(name)
        maker = makers.get(name)
        if name in borders or maker is None or maker.op_type not in pattern.operators:
            entries.add(name)
        else:
            inside.append(maker)
            waiting += maker.input
    return (entries.pop(), inside) if len(entries) == 1 else None


def _proved(model: Any, entry: str, output: str, equation: Callable[[Floats], Floats]) -> bool:
    """Return whether the graph between the two tensors gives what the equation gives."""
    from onnx.utils import Extractor

    part = Extractor(model).extract_model([entry], [output])
    session = open_graph(part.SerializeToString(), threads=1)
    shape = session.get_inputs()[0].shape
    return all(
        np.abs(session.run(None, {entry: picture})[0] - equation(picture)).max() <= CLOSE
        for picture in _pictures(tuple(side if isinstance(side, int) else 1 for side in shape))
    )


def _pictures(shape: tuple[int, ...]) -> Iterator[Any]:
    """Yield leaning strokes, float32 in 0..1."""
    height, width = shape[2:]
    rows, columns = np.mgrid[:height, :width]
    for lean, middle, tall in ((0.4, 0.5, 0.6), (-0.3, 0.4, 0.9), (0.0, 0.6, 0.2)):
        across = np.abs(columns - middle * width + lean * (rows - height / 2))
        inside = np.abs(rows - height / 2) < tall * height / 2
        stroke = (2.5 - across).clip(0, 1) * inside
        yield np.broadcast_to(stroke, shape).astype(np.float32)


def upright(pictures: Floats) -> Floats:
    """Return pictures (n, 1, h, w) upright; see `pilgi.learn.models.upright`."""
    ink = np.asarray(pictures, np.float64)
    height, width = ink.shape[2:]
    y = (np.arange(height) - (height - 1) / 2)[None, None, :, None]
    x = (np.arange(width) - (width - 1) / 2)[None, None, None, :]

    def mean(of: Floats) -> Floats:
        total: Floats = of.sum((2, 3), keepdims=True) / (ink.sum((2, 3), keepdims=True) + 1e-6)
        return total

    middle_y, middle_x = mean(ink * y), mean(ink * x)
    spread = mean(ink * (y - middle_y) ** 2) + 1e-6
    slant = mean(ink * (y - middle_y) * (x - middle_x)) / spread
    below = y * np.maximum(np.sqrt(spread) / (SPREAD * height), SMALLEST)
    return _sampled(ink, middle_y + below + 0 * x, middle_x + x + slant * below)


def _sampled(ink: Floats, y: Floats, x: Floats) -> Floats:
    """Return the pictures at (y, x) from their middle, bilinearly, 0 outside."""
    height, width = ink.shape[2:]
    y, x = y + (height - 1) / 2, x + (width - 1) / 2
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    total = np.zeros_like(ink)
    padded = np.pad(ink, ((0, 0), (0, 0), (1, 1), (1, 1)))
    which = np.arange(len(ink))[:, None, None, None]
    for down in (0, 1):
        for right in (0, 1):
            rows, columns = (
                (top + down + 1).clip(0, height + 1),
                (left + right + 1).clip(0, width + 1),
            )
            share = (1 - np.abs(y - top - down)) * (1 - np.abs(x - left - right))
            total += share * padded[which, 0, rows, columns]
    return total


def edges(pictures: Floats) -> Floats:
    """Return the slopes (n, 8 c, (h - 2) / 2, (w - 2) / 2); see `pilgi.learn.models.edges`."""
    ink = np.asarray(pictures, np.float64)
    across = ink[:, :, 1:-1, 2:] - ink[:, :, 1:-1, :-2]
    down = ink[:, :, 2:, 1:-1] - ink[:, :, :-2, 1:-1]
    slopes = np.concatenate([across, down, across + down, across - down], 1)
    both = np.maximum(np.concatenate([slopes, -slopes], 1), 0)
    height, width = (side // 2 * 2 for side in both.shape[2:])
    halves = both[:, :, :height, :width]
    rows = halves[:, :, ::2] + halves[:, :, 1::2]
    return np.asarray((rows[:, :, :, ::2] + rows[:, :, :, 1::2]) / 4)


class Pattern(NamedTuple):
    """A layer that ends in a node of some operator.

    operators: of what may lie inside; needed: of what must. from_its_input: the node's own first
    input is what enters.
    """

    operators: frozenset[str]
    needed: frozenset[str]
    from_its_input: bool
    equation: Callable[[Floats], Floats]
    layer: Callable[[str, str], Layer]


_SUMS: Final = frozenset({"Add", "Sub", "Concat"})

PATTERNS: Final[Mapping[str, Pattern]] = {
    "GridSample": Pattern(
        _SUMS | {"CumSum", "ReduceSum", "Mul", "Div", "Sqrt", "Clip", "Transpose"},
        frozenset({"CumSum", "ReduceSum", "Sqrt"}),
        True,
        upright,
        lambda output, entry: Upright(output, (entry,), SPREAD, SMALLEST),
    ),
    "AveragePool": Pattern(
        _SUMS | {"Slice", "Neg", "Relu"},
        frozenset({"Slice", "Neg", "Relu", "Concat"}),
        False,
        edges,
        lambda output, entry: Edges(output, (entry,)),
    ),
}
