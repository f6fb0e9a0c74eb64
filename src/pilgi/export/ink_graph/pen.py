"""Lines too thin to survive the scaling made wider; pilgi/ink/pen.py."""

from typing import Final

import numpy as np

from pilgi.export.ink_graph.operators import (
    cut,
    larger,
    padded,
    side,
    taken,
    total,
    whole,
)
from pilgi.export.ink_graph.place import crop
from pilgi.export.ink_graph.writing import Value, emit, local, repeated, when
from pilgi.ink.geometry import BOX
from pilgi.ink.pen import SOLID, THINNEST, WIDENED
from pilgi.ink.pictures import WORKING_SIDE

WIDEST: Final = WIDENED * WORKING_SIDE // (4 * BOX)
"""The largest radius of a disc there may be: that of a pen without any width."""

_OFFSETS: Final = np.mgrid[-WIDEST : WIDEST + 1, -WIDEST : WIDEST + 1].reshape(2, -1)
_FROM_NEAR: Final = np.argsort((_OFFSETS**2).sum(axis=0), kind="stable")
DISC: Final = _OFFSETS[:, _FROM_NEAR]
SQUARES: Final = (DISC**2).sum(axis=0)
"""Rows and columns from a disc's centre, (2, n), the nearest first, and their squared distances."""


@local
def pen(ink: Value) -> Value:
    """Ink whose pen, thinner than half a final pixel, is widened to about one with a disc.

    Its width is (28 / 11) area / edge, where edge counts the borders between ink, of 128 or more,
    and paper.
    """
    drawn = crop(ink)
    area, edge = _area_and_edge(whole(drawn >= SOLID))
    longer = larger(side(drawn, 0), side(drawn, 1))
    width, unit = area * (56 * BOX), edge * longer * 11
    radius = larger(unit * WIDENED - width, 0) // larger(edge * (11 * 4 * BOX), 1)
    thin = (width < unit * THINNEST) & (radius > 0)
    return when(thin, lambda: widened(drawn, radius), lambda: ink)


def _area_and_edge(solid: Value) -> tuple[Value, Value]:
    around = padded(solid, 1, 1, 1, 1)
    steps = (emit("Abs", cut(around, axis, 1) - cut(around, axis, 0, -1)) for axis in (0, 1))
    lying, standing = (total(each) for each in steps)
    return total(solid), lying + standing


@local
def widened(drawn: Value, radius: Value) -> Value:
    """The brightest within a disc, of pixels whose centres are nearer than about its radius."""
    around = padded(drawn, radius, radius, radius, radius)
    height, width = side(around, 0), side(around, 1)
    wide = padded(around, *([radius] * 4))

    def brighter(turn: Value, seen: Value) -> tuple[Value, Value]:
        row, column = (taken(each, turn) + radius for each in DISC)
        moved = cut(cut(wide, 0, row, row + height), 1, column, column + width)
        return turn >= 0, larger(seen, moved)

    places = total(whole(radius * (radius + 1) >= SQUARES))
    return repeated(brighter, around, times=places)[0]
