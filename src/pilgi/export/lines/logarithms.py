"""Probabilities as logarithms to the base 2, in 16,384ths: four times as fine as the logits."""

from functools import reduce
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

FINER: Final = 2
"""Bits more than the logits have: many additions follow, and each is rounded."""

UNIT: Final = 4096 << FINER
"""A halving of the probability."""

NONE: Final = -(1 << 30)
"""No probability: what adds up below it stays below all that is possible."""

LEAST: Final = -64 * UNIT
"""The lattice goes no lower, so that a thousand steps stay above `NONE`."""

STEP_BITS: Final = 9
REACH: Final = 16 * UNIT
"""So much less likely, and it adds nothing."""

MORE: Final = np.rint(UNIT * np.log2(1 + 2.0 ** (-np.arange(513) / 32))).astype(np.int64)
"""2^14 log2(1 + 2^(-k / 32)), k = 0..512; between them lines."""


def units(probability: float) -> int:
    """Return a probability's logarithm."""
    return round(UNIT * float(np.log2(probability)))


def either(one: Any, other: Any) -> Any:
    """Return log2(2^a + 2^b): the larger and what the table has for their distance."""
    most, below = np.maximum(one, other), np.abs(np.subtract(one, other))
    near = np.minimum(below, REACH - 1)
    step, along = near >> STEP_BITS, near & ((1 << STEP_BITS) - 1)
    fall = ((MORE[step] - MORE[step + 1]) * along + (1 << (STEP_BITS - 1))) >> STEP_BITS
    return most + np.where(below < REACH, MORE[step] - fall, 0)


def any_of(values: Any) -> Any:
    """Return the logarithm of the sum of many along the first axis, added from the first on."""
    return reduce(either, values)


def lattice_of(logits: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return log-probabilities (..., classes + 1) of logits in 4,096ths of a halving."""
    logits = logits << FINER
    found: NDArray[np.int64] = logits - any_of(np.moveaxis(logits, -1, 0))[..., None]
    return np.maximum(found, LEAST)
