"""Stripes of inverted paper along two sides of a small picture, turned back."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import SIDE, Grey

ENDS: Final = 2
"""Pixels at each end of a column that say what its paper is."""

BRIGHT: Final = 192
HALF: Final = SIDE // 2
"""Of a column's pixels or of all columns."""

FEWEST: Final = SIDE // 4
"""Bright columns at least; the others are no fewer than half."""

WRITTEN: Final = 8
"""Bright pixels between the stripes: less is no writing."""

JOINED: Final = 2
"""Rows that are bright on both sides of a stripe's edge: more are strokes of an H, or its like."""


def without_stripes(grey: Grey) -> Grey:
    """Return `grey` with the bright paper along two opposite sides inverted, if it is striped."""
    if not is_striped(grey):
        return grey
    lying = grey if _is_striped(grey) else grey.T
    turned = np.where(_bright(lying), 255 - lying, lying)
    return turned if lying is grey else np.ascontiguousarray(turned.T)


def is_striped(grey: Grey) -> bool:
    """Say whether `grey` is 28x28 with bright paper along two opposite sides, dark between.

    A column is bright where its two outermost pixels at both ends are 192 or more. The first and
    the last one are, 7 to 14 in all; at least half of each one's pixels are 192 or more, and 8 of
    the other columns' pixels, which are the writing. Where bright columns end, the picture crosses
    128 in at least half of the rows; and at one such place no more than two rows are 192 or more on
    both sides, for bright strokes would join there. Or the same, turned.
    """
    if grey.shape != (SIDE, SIDE) or min(grey[0, 0], grey[0, -1], grey[-1, 0]) < BRIGHT:
        return False
    return _is_striped(grey) or _is_striped(grey.T)


def _is_striped(grey: Grey) -> bool:
    lit, bright = grey >= BRIGHT, _bright(grey)
    between = ~bright
    if between[0] or between[-1] or not FEWEST <= bright.sum() <= HALF:
        return False
    if lit[:, bright].sum(axis=0).min() < HALF or lit[:, between].sum() < WRITTEN:
        return False
    return _has_edges(grey, lit, bright)


def _has_edges(grey: Grey, lit: NDArray[np.bool_], bright: NDArray[np.bool_]) -> bool:
    """Return whether each stripe's edge is sharp, and one of them free of strokes."""
    last = np.flatnonzero(bright[1:] != bright[:-1])
    crossed = (grey[:, last] ^ grey[:, last + 1]) >= 128
    joined = (lit[:, last] & lit[:, last + 1]).sum(axis=0)
    return bool(crossed.sum(axis=0).min() >= HALF and joined.min() <= JOINED)


def _bright(grey: Grey) -> NDArray[np.bool_]:
    """Return which columns' ends are bright, (columns,)."""
    ends = np.concatenate([grey[:ENDS], grey[-ENDS:]])
    bright: NDArray[np.bool_] = ends.min(axis=0) >= BRIGHT
    return bright
