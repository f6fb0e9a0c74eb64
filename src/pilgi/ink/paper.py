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

SPECK: Final = 50
LINE_SPECK: Final = 6


def darken(grey: Grey) -> Grey:
    """Return `grey` with dark ink on bright paper: inverted where it was the other way round.

    Ink leaves the range of the border's greys on one side: below it where it is dark. Where it
    leaves it on neither, Otsu's threshold parts the picture and the border's median is paper.
    """
    edge, counts = histogram(border(grey)), histogram(grey)
    low, high = _quantile(edge, 1, 20), _quantile(edge, 19, 20)
    below, above = int((low - LEVELS).clip(0) @ counts), int((LEVELS - high).clip(0) @ counts)
    if max(below, above) > 2 * min(below, above):
        return grey if below > above else 255 - grey
    return grey if _quantile(edge, 1, 2) > otsu(counts) else 255 - grey


def invert(grey: Grey) -> Grey:
    """Return 255 - `grey`."""
    return 255 - grey


def even_light(grey: Grey, extent: int = 0) -> Grey:
    """Return dark ink on paper of one level: slopes and shadows divided out.

    extent: no stroke is wider than a third of it; 0 for the picture's longer side.

    The paper's level is the morphological closing of `grey` (the brightest nearby, then the
    darkest of these), which fills strokes and keeps the edges of shadows. Light multiplies what
    paper and ink reflect, so the picture is divided by it. Even paper is left as it is.
    """
    edge = histogram(border(grey))
    if _quantile(edge, 9, 10) - _quantile(edge, 1, 10) < UNEVEN:
        return grey
    light = _paper(grey, extent or max(grey.shape)).astype(np.int64).clip(1)
    even: NDArray[np.int64] = (2 * 255 * grey.astype(np.int64) + light) // (2 * light)
    return even.clip(0, 255).astype(np.uint8)


def lift(grey: Grey) -> Grey:
    """Return the ink of dark ink on even paper alone: paper 0, ink up to 255, of the same shape.

    Otsu's threshold (1979) parts the two. Values are stretched from the paper's median to the
    ink's upper quartile; what lies nearer to the paper than half way to the threshold is noise and
    becomes 0. Zeros where the two lie less than 24 grey levels apart.
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
    levels[paper + threshold > 2 * LEVELS] = 0
    return levels[::-1].take(grey)


def without_specks(ink: Grey) -> Grey:
    """Return `ink` without what is not of the character: specks, and what hangs on the border.

    A speck is a connected part with less than a fiftieth of all ink. Parts on the border (corners
    of shadows, the neighbours' strokes) go where the largest part does not touch it.
    """
    import cv2

    count, parts = cv2.connectedComponents((ink > 0).astype(np.uint8), connectivity=8)
    if count <= 2:  # paper and one part, which is the largest
        return ink
    mass = np.bincount(parts.ravel(), weights=ink.ravel(), minlength=count).astype(np.int64)
    outside = np.zeros(count, np.bool_)
    outside[border(parts.astype(np.int32, copy=False))] = True
    gone = SPECK * mass < mass.sum()
    if not outside[mass.argmax()]:
        gone |= outside
    return np.where(gone[parts], np.uint8(0), ink)


def without_line_specks(ink: Grey) -> Grey:
    """Return a line of digits without specks and without what hangs in from the lines around it.

    A speck is a connected part whose box is less than a sixth of the ink's height both ways. Of the
    parts that touch the picture's upper or lower side those go that lie in its outer quarter.
    """
    import cv2

    rows = np.flatnonzero(ink.any(axis=1))
    if not rows.size:
        return ink
    _, parts, boxes, _ = cv2.connectedComponentsWithStats((ink > 0).astype(np.uint8))
    top, height = boxes[:, cv2.CC_STAT_TOP], boxes[:, cv2.CC_STAT_HEIGHT]
    longer = np.maximum(height, boxes[:, cv2.CC_STAT_WIDTH])
    gone = LINE_SPECK * longer < rows[-1] + 1 - rows[0]
    gone |= (top == 0) & (4 * height < len(ink))
    gone |= (top + height == len(ink)) & (4 * height < len(ink))
    gone[0] = False
    kept = np.where(gone[parts], np.uint8(0), ink)
    return kept if kept.any() else ink


def histogram(grey: Grey) -> Counts:
    """Return how many pixels have each level, int64 (256,)."""
    return np.bincount(grey.ravel(), minlength=len(LEVELS))


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
    """Return the outermost pixels."""
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
