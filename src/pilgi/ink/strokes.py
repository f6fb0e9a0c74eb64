"""Pen strokes -> 28x28 ink, or a picture of a line, in integer arithmetic."""

from collections.abc import Iterable
from functools import cache
from math import frexp, isqrt
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi.errors import DataError
from pilgi.ink.geometry import BOX, SIDE, Grey, crop, normalize

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
"""Parts of a pixel of a canvas."""


class Canvas(NamedTuple):
    """Where strokes are drawn: its pixels down and across, half the pen's width in their parts."""

    height: int
    width: int
    radius: int

    @property
    def room(self) -> tuple[int, int]:
        """How far the points may lie apart across and down."""
        return FINE * self.width - 2 * self.radius, FINE * self.height - 2 * self.radius


DIGIT: Final = Canvas(8 * BOX, 8 * BOX, 149)
"""Eight pixels of it make one of the 28x28 picture; see docs/ink.md for how wide the pen is."""

LINE: Final = Canvas(160, 2560, 165)
"""Higher than a line is looked at, so that edges come out smooth; docs/log.md has the pen."""

PAPER: Final = 40
"""Pixels of paper around a line."""


def from_strokes(strokes: Iterable[Any], y_up: bool = True) -> Grey:
    """Return uint8 (28, 28) of polylines drawn with a round pen 2.33 pixels wide.

    strokes: each a list of (x, y) in any unit; one point alone is a dot. y_up: y grows upwards, as
    on a tablet; False where it grows downwards, as on a screen. No strokes give zeros.
    Raises DataError where a stroke is not a list of number pairs.
    """
    lines = _lines(strokes, y_up)
    return normalize(_drawn(lines, DIGIT)) if lines else np.zeros((SIDE, SIDE), np.uint8)


def line_of_strokes(strokes: Iterable[Any], y_up: bool = True) -> Grey:
    """Return uint8 (height, width), ink 0 on paper 255: the same as a line's picture.

    At most 160 high and 2,560 wide with the pen, and 40 pixels of paper around: what `from_line`
    takes. No strokes give paper. Raises DataError as above.
    """
    lines = _lines(strokes, y_up)
    drawn = crop(_drawn(lines, LINE)) if lines else np.zeros((0, 0), np.uint8)
    return np.pad(255 - drawn, PAPER, constant_values=255)


def _lines(strokes: Iterable[Any], y_up: bool) -> list[NDArray[np.float64]]:
    """Return the strokes that have points, y growing downwards."""
    found = [line for line in map(polyline, strokes) if len(line)]
    return [line * (1, -1) for line in found] if y_up else found


def _drawn(lines: list[NDArray[np.float64]], canvas: Canvas) -> Grey:
    points = _placed(np.concatenate(lines), canvas)
    moved = (points[1:] != points[:-1]).any(axis=1)
    moved[np.cumsum([len(line) for line in lines[:-1]], dtype=np.int64) - 1] = False
    sides = _sides(points[:-1][moved], points[1:][moved], canvas.radius)
    spans = zip(_discs(points, canvas.radius), sides, strict=True)
    row, left, right = (np.concatenate(each, axis=None) for each in spans)
    return _filled(row, left, right, canvas)


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


def _placed(points: NDArray[np.float64], canvas: Canvas) -> Whole:
    """Return the points in parts of the canvas, as large as the pen leaves room for.

    Whole numbers keep their proportions exactly. Others are rounded once, half up, after they were
    multiplied by the power of two that brings the longer side to 2^16 or more.
    """
    points = points - points.min(axis=0)
    extent = float(points.max())
    if extent <= NEAREST:
        return np.full(points.shape, float(canvas.radius))
    finer = max(0, FINEST - frexp(extent)[1])
    whole = np.floor(np.ldexp(points, finer) + 0.5).astype(np.int64)
    (across, down), (wide, high) = whole.max(axis=0).tolist(), canvas.room
    longer, room = (across, wide) if across * high >= down * wide else (down, high)
    placed: Whole = ((2 * room * whole + longer) // (2 * longer) + canvas.radius).astype(np.float64)
    return placed


@cache
def _chords(radius: int) -> NDArray[np.int64]:
    """Return the largest whole numbers less than half the chord that far off a disc's centre."""
    off = range(radius + 2 * FINE + 1)
    return np.array([isqrt(radius**2 - at**2 - 1) if at < radius else -FINE for at in off])


def _discs(points: Whole, radius: int) -> Spans:
    """Return the spans whose pixels' centres lie nearer to a point than the radius."""
    x, y = points.T[..., None]
    row = np.floor((y - radius + FINE // 2) / FINE) + np.arange(2 * radius // FINE + 2)
    half = _chords(radius)[np.abs(row * FINE + FINE // 2 - y).astype(np.intp)]
    return row, x - half, x + half


def _sides(start: Whole, end: Whole, radius: int) -> Spans:
    """Return the spans whose pixels' centres lie beside a segment, nearer to it than the radius.

    With d = end - start, q = centre - start: 0 <= d . q <= d . d and (d x q)^2 < radius^2 d . d.
    """
    (x, y), (dx, dy) = start.T, (end - start).T
    length = dx * dx + dy * dy
    wide = np.floor(np.sqrt(radius**2 * length - 1))  # the whole number's root, below 2^26
    top = np.floor((np.minimum(y, y + dy) - radius) / FINE)
    count = (np.abs(dy) // FINE).astype(np.intp) + 2 * radius // FINE + 3
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


def _filled(row: Whole, left: Whole, right: Whole, canvas: Canvas) -> Grey:
    """Return uint8 (height, width), 255 where a pixel's centre lies in a span, 0 elsewhere."""
    height, width, _ = canvas
    first, last = np.ceil((left - FINE // 2) / FINE), np.floor((right - FINE // 2) / FINE)
    (some,) = np.nonzero(first <= last)
    base = row[some] * width  # rows one after another: a span may go on in the next one
    spans = np.sort((base + first[some]) * 2.0**20 + base + last[some] + 1).astype(np.int64)
    start, reach = spans >> 20, np.maximum.accumulate(spans & 0xFFFFF)
    apart = np.flatnonzero(start[1:] > reach[:-1]) + 1
    runs = np.stack((start[np.append(0, apart)], reach[np.append(apart, 0) - 1]), axis=1)
    ends = np.concatenate(([0], runs.ravel(), [height * width]))
    levels = np.zeros(len(ends) - 1, np.uint8)
    levels[1::2] = 255
    return np.repeat(levels, np.diff(ends)).reshape(height, width)
