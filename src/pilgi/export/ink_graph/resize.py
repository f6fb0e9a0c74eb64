"""Another size; pilgi/ink/geometry.py, resize and scale, and pictures.py, _reduce."""

from pilgi.export.ink_graph.operators import (
    DOUBLE,
    joined,
    larger,
    largest,
    shaped,
    side,
    smaller,
    span,
    where,
    whole,
)
from pilgi.export.ink_graph.writing import Value, emit, local, when
from pilgi.ink.geometry import BOX
from pilgi.ink.pictures import WORKING_SIDE


@local
def reduce(dark: Value) -> Value:
    """The picture averaged down to 160 where its longer side is more: the grain of a photo goes."""
    sides = joined(side(dark, 0), side(dark, 1))
    longer = largest(sides)

    def small() -> Value:
        height, width = (larger(side(dark, axis) * WORKING_SIDE // longer, 1) for axis in (0, 1))
        return resize(dark, height, width)

    return when(longer > WORKING_SIDE, small, lambda: dark)


@local
def scale(ink: Value) -> Value:
    """Ink whose longer side is 20, its other in proportion, and whose brightest value is 255."""
    longer = larger(side(ink, 0), side(ink, 1))
    height, width = (larger(rounded(side(ink, axis) * BOX, longer), 1) for axis in (0, 1))
    small = resize(ink, height, width)
    return rounded(small * 255, larger(largest(small), 1))  # without ink there is nothing above 0


def rounded(numerator: Value, denominator: Value) -> Value:
    """Return the quotient rounded half up, of what is not negative."""
    return (numerator * 2 + denominator) // (denominator * 2)


@local
def resize(picture: Value, height: Value, width: Value) -> Value:
    """The picture as (height, width): area average where it shrinks, linear where it grows.

    W picture V, rounded half up once; what W's rows and V's columns add up to is divided by. The
    products are of doubles, which hold whole numbers below 2^53 exactly: 255 pixels^2.
    """
    old_height, old_width = side(picture, 0), side(picture, 1)
    down, tall = weights(_upright(span(height)), span(old_height), height, old_height)
    across, wide = weights(span(width), _upright(span(old_width)), width, old_width)
    left, pixels, right = (emit("Cast", each, to=DOUBLE) for each in (down, picture, across))
    sums = emit("MatMul", emit("MatMul", left, pixels), right)
    return rounded(whole(sums), tall * wide)


def _upright(places: Value) -> Value:
    return shaped(places, -1, 1)


@local
def weights(at: Value, of: Value, new: Value, old: Value) -> tuple[Value, Value]:
    """The weights of old pixels `of` in new ones `at`, and what those of a new one add up to."""
    shrinks = new <= old
    weight = where(shrinks, _overlap(at, of, new, old), _nearness(at, of, new, old))
    return weight, where(shrinks, old, new * 2)


def _overlap(at: Value, of: Value, new: Value, old: Value) -> Value:
    """Return what new pixel i, [i old, (i + 1) old), and old j, [j new, (j + 1) new), share."""
    stop = smaller((at + 1) * old, (of + 1) * new)
    return larger(stop - larger(at * old, of * new), 0)


def _nearness(at: Value, of: Value, new: Value, old: Value) -> Value:
    """Return how near a new pixel's centre is to an old one's, in parts of 2 new: up to a pixel.

    Beyond the outermost old centres it is as near as can be to them.
    """
    centre = smaller(larger((at * 2 + 1) * old - new, 0), (old - 1) * new * 2)
    return larger(new * 2 - emit("Abs", centre - of * new * 2), 0)
