"""Paper around the writing goes; pilgi/ink/margin.py."""

from pilgi.export.ink_graph.operators import (
    cut,
    differs,
    ends,
    joined,
    largest,
    side,
    smallest,
    where,
)
from pilgi.export.ink_graph.writing import Value, local, repeated
from pilgi.ink.margin import EVEN


@local
def margin(dark: Value) -> Value:
    """The picture without its even margins: a crop and the same crop with any margin are one.

    The outermost rows and columns go where none of their pixels is more than 8 levels below the
    brightest of what is left, again and again; where that would leave nothing, all stays.
    """
    whole = joined(0, side(dark, 0), 0, side(dark, 1))

    def inwards(_: Value, window: Value) -> tuple[Value, Value]:
        part = _of(dark, window)
        paper = largest(part) - EVEN
        blank = smallest(part) >= paper
        rows, columns = (ends(smallest(part, axis) < paper) for axis in (1, 0))
        inner = joined(rows[0], rows[1] + 1, columns[0], columns[1] + 1) + _starts(window)
        return differs(inner, window) & ~blank, where(blank, whole, inner)

    return _of(dark, repeated(inwards, whole)[0])


def _of(picture: Value, window: Value) -> Value:
    """Return rows top to bottom - 1 and columns left to right - 1: the window's four numbers."""
    top, bottom, left, right = (cut(window, 0, at, at + 1) for at in range(4))
    return cut(cut(picture, 0, top, bottom), 1, left, right)


def _starts(window: Value) -> Value:
    """Return top, top, left, left."""
    top, left = (cut(window, 0, at, at + 1) for at in (0, 2))
    return joined(top, top, left, left)
