"""What is paper and what is ink: polarity, uneven light, threshold; in integer arithmetic."""

from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import Grey
from pilgi.ink.grey import FAINTEST

Number = TypeVar("Number", np.uint8, np.int32)

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
    low, high = _quantile(border(grey), 1, 20), _quantile(border(grey), 19, 20)
    wide = grey.astype(np.int64)
    below, above = int((low - wide).clip(0).sum()), int((wide - high).clip(0).sum())
    if max(below, above) > 2 * min(below, above):
        return grey if below > above else 255 - grey
    return grey if _quantile(border(grey), 1, 2) > otsu(grey) else 255 - grey


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
    edge = border(grey)
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
    bright = 255 - grey
    threshold = otsu(bright)
    mask = bright > threshold
    if mask.all() or not mask.any():
        return np.zeros_like(grey)
    paper, ink = _quantile(bright[~mask], 1, 2), _quantile(bright[mask], 3, 4)
    if ink - paper < FAINTEST:
        return np.zeros_like(grey)
    stretched = _stretch(bright, paper, ink)
    stretched[2 * bright.astype(np.int64) < paper + threshold] = 0
    return stretched


def without_specks(ink: Grey) -> Grey:
    """Return `ink` without what is not of the character: specks, and what hangs on the border.

    A speck is a connected part with less than a fiftieth of all ink. Parts on the border (corners
    of shadows, the neighbours' strokes) go where the largest part does not touch it.
    """
    import cv2

    count, parts = cv2.connectedComponents((ink > 0).astype(np.uint8), connectivity=8)
    mass = np.bincount(parts.ravel(), weights=ink.ravel(), minlength=count).astype(np.int64)
    outside = np.isin(np.arange(count), border(parts))
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


def otsu(grey: Grey) -> int:
    """Return the level t that splits values <= t from > t with the largest variance between.

    The smallest such t; 0 where there is one level only. Decided in whole numbers of any size, so
    that every machine finds the same; floats only leave out what is far from the largest.
    """
    counts = np.bincount(grey.ravel())
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


def _stretch(grey: Grey, paper: int, ink: int) -> Grey:
    span = ink - paper
    return (
        (((grey.astype(np.int64) - paper) * 510 + span) // (2 * span)).clip(0, 255).astype(np.uint8)
    )


def _quantile(values: Grey, part: int, of: int) -> int:
    """Return the value below which part / of of them lie."""
    place = (len(values) - 1) * part // of
    return int(np.partition(values, place)[place])
