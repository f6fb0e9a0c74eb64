"""Pen strokes -> 28x28 ink."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.errors import DataError
from pilgi.ink.geometry import BOX, SIDE, Grey, normalize

PEN: Final = 2.25
"""Width of the pen in pixels of the 28x28 picture; see docs/ink.md for how it was chosen."""

FARTHEST: Final = 1e12
NEAREST: Final = 1e-12
"""Coordinates beyond the one are refused; a drawing smaller than the other is a dot."""

_FINE: Final = 8
_SHIFT: Final = 4


def from_strokes(strokes: Iterable[Any], y_up: bool = True) -> Grey:
    """Return uint8 (28, 28) of polylines drawn with a round pen 2.25 pixels wide.

    strokes: each a list of (x, y) in any unit; one point alone is a dot. y_up: y grows upwards, as
    on a tablet; False where it grows downwards, as on a screen. No strokes give zeros.
    Raises DataError where a stroke is not a list of number pairs.
    """
    lines = [line for line in map(polyline, strokes) if len(line)]
    if not lines:
        return np.zeros((SIDE, SIDE), np.uint8)
    return normalize(_draw(_to_canvas(lines, y_up)))


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


def _to_canvas(lines: list[NDArray[np.float64]], y_up: bool) -> list[NDArray[np.float64]]:
    """Scale so that the longer side, the pen's width included, is the box at 8 times its size."""
    points = np.concatenate(lines) * (1, -1 if y_up else 1)
    low = points.min(axis=0)
    extent = (points.max(axis=0) - low).max()
    scale = (BOX - PEN) * _FINE / extent if extent > NEAREST else 0.0
    return [((line * (1, -1 if y_up else 1)) - low) * scale + _FINE * PEN for line in lines]


def _draw(lines: list[NDArray[np.float64]]) -> Grey:
    """Draw at 8 times the final size without antialiasing: the area average smooths exactly."""
    import cv2

    canvas = np.zeros((_FINE * (BOX + 4), _FINE * (BOX + 4)), np.uint8)
    twice = [np.concatenate([line, line[-1:]]) for line in lines]  # one point alone draws nothing
    fixed = [np.rint(line * 2**_SHIFT).astype(np.int32) for line in twice]
    cv2.polylines(canvas, fixed, False, 255, round(PEN * _FINE), cv2.LINE_8, _SHIFT)
    return canvas
