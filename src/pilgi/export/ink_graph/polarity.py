"""Dark ink on bright paper; pilgi/ink/paper.py, darken."""

from pilgi.export.ink_graph.levels import LEVELS, border, histogram, quantile
from pilgi.export.ink_graph.operators import cut, larger, side, smaller, total, whole
from pilgi.export.ink_graph.otsu import otsu
from pilgi.export.ink_graph.writing import Value, local, when
from pilgi.ink.paper import DECISIVE


@local
def polarity(grey: Value) -> Value:
    """Dark ink on bright paper: inverted where it was the other way round.

    Where, summed over the picture, sixteen times more ink leaves the range of the border's greys on
    one side than on the other, it is the ink's; else border and corners vote.
    """
    edge, counts = histogram(border(grey)), histogram(grey)
    low, high = quantile(edge, 1, 20), quantile(edge, 19, 20)
    below = total(larger(low - LEVELS, 0) * counts)
    above = total(larger(LEVELS - high, 0) * counts)
    decided = larger(below, above) > smaller(below, above) * DECISIVE
    bright = when(
        decided, lambda: whole(below > above), lambda: is_bright(grey, edge, otsu(counts))
    )
    return when(bright > 0, lambda: grey, lambda: 255 - grey)


@local
def is_bright(grey: Value, edge: Value, threshold: Value) -> Value:
    """1 where border and corners together lie above the threshold: two fifths are enough."""
    height, width = side(grey, 0), side(grey, 1)
    above, length = total(cut(edge, 0, threshold + 1)), total(edge)
    rows = cut(grey, 0, 0, step=larger(height - 1, 1))
    corners = total(whole(cut(rows, 1, 0, step=larger(width - 1, 1)) > threshold))
    count = smaller(height, 2) * smaller(width, 2)
    return whole((above * count + corners * length) * 5 > length * count * 4)
