"""What is paper and what is ink: polarity, uneven light, threshold; in integer arithmetic."""

from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import Grey
from pilgi.ink.grey import FAINTEST

Number = TypeVar("Number", np.uint8, np.int32)
Counts = NDArray[np.integer[Any]]

LEVELS: Final = np.arange(256)

UNEVEN: Final = 16
"""Paper whose border's deciles lie farther apart than this is unevenly lit."""

WIDEST_STROKE: Final = 3
"""No stroke is wider than the picture's longer side, or a line's height, divided by this."""

CLOSE: Final = 1 - 1e-9
"""What floats call smaller than the largest by more than this is smaller."""

FAINT: Final = 64
"""Ink fainter than this, of 255, is the paper's noise or a stroke's blurred edge. A share of the
threshold instead would depend on how much paper there is around."""

MANY: Final = 2**24
"""OpenCV counts in floats of 32 bits, which hold every whole number up to this."""

DECISIVE: Final = 16
"""How many times more ink must leave the border's range on one side than on the other."""


def darken(grey: Grey) -> Grey:
    """Return `grey` with dark ink on bright paper: inverted where it was the other way round.

    Ink leaves the range of the border's greys on one side: below it where it is dark. Where it
    leaves it on both or on neither, as in a crop whose border the ink crosses, Otsu's threshold
    parts the picture, and border and corners vote, half each: writing is round. Bright paper needs
    two fifths of the vote, as most ink is dark.
    """
    edge, counts = histogram(border(grey)), histogram(grey)
    low, high = _quantile(edge, 1, 20), _quantile(edge, 19, 20)
    below, above = int((low - LEVELS).clip(0) @ counts), int((LEVELS - high).clip(0) @ counts)
    if max(below, above) > DECISIVE * min(below, above):
        return grey if below > above else 255 - grey
    return grey if _is_bright(grey, edge, otsu(counts)) else 255 - grey


def _is_bright(grey: Grey, edge: Counts, threshold: int) -> bool:
    """Return whether border and corners together lie above the threshold: two fifths are enough."""
    above, length = int(edge[threshold + 1 :].sum()), int(edge.sum())
    corners = int((grey[:: len(grey) - 1 or 1, :: grey.shape[1] - 1 or 1] > threshold).sum())
    count = min(2, len(grey)) * min(2, grey.shape[1])
    return bool(5 * (above * count + corners * length) > 4 * length * count)


def invert(grey: Grey) -> Grey:
    """Return 255 - `grey`."""
    return 255 - grey


def even_light(grey: Grey, extent: int = 0) -> Grey:
    """Return dark ink on paper of one level: slopes and shadows divided out.

    extent: no stroke is wider than a third of it; 0 for the picture's longer side.

    The paper's level is the morphological closing of `grey` (the brightest nearby, then the
    darkest of these), which fills strokes and keeps the edges of shadows. Light multiplies what
    paper and ink reflect, so the picture is divided by it. Even paper is left as it is, also where
    ink lies on the border: there the level tells.
    """
    if not _is_uneven(grey):
        return grey
    level = _paper(grey, extent or max(grey.shape))
    if not _is_uneven(level):
        return grey
    light = level.astype(np.int64).clip(1)
    even: NDArray[np.int64] = (2 * 255 * grey.astype(np.int64) + light) // (2 * light)
    return even.clip(0, 255).astype(np.uint8)


def _is_uneven(grey: Grey) -> bool:
    """Return whether the deciles of the border's levels lie 16 or more apart."""
    edge = histogram(border(grey))
    return _quantile(edge, 9, 10) - _quantile(edge, 1, 10) >= UNEVEN


def lift(grey: Grey) -> Grey:
    """Return the ink of dark ink on even paper alone: paper 0, ink up to 255, of the same shape.

    Otsu's threshold (1979) parts the two. Values are stretched from the paper's median to the
    ink's upper quartile; what is then fainter than a quarter of full ink is noise and becomes 0.
    Zeros where the two lie less than 24 grey levels apart.
    """
    counts = histogram(grey)[::-1]  # of 255 - grey
    threshold = otsu(counts)
    dim, bright = np.where(threshold >= LEVELS, counts, 0), np.where(threshold < LEVELS, counts, 0)
    if not (dim.any() and bright.any()):
        return np.zeros_like(grey)
    paper, ink = _quantile(dim, 1, 2), _quantile(bright, 3, 4)
    if ink - paper < FAINTEST:
        return np.zeros_like(grey)
    levels = _stretched(paper, ink)
    levels[levels < FAINT] = 0
    return levels[::-1].take(grey)


def histogram(grey: Grey) -> Counts:
    """Return how many pixels have each level, int64 (256,)."""
    import cv2

    if grey.size >= MANY:
        return np.bincount(grey.ravel(), minlength=len(LEVELS))
    counts = cv2.calcHist([grey], [0], None, [len(LEVELS)], [0, len(LEVELS)])
    return counts.ravel().astype(np.int64)


def otsu(counts: Counts) -> int:
    """Return the level t that splits values <= t from > t with the largest variance between.

    counts: the pixels of each level. The smallest such t; 0 where there is one level only. Decided
    in whole numbers of any size, so that every machine finds the same; floats only leave out what
    is far from the largest.
    """
    # A level that no pixel has parts the pixels as the one before it does; the last parts none.
    levels = np.flatnonzero(counts)
    below, mass = np.cumsum(counts[levels]), np.cumsum(levels * counts[levels])
    gaps, weights = (mass[-1] * below - mass * below[-1])[:-1], (below * (below[-1] - below))[:-1]
    between = gaps.astype(np.float64) ** 2 / weights
    best, found = (0, 1), 0
    for at in np.flatnonzero(between >= between.max(initial=0) * CLOSE):
        gap, weight = int(gaps[at]) ** 2, int(weights[at])
        if gap * best[1] > best[0] * weight:
            best, found = (gap, weight), int(levels[at])
    return found


def border(grey: NDArray[Number]) -> NDArray[Number]:
    """Return the outermost pixels, (n,), or (n, channels) of a colour picture."""
    return np.concatenate([grey[0], grey[-1], grey[1:-1, 0], grey[1:-1, -1]])


def _paper(grey: Grey, extent: int) -> Grey:
    import cv2

    side = extent // WIDEST_STROKE | 1
    kernel = np.ones((side, side), np.uint8)
    # Grain would raise the brightest of many pixels: the middle of nine first.
    return cv2.morphologyEx(cv2.medianBlur(grey, 3), cv2.MORPH_CLOSE, kernel).astype(np.uint8)


def _stretched(paper: int, ink: int) -> Grey:
    """Return what each level becomes, uint8 (256,): 0 up to the paper's, 255 from the ink's on."""
    span = ink - paper
    return (((LEVELS - paper) * 510 + span) // (2 * span)).clip(0, 255).astype(np.uint8)


def _quantile(counts: Counts, part: int, of: int) -> int:
    """Return the level below which part / of of the pixels lie."""
    upto = np.cumsum(counts)
    return int(np.searchsorted(upto, (int(upto[-1]) - 1) * part // of, side="right"))
