"""The LSTM along the columns of a line."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.export.layers.arithmetic import (
    Bytes,
    IntegerLayer,
    Integers,
    centred,
    saturated,
    scaled,
)

ONE: Final = 1 << 15
"""What 1 is where gates and tanh leave."""

BITS: Final = 12
"""Of the gates' sums and of the cells, both in 2^-12."""

STEPS: Final = 32
"""Of the table, in each 1."""

TANH: Final = np.rint(ONE * np.tanh(np.arange(8 * STEPS + 1) / STEPS)).astype(np.int64)
"""2^15 tanh(k / 32), k = 0..256; between them lines."""

MOST: Final = 256
"""Units of a direction that the kernel has cells for."""

OUT: Final = 7
"""The outputs are in 2^-7."""


@dataclass(frozen=True)
class IntegerRecurrent(IntegerLayer):
    """y = h of each column, in 2^-7, saturated; of two directions side by side.

    a_r = 2^k b_r + sum w_rj (q_j - z) + sum u_rj h_j and s_r = a_r M_r / 2^s, in 2^-12, held
    in -8..8, for the rows r of i, o, f and g. In 2^-15: i, o, f = (2^15 + T(s >> 1)) >> 1 and
    g = T(s), T from a table of 257 values of tanh and lines between them.
    c = (f c + (i g >> 3) + 2^14) >> 15, in 2^-12, held in -8..8; h = (o T(c) + 2^22) >> 23.

    weights: int8 (directions, 4 hidden, inputs + hidden), w and u side by side.
    """

    weights: NDArray[np.int8]
    bias: NDArray[np.int16]
    mantissas: NDArray[np.uint16]
    bias_shift: int
    shift: int
    zero: int

    @property
    def hidden(self) -> int:
        """Units of each direction."""
        return int(self.weights.shape[1]) // 4

    def run(self, *values: Bytes) -> Any:
        """Return int8 (n, 1, w, directions hidden)."""
        columns = centred(values[0][:, 0], self.zero)
        made = [self._along(columns[:, ::way], at) for at, way in enumerate(self._ways)]
        turned = [each[:, ::way] for each, way in zip(made, self._ways, strict=True)]
        return np.concatenate(turned, axis=2)[:, None]

    @property
    def _ways(self) -> tuple[int, ...]:
        return (1, -1)[: len(self.weights)]

    def _along(self, columns: Integers, at: int) -> Bytes:
        """Return h of every step of one direction, int8 (n, w, hidden)."""
        inputs, count = columns.shape[2], len(columns)
        weights = self.weights[at].astype(np.float64).T
        bias = self.bias[at].astype(np.int64) << self.bias_shift
        seen = (columns.astype(np.float64) @ weights[:inputs]).astype(np.int64) + bias
        h = c = np.zeros((count, self.hidden), np.int64)
        made = []
        for step in seen.swapaxes(0, 1):
            sums = step + (h.astype(np.float64) @ weights[inputs:]).astype(np.int64)
            h, c = self._step(scaled(sums, (self.mantissas[at], self.shift)), c)
            made.append(h.astype(np.int8))
        return np.stack(made, axis=1)

    def _step(self, sums: Integers, c: Integers) -> tuple[Integers, Integers]:
        *gates, added = np.split(held(sums), 4, axis=1)
        i, o, f = ((ONE + tanh(each >> 1)) >> 1 for each in gates)
        c = held((f * c + (i * tanh(added) >> 3) + (1 << 14)) >> 15)
        h = (o * tanh(c) + (1 << 22)) >> 23
        return saturated(h).astype(np.int64), c

    def constants(self) -> tuple[Any, ...]:
        """Return the members of pilgi_recurrent_t."""
        inputs = self.weights.shape[2] - self.hidden
        sizes = self.shape[1], inputs, self.hidden, len(self.weights)
        tables = self.weights, self.bias, self.mantissas
        return (*tables, *sizes, self.bias_shift, self.shift, self.zero)


def held(values: Integers) -> Integers:
    """Return what lies outside -8..8, in 2^-12, at its ends, of which tanh has no more to tell."""
    found: Integers = values.clip(1 - ONE, ONE - 1)
    return found


def tanh(values: Integers) -> Integers:
    """Return 2^15 tanh(x / 2^12) of what is held in -8..8: the table's lines, rounded down, odd."""
    size = np.abs(values)
    step, along = size >> 7, size & 127
    found = TANH[step] + ((TANH[step + 1] - TANH[step]) * along >> 7)
    signed: Integers = np.where(values < 0, -found, found)
    return signed
