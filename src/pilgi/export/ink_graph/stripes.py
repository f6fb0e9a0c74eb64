"""Stripes of inverted paper along two sides of a picture of 28x28; pilgi/ink/stripes.py."""

from pilgi.export.ink_graph.operators import (
    cut,
    joined,
    shaped,
    smallest,
    total,
    turned,
    where,
    whole,
)
from pilgi.export.ink_graph.writing import Value, emit, local
from pilgi.ink.geometry import SIDE
from pilgi.ink.stripes import BRIGHT, ENDS, FEWEST, HALF, JOINED, WRITTEN


@local
def stripes(picture: Value) -> Value:
    """28x28 with bright paper along its left and right sides, or above and below, inverted."""
    lying, upright = striped(picture), striped(turned(picture))
    bright = where(total(lying) > 0, lying, shaped(upright, -1, 1))
    return where(bright > 0, 255 - picture, picture)


@local
def striped(picture: Value) -> Value:
    """1 for each column that is of a stripe, (28,); none where it is not certain.

    The first and the last one are bright at both ends, 7 to 14 in all, and half of each one's
    pixels; 8 pixels of the others are. Where bright ones end, half of the rows cross 128; and at
    one such place no more than two rows are bright on both sides.
    """
    lit = whole(picture >= BRIGHT)
    ends, counts = joined(cut(lit, 0, 0, ENDS), cut(lit, 0, -ENDS)), total(lit, 0)
    bright = whole(total(ends, 0) >= 2 * ENDS)
    outside, many = cut(bright, 0, 0, 1) * cut(bright, 0, -1), total(bright)
    certain = (
        (outside > 0)
        & (many >= FEWEST)
        & (many <= HALF)
        & (smallest(where(bright > 0, counts, SIDE)) >= HALF)
        & (total(counts * (1 - bright)) >= WRITTEN)
    )
    return bright * whole(certain) * has_edges(picture, lit, bright)


@local
def has_edges(picture: Value, lit: Value, bright: Value) -> Value:
    """1 where each stripe's edge is sharp, and one of them free of strokes."""
    edge = _differ(bright, 0)
    crossed = total(whole(_differ(whole(picture >= 128), 1)), 0)
    both = total(cut(lit, 1, 0, -1) * cut(lit, 1, 1), 0)
    sharp, free = (smallest(where(edge, each, SIDE)) for each in (crossed, both))
    return whole((sharp >= HALF) & (free <= JOINED))


def _differ(values: Value, axis: int) -> Value:
    """Return whether each is another than the one before it, along an axis."""
    return ~emit("Equal", cut(values, axis, 0, -1), cut(values, axis, 1))
