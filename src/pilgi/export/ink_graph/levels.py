"""How many pixels have each level; pilgi/ink/paper.py and C's levels.c."""

from typing import Final

import numpy as np

from pilgi.export.ink_graph.operators import (
    cut,
    flat,
    gathered,
    joined,
    ones,
    sums_up_to,
    total,
    whole,
)
from pilgi.export.ink_graph.writing import Given, Value, local

LEVELS: Final = np.arange(256)


@local
def histogram(picture: Value) -> Value:
    """How many pixels have each level, (256,)."""
    return gathered(ones(picture), picture, len(LEVELS))


@local
def border(picture: Value) -> Value:
    """The outermost pixels in a row: the first and the last row, then what is left of the sides."""
    inner = cut(picture, 0, 1, -1)
    sides = cut(picture, 0, 0, 1), cut(picture, 0, -1), cut(inner, 1, 0, 1), cut(inner, 1, -1)
    return joined(*map(flat, sides))


@local
def quantile(counts: Value, part: Given, of: Given) -> Value:
    """The level at (n - 1) part / of, rounded down, of the sorted list of pixels."""
    upto = sums_up_to(counts)
    rank = (cut(upto, 0, -1) - 1) * part // of
    return total(whole(upto <= rank))
