"""The reference: a net in whole numbers, run by numpy, to the bit what C and WebAssembly give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi.errors import ExportError
from pilgi.export.graph import read_graph
from pilgi.export.graph.running import run
from pilgi.export.layers import IntegerLayer
from pilgi.export.layers.arithmetic import LOWEST
from pilgi.export.quantise import quantised

if TYPE_CHECKING:
    from pilgi.recognizer import Recognizer

FULL: Final = 65535
"""A confidence of 1."""

TABLE_BITS: Final = 5
POWERS: Final = np.rint(2.0**16 * 2.0 ** (-np.arange((1 << TABLE_BITS) + 1) / (1 << TABLE_BITS)))
"""2^16 2^(-k / 32), k = 0..32; between them lines."""

BATCH: Final = 250

READ_WRONG: Final = 1e-3
"""Farther than this the layers' logits must not be from onnxruntime's: the graph was misread."""


class Answers(NamedTuple):
    """What a net in whole numbers says of n pictures.

    digits: the likeliest class, int64 (n,); confidence: 0 to 65535, int64 (n,); sure: bool (n,).
    """

    digits: NDArray[np.int64]
    confidence: NDArray[np.int64]
    sure: NDArray[np.bool_]


@dataclass(frozen=True)
class IntegerNetwork:
    """Layers in int8 from ink to logits, and what is made of the logits.

    classes: the names of those that are answers; a logit more is that of none of them.
    threshold: the confidence, of 65535, from which on the answer is sure.
    """

    layers: tuple[IntegerLayer, ...]
    entry: tuple[int, int, int]
    classes: tuple[str, ...]
    threshold: int

    def logits(self, ink: NDArray[np.uint8]) -> NDArray[np.int64]:
        """Return logits (n, outputs) of ink (n, h, w), in 4,096ths of a halving."""
        batches = [self._logits(ink[at : at + BATCH]) for at in range(0, len(ink), BATCH)]
        return np.concatenate(batches)

    def _logits(self, ink: NDArray[np.uint8]) -> NDArray[np.int64]:
        first = self.layers[0].inputs[0]
        values: dict[str, Any] = {
            first: (ink.reshape(-1, *self.entry).astype(np.int16) + LOWEST).astype(np.int8)
        }
        for layer in self.layers:
            values[layer.output] = layer.run(*(values[name] for name in layer.inputs))
        found: NDArray[np.int64] = values[self.layers[-1].output].astype(np.int64)
        return found.reshape(len(found), -1)

    def answers(self, ink: NDArray[np.uint8]) -> Answers:
        """Return the likeliest classes and how sure they are, see `confidence`."""
        logits = self.logits(ink)
        digits = logits[:, : len(self.classes)].argmax(1)
        sure = confidence(logits, digits)
        return Answers(digits, sure, sure >= self.threshold)


def confidence(logits: NDArray[np.int64], digits: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 65535 p(digit) / (sum_j p_j), rounded down: p_j = 2^((z_j - z_max) / 4096).

    p in 2^-16, from a table of 33 powers and a line between them; less than 2^-16 is none.
    """
    shares = power(logits.max(1, keepdims=True) - logits)
    own = np.take_along_axis(shares, digits[:, None], 1)[:, 0]
    found: NDArray[np.int64] = own * FULL // shares.sum(1)
    return found


def power(below: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 2^16 2^(-below / 4096), rounded down; below is at least 0."""
    whole, rest = below >> 12, below & 4095
    step, along = rest >> (12 - TABLE_BITS), rest & ((1 << (12 - TABLE_BITS)) - 1)
    powers = POWERS.astype(np.int64)
    between = ((powers[step] - powers[step + 1]) * along) >> (12 - TABLE_BITS)
    return np.where(whole > 16, 0, (powers[step] - between) >> whole.clip(0, 17))


def integer_network(recognizer: Recognizer, pictures: NDArray[np.uint8]) -> IntegerNetwork:
    """Return the recognizer in whole numbers; pictures: a few hundred of its training data.

    Raises ExportError where its graph has a layer without an integer kernel.
    """
    facts = recognizer.metadata
    graph = read_graph(recognizer.content, recognizer.source)
    _prove(graph, recognizer, pictures[:8])
    layers = quantised(graph, pictures, facts.temperature)
    threshold = -(-(facts.min_confidence or 0.0) * FULL // 1)
    return IntegerNetwork(layers, graph.shapes[graph.input], facts.classes, int(threshold))


def _prove(graph: Any, recognizer: Recognizer, pictures: NDArray[np.uint8]) -> None:
    """Raise ExportError where the layers read from the graph are not what onnxruntime runs."""
    *_, (_, found) = run(graph, pictures)
    logits = found.reshape(len(pictures), -1)[:, : len(recognizer.classes)]
    refuse_misread(recognizer.source, logits, recognizer.logits(pictures), np.abs(logits).max())


def refuse_misread(source: str, own: Any, expected: Any, largest: float) -> None:
    """Raise ExportError where what layers gave one by one is far from what the whole gives.

    largest: of the logits; what is far is measured by it.
    """
    far = float(np.abs(own - expected).max())
    if far > READ_WRONG * max(1.0, float(largest)):
        raise ExportError(
            f"{source}: its layers read one by one differ from the whole by {far:.2g}; "
            "this graph cannot be exported to whole numbers"
        )
