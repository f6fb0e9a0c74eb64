"""Edges: slopes in eight directions."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pilgi.export.graph import patterns
from pilgi.export.layers.arithmetic import Bytes, Factor, IntegerLayer, centred, saturated, scaled


@dataclass(frozen=True)
class IntegerEdges(IntegerLayer):
    """y = z' + sum max(0, +-d) M / 2^s over 2x2, saturated; d as in `pilgi.learn.models.edges`.

    Of one channel q - z; M / 2^s holds the quarter of the mean.
    """

    entry: tuple[int, int, int]
    by: Factor
    zero: int
    made_zero: int

    def run(self, *values: Bytes) -> Any:
        """Return int8 (n, h, w, 8)."""
        ink = np.moveaxis(centred(values[0], self.zero), 3, 1)
        sums = np.rint(4 * patterns.edges(ink.astype(np.float64))).astype(np.int64)
        return saturated(scaled(np.moveaxis(sums, 1, 3), self.by) + self.made_zero)

    def constants(self) -> tuple[Any, ...]:
        """Return the members of pilgi_edges_t."""
        return (*self.entry[:2], *self.shape[:2], *self.by, self.zero, self.made_zero)
