"""The arithmetic that all integer layers share: zero points, factors, slopes."""

import math
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Bytes = NDArray[np.int8]

LOWEST: Final = -128
HIGHEST: Final = 127

SLOPE_BITS: Final = 15
MANTISSA_BITS: Final = 16
MOST_SHIFT: Final = 47
"""A sum has 31 bits, its product with the mantissa 47."""


class Scale(NamedTuple):
    """What int8 values stand for: step (q - zero).

    channels: of tensors side by side, the scale of each channel; the first's otherwise.
    """

    step: float
    zero: int
    channels: tuple["Scale", ...] = ()

    def of(self, channels: int) -> tuple[Floats, Integers]:
        """Return the steps and the zeros of so many channels."""
        each = self.channels or (self,) * channels
        return np.array([one.step for one in each]), np.array([one.zero for one in each])


class Factor(NamedTuple):
    """M / 2^s, M below 2^16."""

    mantissa: int
    shift: int


def factor(value: float) -> Factor:
    """Return `value` >= 0 as M / 2^s with 16 bits of M, fewer where s would pass 47."""
    if value == 0:
        return Factor(0, 1)
    shift = min(MOST_SHIFT, MANTISSA_BITS - math.frexp(value)[1])
    mantissa = round(value * 2.0**shift)
    if mantissa >> MANTISSA_BITS:
        shift, mantissa = shift - 1, mantissa >> 1
    return Factor(mantissa, shift)


def scaled(values: Integers, by: Factor | tuple[Any, Any]) -> Integers:
    """Return (x M + 2^(s - 1)) >> s; M and s may be one a channel."""
    mantissa, shift = (np.asarray(each, np.int64) for each in by)
    found: Integers = (values * mantissa + (np.int64(1) << (shift - 1))) >> shift
    return found


def sloped(values: Integers, slope: int) -> Integers:
    """Return a where a >= 0, else (a slope + 2^14) >> 15."""
    down = (values * slope + (1 << (SLOPE_BITS - 1))) >> SLOPE_BITS
    return np.where(values < 0, down, values)


def slope_of(value: float) -> int:
    """Return a slope in 0..1 as a whole number of 2^-15."""
    return round(value * (1 << SLOPE_BITS))


def saturated(values: Integers) -> Bytes:
    """Return int8, what lies outside at its ends."""
    return values.clip(LOWEST, HIGHEST).astype(np.int8)


def centred(values: Bytes, zero: int) -> Integers:
    """Return q - zero."""
    return values.astype(np.int64) - zero


@dataclass(frozen=True)
class IntegerLayer:
    """What integer layers have in common.

    output, inputs: the tensors' names, as in the float layer; shape: (h, w, c) of what it makes.
    """

    output: str
    inputs: tuple[str, ...]
    shape: tuple[int, int, int]

    def run(self, *values: Bytes) -> Any:
        """Return what the layer makes of int8 (n, h, w, c), as many as it has inputs."""
        raise NotImplementedError

    def constants(self) -> tuple[Any, ...]:
        """Return the members of the kernel's C struct: numbers, and arrays, which become tables."""
        raise NotImplementedError
