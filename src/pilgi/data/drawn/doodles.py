"""Families of scribbles: what people draw when no digit is asked of them, as strokes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np

from pilgi.data.drawn import digit_shapes
from pilgi.data.drawn.digit_shapes import Stroke, Strokes

Family = Callable[[np.random.Generator], Strokes]


def turned(lines: Strokes, rng: np.random.Generator, most: float = np.pi) -> Strokes:
    """Turn a drawing by any angle, or by at most so many radians either way."""
    angle = rng.uniform(-most, most)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return [line @ turn for line in lines]


def doodle(rng: np.random.Generator) -> Strokes:
    """Three to six strokes anywhere: straight, bent, wound or closed."""
    count = rng.integers(3, 7)
    return [_stroke(rng) * rng.uniform(0.5, 1.2) + rng.uniform(0, 1, 2) for _ in range(count)]


def _stroke(rng: np.random.Generator) -> Stroke:
    """Return a stroke of about unit size."""
    if rng.random() < 0.3:
        return np.array(rng.uniform(0, 1, (2, 2)))
    points = rng.uniform(0, 1, (rng.integers(3, 7), 2))
    if rng.random() < 0.3:
        points = np.concatenate([points, points[:1]])
    return digit_shapes.spline(points)


def coil(rng: np.random.Generator) -> Strokes:
    """A line of loops, as joined-up e or l: one way on while it goes around."""
    t = np.linspace(0, 2 * np.pi * rng.integers(2, 6), 120)
    tall = np.linspace(1, rng.uniform(0.5, 1.5), 120)
    line = np.stack([t * rng.uniform(0.08, 0.3) - 0.5 * np.cos(t), tall * np.sin(t)], 1)
    return turned([line + rng.normal(0, 0.03, line.shape)], rng, 0.6)


def polygon(rng: np.random.Generator) -> Strokes:
    """Three to five corners joined and closed; some of four and five have a diagonal."""
    count = int(rng.integers(3, 6))
    angles = 2 * np.pi * (np.arange(count) + rng.uniform(-0.25, 0.25, count)) / count
    corners = np.stack([np.cos(angles), np.sin(angles)], 1) * rng.uniform(0.7, 1.3, (count, 1))
    lines = [np.concatenate([corners, corners[:1]])]
    if rng.random() < 0.3:
        lines.append(corners[[0, count // 2]])
    return turned(lines, rng)


def face(rng: np.random.Generator) -> Strokes:
    """A head with eyes and a mouth."""
    t = np.linspace(0, 2 * np.pi, 40)
    head = np.stack([np.cos(t) * rng.uniform(0.7, 1.2), np.sin(t)], 1)
    smile = np.linspace(0.2, np.pi - 0.2, 12)
    mouth = np.stack([np.cos(smile), rng.uniform(-1, 1) * np.sin(smile)], 1) * 0.45
    eyes = [np.array([[side * rng.uniform(0.25, 0.4), -0.3]]) for side in (-1, 1)]
    mouth[:, 1] += rng.uniform(0.2, 0.5)
    return [head, *eyes, mouth]


def struck(rng: np.random.Generator) -> Strokes:
    """A digit that its writer crossed out, to and fro."""
    digit = digit_shapes.any_digit(rng)
    points = np.concatenate(digit)
    low, size = points.min(axis=0), np.ptp(points, axis=0).max()
    turns = int(rng.integers(4, 10))
    along = np.linspace(-0.1, 1.1, turns)
    beside = np.where(np.arange(turns) % 2, 1.1, -0.1) + rng.normal(0, 0.1, turns)
    line = np.stack([beside, along] if rng.random() < 0.5 else [along, beside], 1)
    return [*digit, low + size * line]


def sign(rng: np.random.Generator) -> Strokes:
    """A sign of arithmetic or of writing, and marks that are ticked."""
    shape = SIGNS[int(rng.integers(len(SIGNS)))]
    slant = np.array([[rng.uniform(0.6, 1.3), 0], [rng.normal(0, 0.2), 1]])
    return [digit_shapes.spline(digit_shapes.shaken(points, 0.04, rng)) @ slant for points in shape]


SIGNS: Final[Sequence[digit_shapes.Shape]] = (
    (((0, 0.5), (1, 0.5)), ((0.5, 0), (0.5, 1))),
    (((0, 0), (1, 1)), ((0, 1), (1, 0))),
    (((0, 0.3), (1, 0.3)), ((0, 0.7), (1, 0.7))),
    (((0, 0.3), (1, 0.3)), ((0, 0.7), (1, 0.7)), ((0.8, 0), (0.2, 1))),
    (((0.3, 0), (0.2, 1)), ((0.7, 0), (0.6, 1)), ((0, 0.3), (1, 0.3)), ((0, 0.7), (1, 0.7))),
    (((0, 0.2), (0.4, 0), (0.8, 0.25), (0.45, 0.5), (0.42, 0.75)), ((0.42, 1),)),
    (((0, 0.5), (0.35, 1), (0.35, 1), (1, 0)),),
    (
        ((0.9, 0), (0.1, 1)),
        ((0.2, 0), (0, 0.15), (0.2, 0.3), (0.35, 0.15), (0.2, 0)),
        ((0.8, 0.7), (0.65, 0.85), (0.8, 1), (1, 0.85), (0.8, 0.7)),
    ),
    (((0, 0.5), (1, 0.5)), ((0.5, 0.1),), ((0.5, 0.9),)),
    (((0.5, 0), (0.5, 1)), ((0, 0.25), (1, 0.75)), ((0, 0.75), (1, 0.25))),
    (((0.5, 0.5), (0.2, 0.1), (0, 0.35), (0.5, 1), (1, 0.35), (0.8, 0.1), (0.5, 0.5)),),
    (
        ((0.2, 0), (0, 0), (0, 0), (0, 1), (0, 1), (0.2, 1)),
        ((0.8, 0), (1, 0), (1, 0), (1, 1), (1, 1), (0.8, 1)),
    ),
)

DOODLES: Final[Mapping[str, Family]] = {
    "doodle": doodle,
    "coil": coil,
    "polygon": polygon,
    "face": face,
    "struck": struck,
    "sign": sign,
}
