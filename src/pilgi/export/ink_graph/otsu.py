"""Otsu's threshold (1979), decided exactly; pilgi/ink/paper.py, otsu.

Whole numbers that int64 does not hold are rows of digits to the base 2^15, the lowest first.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.export.ink_graph.levels import LEVELS
from pilgi.export.ink_graph.operators import (
    DOUBLE,
    cut,
    ends,
    larger,
    largest,
    number,
    shaped,
    smallest,
    sums_up_to,
    taken,
    where,
    whole,
)
from pilgi.export.ink_graph.writing import Value, emit, local, repeated
from pilgi.ink.paper import CLOSE

BASE: Final = 2**15
DIGITS: Final = 5
"""Digits of a number below 2^63."""


@local
def otsu(counts: Value) -> Value:
    """The smallest level t that splits levels <= t from > t with the largest variance between.

    With n of N pixels up to t, and m of M the sums of their levels, that is
    (M n - m N)^2 / (n (N - n)). 0 where there is one level only. Floats leave out what is far from
    the largest; what is left is compared in whole numbers, each with each.
    """
    below, mass = sums_up_to(counts), sums_up_to(counts * LEVELS)
    pixels, levels = cut(below, 0, -1), cut(mass, 0, -1)
    gaps, weights = levels * below - mass * pixels, below * (pixels - below)
    # A level that no pixel has parts the pixels as the one before it does; the last parts none.
    splits = (counts > 0) & (weights > 0)
    near = _near(gaps, weights, splits) & (splits | (LEVELS == 0))
    gap, weight, level = (emit("Compress", each, near) for each in (gaps, weights, LEVELS))
    most = smallest(whole(_at_least(gap, weight)), 1)
    return taken(level, ends(most > 0)[0])


def _near(gaps: Value, weights: Value, splits: Value) -> Value:
    """Say of each level whether its variance, in floats, is about the largest."""
    gap, weight = (emit("Cast", each, to=DOUBLE) for each in (gaps, larger(weights, 1)))
    between = where(splits, gap * gap // weight, np.zeros(1))
    return between >= largest(between) * np.array([CLOSE])


def _at_least(gap: Value, weight: Value) -> Value:
    """Say, (n, n), of each a and b whether gap_a^2 weight_b >= gap_b^2 weight_a."""
    square = _multiplied(_digits(gap, 1), _digits(gap, 1), DIGITS, DIGITS)
    products = _multiplied(square, _digits(weight, 0), 2 * DIGITS - 1, DIGITS)
    return _is_not_negative(products - emit("Transpose", products, perm=[1, 0, 2]), 3 * DIGITS - 2)


def _digits(numbers: Value, axis: int) -> Value:
    """Return (n,) as digits, (n, 1, 5), or (1, n, 5) where the axis is 0."""
    spread = emit("Unsqueeze", numbers, [axis, 2])
    return spread // (BASE ** np.arange(DIGITS, dtype=np.int64)) % BASE


def _multiplied(one: Value, other: Value, digits: int, others: int) -> Value:
    """Return the product of numbers of so many digits, (..., digits): nothing is carried."""
    pairs = emit("Unsqueeze", one, [3]) * emit("Unsqueeze", other, [2])
    return emit("MatMul", shaped(pairs, 0, 0, digits * others), _diagonals(digits, others))


def _diagonals(digits: int, others: int) -> NDArray[np.int64]:
    """Return what adds up the products of two digits that lie at one place, (pairs, places)."""
    place = np.add.outer(np.arange(digits), np.arange(others)).ravel()
    found: NDArray[np.int64] = (place[:, None] == np.arange(digits + others - 1)).astype(np.int64)
    return found


def _is_not_negative(digits: Value, count: int) -> Value:
    """Say of numbers, (n, n, count), whether they are: as what is carried in the end is."""

    def carried(turn: Value, carry: Value) -> tuple[Value, Value]:
        here = taken(digits, turn, 2) + carry
        return turn >= 0, (here - here % BASE) // BASE

    (carry,) = repeated(carried, number(0, digits), times=count)
    return carry >= 0
