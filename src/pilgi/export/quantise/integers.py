"""Each float layer with the scales around it -> its integer layer."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.errors import ExportError
from pilgi.export.graph.floats import (
    Addition,
    Beside,
    Convolution,
    Edges,
    Elementwise,
    Floats,
    Graph,
    Layer,
    Pooling,
    Recurrent,
    Upright,
)
from pilgi.export.graph.running import run
from pilgi.export.layers import (
    IntegerAddition,
    IntegerBeside,
    IntegerConvolution,
    IntegerEdges,
    IntegerLayer,
    IntegerRecurrent,
    IntegerUpright,
    Largest,
    Lookup,
    Mean,
)
from pilgi.export.layers.arithmetic import (
    HIGHEST,
    LOWEST,
    MANTISSA_BITS,
    Scale,
    factor,
    saturated,
    slope_of,
)
from pilgi.export.layers.recurrent import BITS as CELL_BITS
from pilgi.export.layers.recurrent import MOST as MOST_CELLS
from pilgi.export.layers.recurrent import OUT
from pilgi.export.quantise.ranges import best_scale

HALVINGS: Final = 1 << 12
"""Logits leave the last layer as powers of two: in 4,096ths of a halving of the probability."""

OUTPUTS: Final = Scale(2.0**-OUT, 0)
"""An LSTM's outputs lie in -1..1."""

LARGEST_BIAS: Final = 1 << 18
"""So that a bias of 16 bits is rounded to an eighth of a sum at most."""


def quantised(
    graph: Graph, pictures: NDArray[np.uint8], temperature: float
) -> tuple[IntegerLayer, ...]:
    """Return the net in whole numbers.

    pictures: of the training data, uint8 ink; a few hundred tell the ranges. The last layer gives
    4096 log2(e) logit / temperature, int32. What rounding moves each channel by on average goes
    back into its bias (Nagel et al. 2019, Data-free quantization through weight equalization).
    """
    scales, made, values = {graph.input: _ink(graph)}, list[IntegerLayer](), dict[str, Any]()
    values[graph.input] = (pictures.astype(np.int16) + LOWEST).astype(np.int8)
    values[graph.input] = values[graph.input].reshape(
        *pictures.shape[:3], graph.shapes[graph.input][2]
    )
    for layer, truth in run(graph, pictures):
        last = layer is graph.layers[-1]
        scale = _last_scale(temperature) if last else _scale(layer, truth, scales, graph)
        scales[layer.output] = scale
        whole = LAYERS[type(layer)](layer, graph, scales, last)
        if isinstance(whole, IntegerConvolution):
            whole = _corrected(whole, truth, scale, [values[name] for name in layer.inputs])
        values[layer.output] = whole.run(*(values[name] for name in layer.inputs))
        made.append(whole)
    return tuple(made)


def _ink(graph: Graph) -> Scale:
    """Return the scale of the ink; what its whole zero point leaves over is in `_rest`."""
    zero = round(-graph.offset / graph.gain) + LOWEST
    return Scale(graph.gain, int(np.clip(zero, LOWEST, HIGHEST)))


def _rest(graph: Graph, tensor: str) -> float:
    """Return what the real values of the ink exceed gain (q - zero) by."""
    if tensor != graph.input:
        return 0.0
    return graph.offset + graph.gain * (_ink(graph).zero - LOWEST)


def _last_scale(temperature: float) -> Scale:
    return Scale(temperature * math.log(2) / HALVINGS, 0)


def _scale(layer: Layer, truth: Floats, scales: Mapping[str, Scale], graph: Graph) -> Scale:
    """Return the scale of what a layer makes; the largest of a window has that of its input."""
    if isinstance(layer, Recurrent):
        return OUTPUTS
    if isinstance(layer, Beside):
        return _side_by_side([(scales[name], graph.shapes[name][2]) for name in layer.inputs])
    if isinstance(layer, Upright) or (isinstance(layer, Pooling) and layer.largest):
        return scales[layer.inputs[0]]
    return best_scale(truth)


def _side_by_side(tensors: list[tuple[Scale, int]]) -> Scale:
    each = tuple(scale for scale, channels in tensors for _ in range(channels))
    return Scale(each[0].step, each[0].zero, each)


def _convolution(
    layer: Convolution, graph: Graph, scales: Mapping[str, Scale], last: bool
) -> IntegerLayer:
    entry, made = scales[layer.inputs[0]], scales[layer.output]
    real, moved = _per_step(layer, entry)
    sums = layer.weights.sum((1, 2, 3)) * _rest(graph, layer.inputs[0])
    weights, steps, bias = whole_rows(real, layer.bias + sums)
    bias += (weights * moved).sum((1, 2, 3))
    factors = steps / made.step
    shift = factor(float(factors.max())).shift
    halves = fitting(bias)
    return IntegerConvolution(
        layer.output,
        layer.inputs,
        graph.shapes[layer.output],
        graph.shapes[layer.inputs[0]],
        np.ascontiguousarray(weights.astype(np.int8).transpose(0, 2, 3, 1)),
        np.rint(bias / 2.0**halves).astype(np.int16),
        np.rint(factors * 2.0**shift).clip(0, 65535).astype(np.uint16),
        halves,
        shift,
        layer.strides,
        layer.pads,
        layer.groups > 1,
        slope_of(layer.slope),
        entry.zero,
        made.zero,
        last,
    )


def _per_step(layer: Convolution, entry: Scale) -> tuple[Floats, Any]:
    """Return the weights for each step of the input, and by how much its zeros differ.

    A kernel knows one zero; what those of tensors side by side differ by goes into the bias.
    """
    if entry.channels and layer.weights.shape[2:] != (1, 1):
        raise ExportError("Concat has an integer kernel before a dense layer alone; use Add")
    steps, zeros = entry.of(layer.weights.shape[1])
    return layer.weights * steps[:, None, None], (entry.zero - zeros)[:, None, None]


def whole_rows(weights: Floats, bias: Floats) -> tuple[Floats, Floats, Floats]:
    """Return weights in -127..127, the step of each output's, and the biases in these steps."""
    taps = tuple(range(1, weights.ndim))
    # A filter that died has weights so small that its bias would not fit beside them.
    steps = np.maximum(np.abs(weights).max(taps) / HIGHEST, np.abs(bias) / LARGEST_BIAS)
    steps = np.where(steps > 0, steps, 1.0)
    return np.rint(weights / np.expand_dims(steps, taps)), steps, np.rint(bias / steps)


def _corrected(
    whole: IntegerConvolution, truth: Floats, scale: Scale, values: list[Any]
) -> IntegerConvolution:
    """Return the layer whose channels are right on average, where it is linear or not clipped."""
    found = (whole.run(*values).astype(np.float64) - scale.zero) * scale.step
    inside = truth > 0 if whole.slope == 0 else np.ones(truth.shape, np.bool_)
    counts = np.maximum(inside.sum((0, 1, 2)), 1)
    error = ((truth - found) * inside).sum((0, 1, 2)) / counts
    sums = scale.step * whole.mantissas / 2.0**whole.shift
    moved = np.divide(error, sums, out=np.zeros_like(error), where=sums > 0)
    bias = whole.bias * 2.0**whole.bias_shift + moved
    halves = fitting(bias)
    return replace(whole, bias=np.rint(bias / 2.0**halves).astype(np.int16), bias_shift=halves)


def fitting(bias: Floats) -> int:
    """Return k, the least with which bias / 2^k fits into int16."""
    return max(0, math.frexp(float(np.abs(bias).max()))[1] - 15)


def _pooling(layer: Pooling, graph: Graph, scales: Mapping[str, Scale], _: bool) -> IntegerLayer:
    names = layer.output, layer.inputs, graph.shapes[layer.output], graph.shapes[layer.inputs[0]]
    if layer.largest:
        return Largest(*names, layer.window, layer.strides)
    entry, made = scales[layer.inputs[0]], scales[layer.output]
    by = factor(entry.step / made.step / (layer.window[0] * layer.window[1]))
    return Mean(*names, layer.window, layer.strides, by, entry.zero, made.zero)


def _addition(layer: Addition, graph: Graph, scales: Mapping[str, Scale], _: bool) -> IntegerLayer:
    entries, made = [scales[name] for name in layer.inputs], scales[layer.output]
    # One shift for both, so that the larger has 15 bits and their sum stays below 2^31.
    shares = [entry.step / made.step for entry in entries]
    shift = factor(max(shares)).shift - (MANTISSA_BITS - 15)
    first, second = (round(share * 2.0**shift) for share in shares)
    return IntegerAddition(
        layer.output,
        layer.inputs,
        graph.shapes[layer.output],
        (first, second),
        shift,
        slope_of(layer.slope),
        (entries[0].zero, entries[1].zero),
        made.zero,
    )


def _lookup(layer: Elementwise, graph: Graph, scales: Mapping[str, Scale], _: bool) -> IntegerLayer:
    entry, made = scales[layer.inputs[0]], scales[layer.output]
    levels = np.arange(LOWEST, HIGHEST + 1, dtype=np.float64)
    real = layer.function((levels - entry.zero) * entry.step)
    table = saturated(np.rint(real / made.step).astype(np.int64) + made.zero)
    return Lookup(layer.output, layer.inputs, graph.shapes[layer.output], table)


def _recurrent(
    layer: Recurrent, graph: Graph, scales: Mapping[str, Scale], _: bool
) -> IntegerLayer:
    entry = scales[layer.inputs[0]]
    if layer.recurrent.shape[2] > MOST_CELLS:
        raise ExportError(f"an LSTM has an integer kernel for at most {MOST_CELLS} units")
    # ONNX has the gates as i, o, f, g too. Rows of both directions are quantised alike.
    real = np.concatenate([layer.weights * entry.step, layer.recurrent * OUTPUTS.step], axis=2)
    rows, steps, bias = whole_rows(real.reshape(-1, real.shape[2]), layer.bias.ravel())
    factors = steps * 2.0**CELL_BITS
    shift, halves = factor(float(factors.max())).shift, fitting(bias)
    rounded = np.rint(factors * 2.0**shift).clip(0, 65535).astype(np.uint16)
    return IntegerRecurrent(
        layer.output,
        layer.inputs,
        graph.shapes[layer.output],
        rows.reshape(real.shape).astype(np.int8),
        np.rint(bias / 2.0**halves).astype(np.int16).reshape(layer.bias.shape),
        rounded.reshape(layer.bias.shape),
        halves,
        shift,
        entry.zero,
    )


def _beside(layer: Beside, graph: Graph, *_: Any) -> IntegerLayer:
    first, second = (graph.shapes[name][2] for name in layer.inputs)
    return IntegerBeside(layer.output, layer.inputs, graph.shapes[layer.output], (first, second))


def _edges(layer: Edges, graph: Graph, scales: Mapping[str, Scale], _: bool) -> IntegerLayer:
    entry, made = scales[layer.inputs[0]], scales[layer.output]
    shape = graph.shapes[layer.inputs[0]]
    if shape[2] != 1:
        raise ExportError("edges of several channels have no integer kernel; use grey pictures")
    by = factor(entry.step / made.step / 4)
    shapes = graph.shapes[layer.output], shape
    return IntegerEdges(layer.output, layer.inputs, *shapes, by, entry.zero, made.zero)


def _upright(layer: Upright, graph: Graph, scales: Mapping[str, Scale], _: bool) -> IntegerLayer:
    shape = graph.shapes[layer.output]
    if scales[layer.inputs[0]].zero != LOWEST or shape[2] != 1:
        raise ExportError("upright has an integer kernel for grey ink alone; put it first")
    # sqrt(A) / 2 M is the spread; over (spread h) it is the size: 1000 / (2000 spread h).
    spread, smallest = round(2000 * layer.spread * shape[0]), round(layer.smallest * 2**16)
    return IntegerUpright(layer.output, layer.inputs, shape, spread, smallest)


LAYERS: Final[Mapping[type[Layer], Callable[..., IntegerLayer]]] = {
    Addition: _addition,
    Beside: _beside,
    Convolution: _convolution,
    Edges: _edges,
    Elementwise: _lookup,
    Pooling: _pooling,
    Recurrent: _recurrent,
    Upright: _upright,
}
