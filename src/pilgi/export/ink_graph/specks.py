"""What is not of the writing; pilgi/ink/specks.py, without_specks."""

from typing import NamedTuple

from pilgi.export.ink_graph.operators import (
    any_of,
    farthest,
    flat,
    gathered,
    largest,
    ones,
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


class Boxes(NamedTuple):
    """Each part's box, (n,): how far it reaches downwards, right, upwards and left, all from the
    opposite side of the picture; its height and width; 0 of what is no part or a speck.
    """

    down: Value
    right: Value
    up: Value
    left: Value
    height: Value
    width: Value


@local
def specks(ink: Value) -> Value:
    """Ink without parts of less than a fiftieth of it, without a ring around all others; without
    those on the border, where the largest part, or each of several that are equally large, does
    not touch it, or where another, no ring being there, stands clear of it.
    """
    part = parts(whole(ink > 0))
    places = side(flat(ink), 0)
    mass = gathered(ink, part, places)
    kept = (mass * SPECK >= total(mass)) & (mass > 0)
    outside = gathered(_edge(ink), part, places) > 0
    boxes = _boxes(ink, part, kept)
    outer, around, ring = _ring(boxes)
    whole_height = largest(boxes.down) + largest(boxes.up) - side(ink, 0)
    clear = largest(where(outside, 0, boxes.height)) * 2 >= whole_height
    stays = any_of(outside & (mass >= largest(mass))) & (around | ~clear)
    gone = ~kept | (outside & ~stays) | (outer & ring)
    return where(taken(gone, part), 0, ink)


def _boxes(ink: Value, part: Value, kept: Value) -> Boxes:
    """Return the boxes of the kept parts."""
    (height, width), places = (side(ink, 0), side(ink, 1)), side(flat(ink), 0)
    rows = ones(ink) * shaped(span(height), -1, 1)
    columns = ones(ink) * span(width)
    reaches = (rows + 1, columns + 1, height - rows, width - columns)
    down, right, up, left = (where(kept, farthest(each, part, places), 0) for each in reaches)
    high, wide = (where(kept, each, 0) for each in (down + up - height, right + left - width))
    return Boxes(down, right, up, left, high, wide)


def _ring(boxes: Boxes) -> tuple[Value, Value, Value]:
    """Return which part's sides are longest, whether all others lie inside, and whether it is a
    ring: no 0, and what it holds no dot.
    """
    sides = boxes.height + boxes.width
    outer = (sides >= largest(sides)) & (sides > 0)
    around = total(whole(outer)) < 2
    for each in boxes[:4]:
        inner, reached = (largest(where(outer, *pair)) for pair in ((0, each), (each, 0)))
        around = around & (inner < reached) & (inner > 0)
    high, wide = (largest(where(outer, each, 0)) for each in (boxes.height, boxes.width))
    tallest = largest(where(outer, 0, boxes.height))
    return outer, around, around & (wide * 5 >= high * 4) & (tallest * 3 >= high)


def _edge(picture: Value) -> Value:
    """Return the mask of the border."""
    last_row, last_column = side(picture, 0) - 1, side(picture, 1) - 1
    rows, columns = shaped(span(last_row + 1), -1, 1), span(last_column + 1)
    inner = (rows > 0) & (rows < last_row) & (columns > 0) & (columns < last_column)
    return whole(~inner)
