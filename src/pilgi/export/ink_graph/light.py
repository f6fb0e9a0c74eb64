"""Slopes and shadows divided out; pilgi/ink/paper.py, even_light."""

from pilgi.export.ink_graph.levels import border, histogram, quantile
from pilgi.export.ink_graph.operators import cut, joined, larger, padded, side, smaller, whole
from pilgi.export.ink_graph.resize import rounded
from pilgi.export.ink_graph.windows import closed
from pilgi.export.ink_graph.writing import Value, emit, emit_several, local, when
from pilgi.ink.paper import UNEVEN, WIDEST_STROKE


@local
def light(dark: Value) -> Value:
    """Dark ink on paper of one level: 255 v / level, rounded, where the paper's level is uneven.

    The level is the closing by a square of a third of the longer side, after a 3x3 median. Where
    the border's deciles lie less than 16 apart, of the picture or of the level, it stays.
    """
    return when(is_uneven(dark) > 0, lambda: evened(dark, paper(dark)), lambda: dark)


@local
def evened(dark: Value, level: Value) -> Value:
    """The picture divided by the paper's level, unless that is even: ink varied."""
    bright = larger(level, 1)
    even = smaller(rounded(dark * 255, bright), 255)
    return when(is_uneven(level) > 0, lambda: even, lambda: dark)


@local
def is_uneven(picture: Value) -> Value:
    """1 where the deciles of the border's levels lie 16 or more apart."""
    edge = histogram(border(picture))
    return whole(quantile(edge, 9, 10) - quantile(edge, 1, 10) >= UNEVEN)


@local
def paper(dark: Value) -> Value:
    """The brightest nearby, then the darkest of these: strokes are filled, shadows keep edges."""
    third = larger(side(dark, 0), side(dark, 1)) // WIDEST_STROKE
    return closed(median(dark), third // 2 * 2 + 1)


@local
def median(picture: Value) -> Value:
    """The fifth of the nine around each pixel, those at the edge repeated beyond it."""
    wide = padded(picture, 1, 1, 1, 1, mode="edge")
    height, width = side(picture, 0), side(picture, 1)
    around = [
        emit("Unsqueeze", cut(cut(wide, 0, row, height + row), 1, column, width + column), [0])
        for row in range(3)
        for column in range(3)
    ]
    sorted_out, _ = emit_several("TopK", 2, joined(*around), 5, axis=0)
    return emit("Squeeze", cut(sorted_out, 0, 4), [0])
