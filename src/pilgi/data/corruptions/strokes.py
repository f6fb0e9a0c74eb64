"""Strokes: lines across the picture that are not the digit's."""

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pilgi.data.corruptions.entry import Unit, grey, unit
from pilgi.ink.geometry import Grey

REACH = 2.3
"""Pixels above and below a line's middle that it is seen in."""

TOOTH = 2.0
"""A zigzag's teeth are this high, and twice as long."""

Place = tuple[float, float]
"""(x, y)."""


def dotted_line(picture: Grey, level: None, generator: np.random.Generator) -> Grey:
    """Return min(1, x + l): l a line from the left edge to the right, two columns in four."""
    del level
    height, width = picture.shape
    ends = generator.integers(0, height - 1, 2).tolist()
    drawn = line(picture.shape, (0, ends[0]), (width - 1, ends[1]))
    drawn[:, np.arange(width) // 2 % 2 == 0] = 0
    return grey(unit(picture) + drawn)


def zigzag(picture: Grey, level: None, generator: np.random.Generator) -> Grey:
    """Return min(1, x + l): l the teeth along a line that is level or leans a little."""
    del level
    height, width = picture.shape
    left, right = 2, width - 3
    start = int(generator.integers(0, height - 1))
    corners = _teeth((left, start), (right, start + int(generator.integers(-5, 5))))
    found = unit(picture)
    for first, second in pairwise(corners):
        found = np.minimum(found + line(picture.shape, first, second), 1)
    return grey(found)


def line(shape: tuple[int, ...], first: Place, second: Place) -> Unit:
    """Return (height, width): 1 + log(1 - d / 2.3) at d pixels above or below a line, at least 0.

    In the columns from the first place, rounded down, up to the second, rounded up.
    """
    rows, columns = np.arange(shape[0])[:, None], np.arange(shape[1])
    rise = (second[1] - first[1]) / (second[0] - first[0])
    away = np.abs(rows - (first[1] + rise * (columns - first[0])))
    drawn = 1 + np.log(1 - np.minimum(away, REACH - 1e-9) / REACH)
    there = (columns >= math.floor(first[0])) & (columns < math.ceil(second[0]))
    found: Unit = np.where(there, drawn.clip(0, 1), 0).astype(np.float32)
    return found


def _teeth(first: Place, second: Place) -> list[Place]:
    """Return a zigzag's corners, from one end of its middle line to the other."""
    angle = math.atan2(second[1] - first[1], second[0] - first[0])
    length = math.dist(first, second)
    count = int((length - TOOTH) // (2 * TOOTH)) + 1
    along = [0.0, *(TOOTH * (2 * i + 1) for i in range(count))]
    aside = [0.0, *(TOOTH * (-1) ** i for i in range(count))]
    rest = length - 2 * TOOTH * (length // (2 * TOOTH))
    if rest:
        along.append(length)
        aside.append(aside[-1] / (2 * rest))
    return _turned(np.array([along, aside]), angle, first)


def _turned(places: NDArray[np.float64], angle: float, first: Place) -> list[Place]:
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = np.array([[cos, -sin], [sin, cos]]) @ places + np.array(first, float)[:, None]
    return list(zip(x.tolist(), y.tolist(), strict=True))
