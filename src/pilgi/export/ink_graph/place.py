"""Crop and centre; pilgi/ink/geometry.py."""

from pilgi.export.ink_graph.operators import (
    cut,
    ends,
    larger,
    largest,
    padded,
    side,
    smaller,
    span,
    total,
)
from pilgi.export.ink_graph.resize import rounded
from pilgi.export.ink_graph.writing import Value, local, when
from pilgi.ink.geometry import CENTRE, SIDE


@local
def crop(ink: Value) -> Value:
    """The smallest box that holds every pixel above 0; without ink all stays."""
    (top, bottom), (left, right) = (ends(largest(ink, axis) > 0) for axis in (1, 0))
    return when(
        bottom >= 0,
        lambda: cut(cut(ink, 0, top, bottom + 1), 1, left, right + 1),
        lambda: ink,
    )


@local
def centre(ink: Value) -> Value:
    """28x28: the centre of mass, rounded half up, at row 14, column 14, as far as the whole box
    stays inside.
    """
    top, left = (_offset(total(ink, 1 - axis)) for axis in (0, 1))
    return padded(ink, top, left, SIDE - side(ink, 0) - top, SIDE - side(ink, 1) - left)


def _offset(mass: Value) -> Value:
    """Return where the box starts so that its centre of mass lies at 14."""
    length = side(mass, 0)
    middle = rounded(total(mass * span(length)), larger(total(mass), 1))
    return smaller(larger(CENTRE - middle, 0), SIDE - length)
