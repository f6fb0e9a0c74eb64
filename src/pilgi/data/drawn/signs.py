"""Families of signs that stand between numbers: no digits, though a digit's strokes.

None of them is a single stroke that stands: that is a 1 (see `pilgi.data.lookalikes`).
"""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from pilgi.data.drawn.digit_shapes import Stroke, Strokes, spline

LEAST: Final = 43.0
MOST: Final = 65.0
"""Degrees from the vertical that a slash leans, drawn with a pen of any width."""

LYING: Final = 12.0
"""Degrees that a minus leaves the horizontal at most."""


def slash(rng: np.random.Generator) -> Strokes:
    """One stroke that leans to the right, a little bent."""
    return [_straight(np.radians(rng.uniform(LEAST, MOST)), rng)]


def backslash(rng: np.random.Generator) -> Strokes:
    """One stroke that leans to the left, a little bent."""
    return [_straight(-np.radians(rng.uniform(LEAST, MOST)), rng)]


def minus(rng: np.random.Generator) -> Strokes:
    """One stroke that lies, a little bent; now and then with a small hook."""
    line = _straight(np.pi / 2 + np.radians(rng.uniform(-LYING, LYING)), rng)
    if rng.random() < 0.2:
        hook = line[-1] + rng.uniform(-0.12, 0.12, 2)
        line = np.vstack([line, hook])
    return [line]


def percent(rng: np.random.Generator) -> Strokes:
    """A slash between two rings."""
    lean = np.radians(rng.uniform(15, 50))
    line = _straight(lean, rng)
    out = rng.uniform(0.3, 0.45)
    middles = np.array([[-out, -out], [out, out]]) * rng.uniform(0.8, 1.2, (2, 2))
    return [line, *(_ring(middle, rng.uniform(0.12, 0.24), rng) for middle in middles)]


def comma(rng: np.random.Generator) -> Strokes:
    """A short stroke that hooks down and to the left, from a head that is wider."""
    tail = np.array([(0.8, 0), (0.9, 0.25), (0.6, 0.6), (0, 0.85)]) * rng.uniform(0.8, 1.2, (1, 2))
    head = _ring(tail[0] + (-0.06, 0.06), rng.uniform(0.03, 0.12), rng)
    return [head, spline(tail + rng.normal(0, 0.04, tail.shape))]


def point(rng: np.random.Generator) -> Strokes:
    """A dot, filled by a line that winds outwards."""
    t = np.linspace(0, 2 * np.pi * 6, 100) + rng.uniform(0, 2 * np.pi)
    out = np.linspace(0, 1, 100) + rng.normal(0, 0.04, 100)
    return [np.stack([np.cos(t) * out * rng.uniform(0.7, 1.3), np.sin(t) * out], 1)]


def _straight(lean: float, rng: np.random.Generator) -> Stroke:
    """Return a stroke of about unit length whose ends lean so, in radians, to the right."""
    way, beside = np.array([np.sin(lean), -np.cos(lean)]), np.array([np.cos(lean), np.sin(lean)])
    bend = beside * rng.normal(0, 0.03)
    points = np.array([-way / 2, bend, way / 2])
    return spline(points + rng.normal(0, 0.008, points.shape))


def _ring(middle: Stroke, half: float, rng: np.random.Generator) -> Stroke:
    t = np.linspace(0, 2 * np.pi * rng.uniform(0.9, 1.1), 20)
    ring = np.stack([np.cos(t) * rng.uniform(0.7, 1.2), np.sin(t)], 1) * half
    found: Stroke = middle + ring
    return found


SIGNS_BETWEEN: Final[Mapping[str, Callable[[np.random.Generator], Strokes]]] = {
    "slash": slash,
    "backslash": backslash,
    "minus": minus,
    "percent": percent,
    "comma": comma,
    "point": point,
}
