"""Pictures of no digit: blanks, scribbles and two digits where one is asked, drawn by rule.

Two sets of families, so that "not sure" can be learnt from some and measured on others.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from pilgi import ink
from pilgi.data.drawn import digit_shapes
from pilgi.data.drawn.digit_shapes import Strokes
from pilgi.data.drawn.doodles import DOODLES, Family, turned
from pilgi.data.drawn.signs import SIGNS_BETWEEN
from pilgi.data.split import Split

EACH: Final = 800
SEED: Final = 20_260_102


def blank(_: np.random.Generator) -> Strokes:
    """Nothing."""
    return []


def dots(rng: np.random.Generator) -> Strokes:
    """A few dots."""
    return [rng.uniform(0, 1, (1, 2)) for _ in range(rng.integers(2, 9))]


def zigzag(rng: np.random.Generator) -> Strokes:
    """One line to and fro."""
    turns = rng.integers(5, 14)
    across = np.linspace(0, 1, turns)
    beside = np.where(np.arange(turns) % 2, 1.0, 0.0) * rng.uniform(0.3, 1.2)
    line = np.stack([across, beside], 1) + rng.normal(0, 0.07, (turns, 2))
    return turned([line], rng)


def spiral(rng: np.random.Generator) -> Strokes:
    """A line that winds outwards, two to four times around."""
    t = np.linspace(0, 2 * np.pi * rng.uniform(2, 4), 90)[:, None]
    line = t * np.hstack([np.cos(t), np.sin(t)]) * (1, rng.uniform(0.5, 1))
    return turned([line + rng.normal(0, 0.15, line.shape)], rng)


def tangle(rng: np.random.Generator) -> Strokes:
    """A smooth line through places anywhere."""
    return [digit_shapes.spline(rng.uniform(0, 1, (rng.integers(9, 18), 2)))]


def sticks(rng: np.random.Generator) -> Strokes:
    """Straight lines anywhere."""
    return [rng.uniform(0, 1, (2, 2)) for _ in range(rng.integers(3, 8))]


def hatching(rng: np.random.Generator) -> Strokes:
    """Parallel lines, some of them crossed."""
    lines = [np.array([[0, y], [1, y]]) for y in np.linspace(0, 1, rng.integers(3, 7))]
    if rng.random() < 0.5:
        lines += [line[:, ::-1] for line in lines]
    return turned([line + rng.normal(0, 0.04, (2, 2)) for line in lines], rng)


def pair(rng: np.random.Generator) -> Strokes:
    """Two digits side by side, near or touching."""
    first, second = digit_shapes.any_digit(rng), digit_shapes.any_digit(rng)
    points = np.concatenate(first), np.concatenate(second)
    gap = np.ptp(points[0][:, 0]) * rng.uniform(0.0, 0.5)
    shift = (points[0][:, 0].max() + gap - points[1][:, 0].min(), rng.normal(0, 60))
    return [*first, *(line + shift for line in second)]


def wave(rng: np.random.Generator) -> Strokes:
    """A sine of several periods."""
    t = np.linspace(0, 1, 80)
    high = np.sin(2 * np.pi * rng.uniform(2.5, 6) * t + rng.uniform(0, 6)) * rng.uniform(0.1, 0.4)
    return turned([np.stack([t, high + rng.normal(0, 0.01, 80)], 1)], rng)


def scrawl(rng: np.random.Generator) -> Strokes:
    """A walk whose direction drifts: what a bored hand draws."""
    angle = np.cumsum(rng.normal(0, rng.uniform(0.4, 0.9), 260))
    return [np.cumsum(np.stack([np.cos(angle), np.sin(angle)], 1), axis=0)]


def star(rng: np.random.Generator) -> Strokes:
    """A star drawn in one line."""
    points = int(rng.choice([5, 7]))
    at = np.arange(points + 1) * (points // 2) * 2 * np.pi / points
    corners = np.stack([np.cos(at), np.sin(at)], 1)
    return turned([corners + rng.normal(0, 0.06, corners.shape)], rng)


def rings(rng: np.random.Generator) -> Strokes:
    """Three to six rings, anywhere."""
    t = np.linspace(0, 2 * np.pi, 24)
    ring = np.stack([np.cos(t), np.sin(t)], 1)
    return [ring * rng.uniform(0.1, 0.35) + rng.uniform(0, 1, 2) for _ in range(rng.integers(3, 7))]


def blot(rng: np.random.Generator) -> Strokes:
    """A patch filled by lines to and fro."""
    rows = np.linspace(0, 1, rng.integers(12, 20))
    half = np.sqrt(np.clip(0.25 - (rows - 0.5) ** 2, 0.01, None)) * rng.uniform(0.7, 1.3)
    side = np.where(np.arange(len(rows)) % 2, 1, -1)
    return turned([np.stack([0.5 + side * half, rows], 1)], rng)


def arrow(rng: np.random.Generator) -> Strokes:
    """A line with a head at each end."""
    head = np.array([[-0.25, -0.2], [0, 0], [-0.25, 0.2]])
    lines = [np.array([[0.0, 0], [1, 0]]), head + np.array([1, 0]), -head]
    return turned(lines, rng)


FAMILIES: Final[Mapping[str, Family]] = {
    "blank": blank,
    "dots": dots,
    "zigzag": zigzag,
    "spiral": spiral,
    "tangle": tangle,
    "sticks": sticks,
    "hatching": hatching,
    "pair": pair,
    "wave": wave,
    "scrawl": scrawl,
    "star": star,
    "rings": rings,
    "blot": blot,
    "arrow": arrow,
    **DOODLES,
    **SIGNS_BETWEEN,
}
"""A drawing's seed is its family's place, so new families come last."""

UNSEEN: Final = ("wave", "scrawl", "star", "rings", "blot", "arrow")
LEARNT: Final = tuple(family for family in FAMILIES if family not in UNSEEN)


def drawn(name: str, part: str) -> Split:
    """Return `EACH` drawings of each family to learn from (train), or of each other one (test)."""
    families = LEARNT if part == "train" else UNSEEN
    classes = tuple(FAMILIES)
    labels = np.array([classes.index(family) for family in families for _ in range(EACH)])
    images = np.stack(
        [
            ink.from_strokes(drawing(classes[label], number % EACH), y_up=False)
            for number, label in enumerate(labels.tolist())
        ]
    )
    return Split(name, images, labels, classes)


def drawing(family: str, number: int) -> Strokes:
    """Return the strokes of drawing `number` of a family, y downwards, any size."""
    seeds = [SEED, list(FAMILIES).index(family), number]
    return FAMILIES[family](np.random.Generator(np.random.PCG64(seeds)))
