"""Pen strokes -> a reading: one digit, or a number where several stand side by side."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilgi import ink
from pilgi.errors import DataError
from pilgi.ink.geometry import Grey
from pilgi.ink.strokes import polyline
from pilgi.read.answers import Reading
from pilgi.read.cutting import Cut
from pilgi.read.homography import Box
from pilgi.read.reading import Reader
from pilgi.read.segmentation import is_single


def cut_strokes(strokes: Iterable[Any], y_up: bool = False) -> Cut:
    """Return a drawing as what a reader reads: its picture, its place, and the ink of one digit.

    strokes: each a list of (x, y) in any unit; y grows downwards, as on a screen, or upwards.
    The drawing is one character by the rule that a picture's fields follow, see
    `pilgi.read.segmentation.is_single`: the parts are what is connected in it.
    Raises DataError where a stroke is not a list of number pairs, or where there is none.
    """
    lines = _polylines(strokes)
    picture, box = ink.line_of_strokes(lines, y_up), _box(np.concatenate(lines))
    return Cut(picture, box, is_single(_parts(255 - picture)), ink.from_strokes(lines, y_up))


def cut_digit(strokes: Iterable[Any], y_up: bool = False) -> Cut:
    """Return a drawing of what is known to be one digit; its picture is its ink.

    The same ink and place as `cut_strokes`, for half its work. Raises DataError as it does.
    """
    lines = _polylines(strokes)
    drawn = ink.from_strokes(lines, y_up)
    return Cut(drawn, _box(np.concatenate(lines)), True, drawn)


def read_strokes(reader: Reader, strokes: Iterable[Any], y_up: bool = False) -> Reading:
    """Return what is drawn, as `reader` reads one field; see `cut_strokes`."""
    return reader.read_cut(cut_strokes(strokes, y_up))


def _polylines(strokes: Iterable[Any]) -> list[NDArray[np.float64]]:
    lines = [line for line in map(polyline, strokes) if len(line)]
    if not lines:
        raise DataError("nothing is drawn; give at least one stroke with one point")
    return lines


def _parts(drawn: Grey) -> NDArray[np.int64]:
    """Return the connected parts' left, top, right and bottom, int64 (n, 4).

    By their outlines, four times as fast as by labels; a part inside another's loop is left out,
    which counts no characters either.
    """
    import cv2

    outlines, _ = cv2.findContours(drawn, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = np.array([cv2.boundingRect(outline) for outline in outlines], np.int64)
    boxes[:, 2:] += boxes[:, :2]
    return boxes


def _box(points: NDArray[np.float64]) -> Box:
    """Return the whole units that the points lie in."""
    low, high = np.floor(points.min(axis=0)), np.ceil(points.max(axis=0))
    left, top, right, bottom = (int(each) for each in (*low, *high))
    return Box(left, top, right - left, bottom - top)
