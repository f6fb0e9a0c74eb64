"""Salt and pepper taken out of a picture of 28x28; pilgi/ink/noise.py."""

from functools import reduce
from operator import add

from pilgi.export.ink_graph.light import median
from pilgi.export.ink_graph.operators import cut, total, where, whole
from pilgi.export.ink_graph.writing import Value, emit, local, when
from pilgi.ink.geometry import SIDE
from pilgi.ink.noise import BRIGHT, GRAINS, WHITE


@local
def noise(picture: Value) -> Value:
    """28x28, each pixel of 0 or 255 the median of the nine around it where there are 8 grains.

    A grain is a pixel of 255 whose eight neighbours are below 128, or of 0 whose are not.
    """
    lit = whole(picture >= BRIGHT)
    around = _around(lit)
    inner = _at(picture, 1, 1)
    salt = (inner >= WHITE) & emit("Equal", around, 1)
    pepper = (inner < 1) & emit("Equal", around, 8)
    lost = (picture >= WHITE) | (picture < 1)
    return when(
        total(whole(salt | pepper)) >= GRAINS,
        lambda: where(lost, median(picture), picture),
        lambda: picture,
    )


def _around(picture: Value) -> Value:
    """Return the sum of the nine around each pixel that has eight neighbours, (26, 26)."""
    nine = [_at(picture, row, column) for row in range(3) for column in range(3)]
    return reduce(add, nine)


def _at(picture: Value, row: int, column: int) -> Value:
    """Return the 26x26 pixels from there on."""
    inside = SIDE - 2
    return cut(cut(picture, 0, row, row + inside), 1, column, column + inside)
