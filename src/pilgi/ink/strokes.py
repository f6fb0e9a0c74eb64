"""Pen strokes -> 28x28 ink, in integer arithmetic."""

from collections.abc import Iterable
from math import frexp, isqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.errors import DataError
from pilgi.ink.geometry import BOX, SIDE, Grey, normalize

Whole = NDArray[np.float64]
"""Whole numbers below 2^52, which floats hold exactly; with halves where it says so."""

Spans = tuple[Whole, Whole, Whole]
"""Rows of the canvas, and from where to where in each; nothing where an end is before its start."""

FARTHEST: Final = 1e12
NEAREST: Final = 1e-12
"""Coordinates beyond the one are refused; a drawing smaller than the other is a dot."""

FINEST: Final = 17
"""What is no whole number is rounded in a drawing between 2^16 and 2^17 large."""

FINE: Final = 16
"""Parts of a pixel of the canvas, of which 8 make one of the 28x28 picture."""

CANVAS: Final = 8 * BOX

RADIUS: Final = 149
"""Half the pen's width, in those parts; see docs/ink.md for how it was chosen."""

ROOM: Final = FINE * CANVAS - 2 * RADIUS
"""What the pen's width leaves of the canvas, in those parts."""

OF_LINE: Final = (3, 56)
"""Of a line 48 times as large as it is, what of its width and of its height counts as its side: a
sixth more of the height, so that the pen is thicker, and a sixteenth of the width."""

CHORDS: Final = np.array(
    [isqrt(RADIUS**2 - off**2 - 1) if off < RADIUS else -FINE for off in range(RADIUS + 2 * FINE)]
)
"""The largest whole number less than half the chord that far off a disc's centre."""


def from_strokes(strokes: Iterable[Any], y_up: bool = True) -> Grey:
    """Return uint8 (28, 28) of polylines drawn with a round pen 2.33 pixels wide.

    strokes: each a list of (x, y) in any unit; one point alone is a dot. y_up: y grows upwards, as
    on a tablet; False where it grows downwards, as on a screen. No strokes give zeros.
    Raises DataError where a stroke is not a list of number pairs.
    """
    lines = [line for line in map(polyline, strokes) if len(line)]
    if not lines:
        return np.zeros((SIDE, SIDE), np.uint8)
    points = _placed(np.concatenate(lines) * (1, -1 if y_up else 1))
    return normalize(_drawn(lines, points, CANVAS, CANVAS))


def line_from_strokes(strokes: Iterable[Any], y_up: bool = True) -> Grey:
    """Return uint8 (height, width), 255 where the pen was: what `from_line` makes line ink of.

    As `from_strokes` draws, but that the height is what counts, see docs/ink.md; without paper
    around it. No strokes give no pixels.
    Raises DataError where a stroke is not a list of number pairs.
    """
    lines = [line for line in map(polyline, strokes) if len(line)]
    if not lines:
        return np.zeros((0, 0), np.uint8)
    points = _placed(np.concatenate(lines) * (1, -1 if y_up else 1), 48, OF_LINE)
    width, height = ((points.max(axis=0) + RADIUS - 1 + FINE // 2) // FINE).astype(int)
    return _drawn(lines, points, height, width)


def _drawn(lines: list[NDArray[np.float64]], points: Whole, height: int, width: int) -> Grey:
    """Return the canvas: discs at the points, and what joins those of one line."""
    drawn = (points[1:] != points[:-1]).any(axis=1)
    drawn[np.cumsum([len(line) for line in lines[:-1]], dtype=np.int64) - 1] = False
    spans = zip(_discs(points), _sides(points[:-1][drawn], points[1:][drawn]), strict=True)
    row, left, right = (np.concatenate(each, axis=None) for each in spans)
    return _filled(row, left, right, height, width)


def polyline(stroke: Any) -> NDArray[np.float64]:
    """Return a stroke's points, float64 (n, 2). Raises DataError where it is no list of pairs."""
    try:
        points = np.asarray(stroke, np.float64)
    except (TypeError, ValueError, OverflowError):
        points = np.full((1, 1), np.nan)
    pairs = points.ndim == 2 and points.shape[1] == 2
    if points.size and not (pairs and (np.abs(points) <= FARTHEST).all()):
        raise DataError("a stroke must be a list of [x, y] pairs of numbers")
    return points.reshape(-1, 2)


def _placed(points: NDArray[np.float64], times: int = 1, shares: tuple[int, int] = (1, 1)) -> Whole:
    """Return the points in parts of the canvas, their side as large as the pen leaves room.

    That side is the longer one; or, of a drawing so many times as large, that of the given shares
    of its width and its height.

    Whole numbers keep their proportions exactly. Others are rounded once, half up, after they were
    multiplied by the power of two that brings the longer side to 2^16 or more.
    """
    points = points - points.min(axis=0)
    longer = float(points.max())
    if longer <= NEAREST:
        return np.full(points.shape, float(RADIUS))
    finer = max(0, FINEST - frexp(longer)[1])
    whole = np.floor(np.ldexp(points, finer) + 0.5).astype(np.int64)
    extent = int((whole.max(axis=0) * shares).max())
    return ((2 * ROOM * times * whole + extent) // (2 * extent) + RADIUS).astype(np.float64)


def _discs(points: Whole) -> Spans:
    """Return the spans whose pixels' centres lie nearer to a point than the radius."""
    x, y = points.T[..., None]
    row = np.floor((y - RADIUS + FINE // 2) / FINE) + np.arange(2 * RADIUS // FINE + 2)
    half = CHORDS[np.abs(row * FINE + FINE // 2 - y).astype(np.intp)]
    return row, x - half, x + half


def _sides(start: Whole, end: Whole) -> Spans:
    """Return the spans whose pixels' centres lie beside a segment, nearer to it than the radius.

    With d = end - start, q = centre - start: 0 <= d . q <= d . d and (d x q)^2 < radius^2 d . d.
    """
    (x, y), (dx, dy) = start.T, (end - start).T
    length = dx * dx + dy * dy
    wide = np.floor(np.sqrt(RADIUS**2 * length - 1))  # the whole number's root, below 2^26
    top = np.floor((np.minimum(y, y + dy) - RADIUS) / FINE)
    count = (np.abs(dy) // FINE).astype(np.intp) + 2 * RADIUS // FINE + 3
    first = top - np.cumsum(count) + count  # its row, less its place in the list of all
    found = np.array([x, y, dx, dy, length, wide, first]).repeat(count, axis=1)
    x, y, dx, dy, length, wide, first = found
    row = first + np.arange(len(first))
    below = row * FINE + FINE // 2 - y
    along, across = dy * below, dx * below
    left, right = _between(dx, -along, length - along)
    nearest, farthest = _between(-dy, -wide - across, wide - across)
    return row, x + np.maximum(left, nearest), x + np.minimum(right, farthest)


def _between(slope: Whole, low: Whole, high: Whole) -> tuple[Whole, Whole]:
    """Return bounds of the whole numbers v with low <= slope v <= high, none of them a bound.

    A half beyond low and high tells the same of whole numbers, and what is divided by a slope of 0
    is then never 0: the bounds are infinite. A bound lies at least 1 / 2 slope from every whole
    number, which is far more than floats round away.
    """
    with np.errstate(divide="ignore"):
        one, other = (low - 0.5) / slope, (high + 0.5) / slope
    return np.minimum(one, other), np.maximum(one, other)


def _filled(row: Whole, left: Whole, right: Whole, height: int, width: int) -> Grey:
    """Return uint8 (height, width), 255 where a pixel's centre lies in a span, 0 elsewhere."""
    first, last = np.ceil((left - FINE // 2) / FINE), np.floor((right - FINE // 2) / FINE)
    (some,) = np.nonzero(first <= last)
    base = row[some] * width  # rows one after another: a span may go on in the next one
    spans = np.sort((base + first[some]) * 2.0**24 + base + last[some] + 1).astype(np.int64)
    start, reach = spans >> 24, np.maximum.accumulate(spans & 0xFFFFFF)
    apart = np.flatnonzero(start[1:] > reach[:-1]) + 1
    runs = np.stack((start[np.append(0, apart)], reach[np.append(apart, 0) - 1]), axis=1)
    ends = np.concatenate(([0], runs.ravel(), [height * width]))
    levels = np.zeros(len(ends) - 1, np.uint8)
    levels[1::2] = 255
    return np.repeat(levels, np.diff(ends)).reshape(height, width)
