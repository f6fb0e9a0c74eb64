"""What is not of the writing; pilgi/ink/specks.py, without_specks."""

from pilgi.export.ink_graph.operators import (
    any_of,
    flat,
    gathered,
    largest,
    shaped,
    side,
    span,
    taken,
    total,
    where,
    whole,
)
from pilgi.export.ink_graph.parts import parts
from pilgi.export.ink_graph.writing import Value, local
from pilgi.ink.specks import SPECK


@local
def specks(ink: Value) -> Value:
    """Ink without parts of less than a fiftieth of it; without those on the border, where the
    largest part, or each of several that are equally large, does not touch it.
    """
    part = parts(whole(ink > 0))
    places = side(flat(ink), 0)
    mass = gathered(ink, part, places)
    outside = gathered(_edge(ink), part, places) > 0
    stays = any_of(outside & (mass >= largest(mass)))
    gone = (mass * SPECK < total(mass)) | (outside & ~stays)
    return where(taken(gone, part), 0, ink)


def _edge(picture: Value) -> Value:
    """Return the mask of the border."""
    last_row, last_column = side(picture, 0) - 1, side(picture, 1) - 1
    rows, columns = shaped(span(last_row + 1), -1, 1), span(last_column + 1)
    inner = (rows > 0) & (rows < last_row) & (columns > 0) & (columns < last_column)
    return whole(~inner)
