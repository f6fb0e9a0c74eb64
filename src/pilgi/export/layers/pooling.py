"""Pools: the largest and the mean of each window."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pilgi.export.graph.running import windows
from pilgi.export.layers.arithmetic import Bytes, Factor, IntegerLayer, centred, saturated, scaled


@dataclass(frozen=True)
class Largest(IntegerLayer):
    """y = max q over each window; the scale stays, as max commutes with it."""

    entry: tuple[int, int, int]
    window: tuple[int, int]
    strides: tuple[int, int]

    def run(self, *values: Bytes) -> Any:
        """Return int8 (n, h, w, c)."""
        return windows(values[0], self.window, self.strides).max((4, 5))

    def constants(self) -> tuple[Any, ...]:
        """Return the members of pilgi_largest_t."""
        return (*self.entry, *self.shape[:2], *self.window, *self.strides)


@dataclass(frozen=True)
class Mean(IntegerLayer):
    """y = z' + sum (q - z) M / 2^s over each window, saturated to int8."""

    entry: tuple[int, int, int]
    window: tuple[int, int]
    strides: tuple[int, int]
    by: Factor
    zero: int
    made_zero: int

    def run(self, *values: Bytes) -> Any:
        """Return int8 (n, h, w, c)."""
        sums = windows(centred(values[0], self.zero), self.window, self.strides).sum((4, 5))
        return saturated(scaled(np.asarray(sums), self.by) + self.made_zero)

    def constants(self) -> tuple[Any, ...]:
        """Return the members of pilgi_mean_t."""
        window = *self.window, *self.strides
        return (*self.entry, *self.shape[:2], *window, *self.by, self.zero, self.made_zero)
