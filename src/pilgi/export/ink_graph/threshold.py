"""Ink alone; pilgi/ink/paper.py, lift."""

from pilgi.export.ink_graph.levels import LEVELS, histogram, quantile
from pilgi.export.ink_graph.operators import clipped, larger, smaller, taken, total, where
from pilgi.export.ink_graph.otsu import otsu
from pilgi.export.ink_graph.writing import Value, local
from pilgi.ink.grey import FAINTEST
from pilgi.ink.paper import FAINT


@local
def threshold(dark: Value) -> Value:
    """The ink of dark ink on even paper alone: paper 0, ink up to 255.

    Otsu's threshold parts the two; from the paper's median to the ink's upper quartile it is
    stretched; what is then below 64 is 0, and all is where the two lie less than 24 apart.
    """
    bright = 255 - dark
    counts = histogram(bright)
    parted = otsu(counts)
    dim, clear = where(parted >= LEVELS, counts, 0), where(parted < LEVELS, counts, 0)
    low, high = quantile(dim, 1, 2), quantile(clear, 3, 4)
    far = smaller(total(dim), total(clear)) > 0
    shown = far & (high - low >= FAINTEST)
    reach = larger(high - low, 1)
    levels = clipped((larger(LEVELS - low, 0) * 510 + reach) // (reach * 2), 0, 255)
    return taken(where(shown & (levels >= FAINT), levels, 0), bright)
