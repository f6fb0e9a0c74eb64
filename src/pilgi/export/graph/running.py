"""The layers run in floats: what calibration looks at, and the proof that the graph was read."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from pilgi.export.graph import patterns
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

AT_ONCE: Final = 4
"""Pictures whose windows, copied out, stay in the cache until they are multiplied."""


def run(graph: Graph, ink: NDArray[np.uint8]) -> Iterator[tuple[Layer, Floats]]:
    """Yield each layer and what it makes, (n, h, w, c), of ink (n, h, w) or (n, h, w, c)."""
    pictures = ink.reshape(*ink.shape[:3], graph.shapes[graph.input][2])
    values = {graph.input: graph.gain * pictures.astype(np.float64) + graph.offset}
    for layer in graph.layers:
        values[layer.output] = RUNS[type(layer)](layer, *(values[name] for name in layer.inputs))
        yield layer, values[layer.output]


def windows(
    values: NDArray[Any], window: tuple[int, ...], strides: tuple[int, int]
) -> NDArray[Any]:
    """Return each window of (n, h, w, c), (n, h', w', c, rows, columns), none copied."""
    found = sliding_window_view(values, (window[0], window[1]), axis=(1, 2))
    return found[:, :: strides[0], :: strides[1]]


def convolved(values: Floats, weights: Floats, strides: tuple[int, int], groups: int) -> Floats:
    """Return W * x of (n, h, w, c) that is padded already; exact for whole numbers below 2^53."""
    outputs, _, rows, columns = weights.shape
    if groups == 1 and (rows, columns) == (1, 1):
        seen = values[:, :: strides[0], :: strides[1]]
        return np.asarray(seen @ weights[:, :, 0, 0].T)
    seen = windows(values, (rows, columns), strides)
    if groups > 1:
        return np.asarray(np.einsum("nhwcij,cij->nhwc", seen, weights[:, 0], optimize=True))
    flat = weights.transpose(2, 3, 1, 0).reshape(-1, outputs)
    found = np.empty((*seen.shape[:3], outputs))
    for at in range(0, len(seen), AT_ONCE):
        rows_first = seen[at : at + AT_ONCE].transpose(0, 1, 2, 4, 5, 3)
        # One matrix: a stack of small ones takes twice as long.
        found[at : at + AT_ONCE].reshape(-1, outputs)[:] = rows_first.reshape(-1, len(flat)) @ flat
    return found


def padded(values: NDArray[Any], pads: tuple[int, int, int, int], paper: float) -> NDArray[Any]:
    """Return (n, h, w, c) with rows and columns of `paper` around it: top, left, bottom, right."""
    top, left, bottom, right = pads
    around = ((0, 0), (top, bottom), (left, right), (0, 0))
    return np.pad(values, around, constant_values=paper) if any(pads) else values


def _sloped(values: Floats, slope: float) -> Floats:
    return values if slope == 1 else np.where(values > 0, values, slope * values)


def _convolution(layer: Convolution, x: Floats) -> Floats:
    found = convolved(padded(x, layer.pads, 0), layer.weights, layer.strides, layer.groups)
    return _sloped(found + layer.bias, layer.slope)


def _pooling(layer: Pooling, x: Floats) -> Floats:
    seen = windows(x, layer.window, layer.strides)
    found: Floats = seen.max((4, 5)) if layer.largest else seen.mean((4, 5))
    return found


def _channels_first(of: Callable[[Floats], Floats]) -> Callable[[Any, Floats], Floats]:
    return lambda _, x: np.moveaxis(of(np.moveaxis(x, 3, 1)), 1, 3)


def _recurrent(layer: Recurrent, x: Floats) -> Floats:
    rows = x[:, 0]
    there = _along(rows, *(each[0] for each in (layer.weights, layer.recurrent, layer.bias)))
    if len(layer.weights) == 1:
        return there[:, None]
    back = _along(
        rows[:, ::-1], *(each[1] for each in (layer.weights, layer.recurrent, layer.bias))
    )
    return np.concatenate([there, back[:, ::-1]], axis=2)[:, None]


def _along(x: Floats, weights: Floats, recurrent: Floats, bias: Floats) -> Floats:
    """Return every step's h of one direction, (n, t, hidden), of x (n, t, c)."""
    seen = x @ weights.T + bias
    h = c = np.zeros((len(x), recurrent.shape[1]))
    made = []
    for step in seen.swapaxes(0, 1):
        sums = np.split(step + h @ recurrent.T, 4, axis=1)
        i, o, f = (1 / (1 + np.exp(-each)) for each in sums[:3])
        c = f * c + i * np.tanh(sums[3])
        h = o * np.tanh(c)
        made.append(h)
    return np.stack(made, axis=1)


RUNS: Final[Mapping[type[Layer], Callable[..., Floats]]] = {
    Addition: lambda layer, x, other: _sloped(x + other, layer.slope),
    Beside: lambda _, *x: np.concatenate(x, axis=3),
    Convolution: _convolution,
    Edges: _channels_first(patterns.edges),
    Elementwise: lambda layer, x: layer.function(x),
    Pooling: _pooling,
    Recurrent: _recurrent,
    Upright: _channels_first(patterns.upright),
}
