"""The reference of lines: a net in whole numbers, to the bit what C and WebAssembly give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.export.graph import Graph, read_graph
from pilgi.export.graph.running import run
from pilgi.export.layers import IntegerLayer
from pilgi.export.layers.arithmetic import LOWEST
from pilgi.export.lines.answer import LineAnswer, answer
from pilgi.export.lines.logarithms import lattice_of
from pilgi.export.lines.rule import Rule
from pilgi.export.network import refuse_misread
from pilgi.export.quantise import quantised
from pilgi.ink.text_line import WIDEST
from pilgi.ink.views import slanted_views

if TYPE_CHECKING:
    from pilgi.recognizer import Recognizer

BLOCK: Final = 64
"""Columns: memory is planned in multiples of so many."""

ROOM: Final = -(-(WIDEST + 6) // BLOCK) * BLOCK
"""The widest line and what its slanted views need beside it."""

STRIP: Final = 512
"""Columns of the strips that tell the ranges: lines one after another."""


@dataclass(frozen=True)
class IntegerLine:
    """Layers in int8 from line ink of any width to logits, and what is made of them.

    entry: height, widest, channels. classes: the names of the labels; blank follows them.
    """

    layers: tuple[IntegerLayer, ...]
    entry: tuple[int, int, int]
    classes: tuple[str, ...]

    def lattice(self, line: NDArray[np.uint8]) -> NDArray[np.int64]:
        """Return log-probabilities (t, classes + 1) of ink (32, w) as it is, see `logarithms`."""
        return lattice_of(self.logits(slanted_views(line)[:1])[0])

    def logits(self, lines: NDArray[np.uint8]) -> NDArray[np.int64]:
        """Return logits (n, t, classes + 1) of ink (n, 32, w), in 4,096ths of a halving."""
        values: dict[str, Any] = {
            self.layers[0].inputs[0]: (lines.astype(np.int16) + LOWEST).astype(np.int8)[..., None]
        }
        for layer in self.layers:
            values[layer.output] = layer.run(*(values[name] for name in layer.inputs))
        found = values[self.layers[-1].output].astype(np.int64)
        made: NDArray[np.int64] = found.reshape(len(lines), -1, len(self.classes) + 1)
        return made

    def answer(self, line: NDArray[np.uint8], rule: Rule | None = None) -> LineAnswer:
        """Return the number in ink (32, w), seen as it is and slanted to either side.

        rule: what it may look like.
        """
        return answer(lattice_of(self.logits(slanted_views(line))), rule)


def integer_line(recognizer: Recognizer, lines: Sequence[NDArray[np.uint8]]) -> IntegerLine:
    """Return the recognizer in whole numbers; lines: some dozens of its training data.

    Raises DataError where it reads no lines, ExportError where its graph has a layer without an
    integer kernel.
    """
    recognizer.check_line(lines[0])
    facts = recognizer.metadata
    graph = read_graph(recognizer.content, recognizer.source, ROOM)
    strips = strips_of(lines)
    _prove(graph, recognizer, strips[0])
    layers = quantised(graph, strips, facts.temperature)
    return IntegerLine(layers, graph.shapes[graph.input], facts.classes)


def strips_of(lines: Sequence[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """Return lines one after another on strips of one width, paper where no more fits."""
    rows: list[list[NDArray[np.uint8]]] = [[]]
    for line in lines:
        if sum(each.shape[1] for each in rows[-1]) + line.shape[1] > STRIP and rows[-1]:
            rows.append([])
        rows[-1].append(line[:, :STRIP])
    strips = np.zeros((len(rows), len(lines[0]), STRIP), np.uint8)
    for strip, row in zip(strips, rows, strict=True):
        whole = np.concatenate(row, axis=1)
        strip[:, : whole.shape[1]] = whole
    return strips


def _prove(graph: Graph, recognizer: Recognizer, line: NDArray[np.uint8]) -> None:
    """Raise ExportError where the layers read from the graph are not what onnxruntime runs."""
    temperature = recognizer.metadata.temperature
    *_, (_, found) = run(graph, line[None])
    scaled = found.reshape(-1, len(recognizer.classes) + 1) / temperature
    expected = recognizer.lattice(line)
    peaks = scaled.max(1, keepdims=True)
    own = scaled - peaks - np.log(np.exp(scaled - peaks).sum(1, keepdims=True))
    refuse_misread(recognizer.source, own, expected, np.abs(scaled).max())
