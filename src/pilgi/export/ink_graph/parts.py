"""Connected parts, eight neighbours each: what OpenCV and C's parts.c find."""

from pilgi.export.ink_graph.operators import (
    FLOAT,
    differs,
    flat,
    larger,
    shaped,
    side,
    span,
    taken,
    where,
    whole,
)
from pilgi.export.ink_graph.writing import Value, emit, local, repeated


@local
def parts(mask: Value) -> Value:
    """The part that each pixel is of: the last of the part's places, row by row; paper is its own.

    Each pixel points to the last place known in its part, first to itself. Again and again it looks
    at its neighbours', tells the place it points to, and points where that points to, until nothing
    changes: the places spread twice as far from turn to turn (Shiloach and Vishkin 1982).
    """
    height, width = side(mask, 0), side(mask, 1)
    own = span(height * width)
    inked = flat(mask) > 0

    def spread(_: Value, last: Value) -> tuple[Value, Value]:
        seen = flat(_around(shaped(where(inked, last, -1), 1, 1, height, width)))
        near = where(inked, seen, own)
        told = emit("ScatterElements", last, last, near, axis=0, reduction="max")
        best = larger(told, near)
        further = taken(best, best)
        return differs(further, last), further

    return shaped(repeated(spread, own)[0], height, width)


def _around(places: Value) -> Value:
    """Return the largest of the nine around each; floats hold places below 2^24 exactly."""
    floats = emit("Cast", places, to=FLOAT)
    return whole(emit("MaxPool", floats, kernel_shape=[3, 3], pads=[1, 1, 1, 1]))
