"""Pen strokes -> a reading: one digit, or a number where several stand side by side."""

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi import ink
from pilgi.errors import DataError
from pilgi.ink.geometry import Grey
from pilgi.ink.strokes import polyline
from pilgi.read.answers import Reading
from pilgi.read.characters import characters, is_single
from pilgi.read.cutting import Cut
from pilgi.read.homography import Box
from pilgi.read.reading import Reader

TALL: Final = 85
PEN: Final = 11
"""Strokes are looked at so high, and their pen is so wide then: as web/src/lib/ink/single.ts."""


def cut_strokes(strokes: Iterable[Any], y_up: bool = False) -> Cut:
    """Return a drawing as what a reader reads: its picture, its place, and the ink of one digit.

    strokes: each a list of (x, y) in any unit; y grows downwards, as on a screen, or upwards.
    The drawing is one character by the rule that a picture's fields follow, see
    `pilgi.read.characters.is_single`: the parts are what is connected in it. Strokes that stand
    apart are several even where their ends touch.
    Raises DataError where a stroke is not a list of number pairs, or where there is none.
    """
    lines = _polylines(strokes)
    picture, box = ink.line_of_strokes(lines, y_up), _box(np.concatenate(lines))
    apart = _apart(lines)
    single = len(apart) < 2 and is_single(_parts(255 - picture))
    inks = partial(_inks, lines, apart, y_up)
    return Cut(picture, box, single, ink.from_strokes(lines, y_up), inks, drawn=True)


def _apart(lines: list[NDArray[np.float64]]) -> list[list[int]]:
    """Return which strokes are each character, whole strokes together, where there are several."""
    boxes = np.array([[*line.min(axis=0), *line.max(axis=0)] for line in lines])
    boxes -= np.tile(boxes[:, :2].min(axis=0), 2)
    if not (height := boxes[:, 3].max()):
        return []
    boxes *= TALL / height
    boxes[:, 2:] += PEN
    found = characters(boxes)
    return found if len(found) > 1 else []


def _inks(lines: list[NDArray[np.float64]], apart: list[list[int]], y_up: bool) -> list[Grey]:
    return [ink.from_strokes([lines[at] for at in each], y_up) for each in apart]


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
