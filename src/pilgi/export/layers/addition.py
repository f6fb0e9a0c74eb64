"""Residual addition."""

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from pilgi.export.layers.arithmetic import Bytes, IntegerLayer, centred, saturated, scaled, sloped


@dataclass(frozen=True)
class IntegerAddition(IntegerLayer):
    """a = (q - z) M + (q' - z') M',  y = z'' + f(a) / 2^s, saturated; f as in a convolution."""

    mantissas: tuple[int, int]
    shift: int
    slope: int
    zeros: tuple[int, int]
    made_zero: int

    def run(self, *values: Bytes) -> Any:
        """Return int8 of the inputs' shape."""
        both = zip(values, self.zeros, self.mantissas, strict=True)
        sums = np.sum([centred(q, zero) * by for q, zero, by in both], axis=0)
        return saturated(scaled(sloped(sums, self.slope), (1, self.shift)) + self.made_zero)

    def constants(self) -> tuple[Any, ...]:
        """Return the members of pilgi_addition_t."""
        ends = *self.mantissas, self.shift, self.slope, *self.zeros, self.made_zero
        return (prod(self.shape), *ends)
