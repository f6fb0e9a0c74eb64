"""Convolution; dense layers and batch norms are convolutions too."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilgi.export.graph.running import convolved, padded
from pilgi.export.layers.arithmetic import Bytes, IntegerLayer, centred, saturated, scaled, sloped


@dataclass(frozen=True)
class IntegerConvolution(IntegerLayer):
    """a_o = 2^k b_o + sum w_oi (q_i - z),  y_o = z' + f(a_o) M_o / 2^s, saturated to int8.

    f(a) = a where a >= 0, else (a slope + 2^14) >> 15. Around the picture stands z, so that what
    lies there adds nothing. The last layer's y is int32, not saturated, with z' = 0.

    weights: int8 (outputs, rows, columns, inputs), of a depthwise one (channels, rows, columns, 1).
    """

    entry: tuple[int, int, int]
    weights: NDArray[np.int8]
    bias: NDArray[np.int16]
    mantissas: NDArray[np.uint16]
    bias_shift: int
    shift: int
    strides: tuple[int, int]
    pads: tuple[int, int, int, int]
    depthwise: bool
    slope: int
    zero: int
    made_zero: int
    last: bool

    def run(self, *values: Bytes) -> Any:
        """Return int8 (n, h, w, outputs), of the last layer int32."""
        sums = self.sums(values[0]) + (self.bias.astype(np.int64) << self.bias_shift)
        found = scaled(sloped(sums, self.slope), (self.mantissas, self.shift)) + self.made_zero
        return found.astype(np.int32) if self.last else saturated(found)

    def sums(self, values: Bytes) -> NDArray[np.int64]:
        """Return sum w (q - z); float64 holds whole numbers of this size exactly."""
        inner = padded(centred(values, self.zero), self.pads, 0).astype(np.float64)
        weights = self.weights.transpose(0, 3, 1, 2).astype(np.float64)
        groups = len(weights) if self.depthwise else 1
        return convolved(inner, weights, self.strides, groups).astype(np.int64)

    def constants(self) -> tuple[Any, ...]:
        """Return the members of pilgi_convolution_t."""
        tables = self.weights, self.bias, self.mantissas
        rows, columns = self.weights.shape[1:3]
        window = rows, columns, *self.strides, *self.pads[:2]
        flags = int(self.depthwise), int(self.last), self.bias_shift, self.shift
        return (
            *tables,
            *self.entry,
            *self.shape,
            *window,
            *flags,
            self.slope,
            self.zero,
            self.made_zero,
        )
