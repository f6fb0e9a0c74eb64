"""Digits in the shapes that countries teach, drawn stroke by stroke: what MNIST hardly has.

The 1 with a long upstroke or a foot, the 7 crossed or not, humped or not, the 0 slashed or dotted,
the 8 open at the top, of two loops or of two rings, the 4 open, closed or like an h, the 9 like a
g, its tail straight or hooked, the 5 whose bar is a stroke of its own, near or far. Every drawing
is a shape of `SHAPES`, its points shaken, joined by splines, then stretched, slanted and turned.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi import ink
from pilgi.data.formats.arrays import DIGITS
from pilgi.data.split import Split

Points = Sequence[tuple[float, float]]
Stroke = NDArray[np.float64]
Strokes = list[Stroke]
Shape = Sequence[Points]

COUNT: Final = 10_000
SEED: Final = 20_260_101
MANY: Final = 9**6
"""Numbers that `any_digit` chooses from: more than any set takes."""

_FLAG: Final = ((0.28, 0.2), (0.5, 0), (0.5, 0), (0.5, 1))
_UPSTROKE: Final = ((0.05, 0.5), (0.35, 0.2), (0.55, 0), (0.55, 0), (0.55, 1))
_LONG: Final = ((0, 0.85), (0.3, 0.4), (0.6, 0), (0.6, 0), (0.6, 1))
_FOOT: Final = ((0.2, 1), (0.85, 1))
_OVAL: Final = (
    *((0.6, 0), (0.25, 0.1), (0.05, 0.5), (0.25, 0.92), (0.5, 1)),
    *((0.8, 0.85), (0.92, 0.45), (0.75, 0.08), (0.5, 0.02)),
)
_SEVEN: Final = ((0.05, 0.02), (0.9, 0), (0.9, 0), (0.35, 1))
_SERIF: Final = ((0.05, 0.2), (0.05, 0.02), (0.05, 0.02), (0.9, 0), (0.9, 0), (0.4, 1))
_BENT: Final = ((0, 0.06), (0.45, 0.05), (0.9, 0), (0.9, 0), (0.6, 0.4), (0.5, 1))
_WAVE: Final = ((0.05, 0.15), (0.2, 0), (0.55, 0.1), (0.9, 0), (0.9, 0), (0.4, 0.6), (0.35, 1))
_HUMPED: Final = (
    *((0, 0.3), (0.12, 0.02), (0.3, 0.18), (0.6, 0.1)),
    *((0.9, 0), (0.9, 0), (0.6, 0.45), (0.45, 1)),
)
_CROSS: Final = ((0.25, 0.5), (0.85, 0.48))
_FIVE: Final = (
    *((0.2, 0), (0.15, 0.42), (0.15, 0.42), (0.55, 0.36)),
    *((0.88, 0.65), (0.55, 0.98), (0.1, 0.9)),
)
_ROUND: Final = ((0.75, 0.12), (0.4, 0), (0.12, 0.22), (0.35, 0.46), (0.72, 0.3), (0.78, 0.1))

SHAPES: Final[Mapping[str, Sequence[Shape]]] = {
    "0": (
        (_OVAL,),
        ((*_OVAL[1:], (0.3, 0.2)),),
        (_OVAL, ((0.15, 0.95), (0.85, 0.05))),
        (_OVAL, ((-0.1, 1.1), (1.1, -0.1))),
        (_OVAL, ((0.3, 0.7), (0.7, 0.3))),
        (_OVAL, ((0.15, 0.05), (0.85, 0.95))),
        (_OVAL, ((0.1, 0.5), (0.9, 0.5))),
        (_OVAL, ((0.5, 0.0), (0.5, 1.0))),
        ((*_OVAL, (0.8, 0.1), (0.1, 0.95)),),
        (_OVAL, ((0.5, 0.5),)),
        (_OVAL, ((0.48, 0.46), (0.52, 0.54))),
        (_OVAL, ((0.0, 1.1), (1.15, -0.3))),
        (_OVAL, ((0.45, 0.85), (0.8, 0.1))),
    ),
    "1": (
        (((0.5, 0), (0.5, 1)),),
        (_FLAG,),
        (_UPSTROKE,),
        (_LONG,),
        (_FLAG, _FOOT),
        (_UPSTROKE, _FOOT),
        (_LONG, _FOOT),
        (((0.5, 0), (0.5, 1)), _FOOT),
        ((*_UPSTROKE, (0.55, 1), (0.2, 1), (0.9, 1)),),
        (((-0.15, 1), (0.2, 0.45), (0.55, 0), (0.55, 0), (0.5, 1)),),
        (((0.05, 0.4), (0.3, 0.06), (0.5, 0.02), (0.57, 0.25), (0.5, 1)),),
        (((0.0, 0.6), (0.55, 0), (0.55, 0), (0.52, 1)), ((0.1, 1.02), (1.0, 0.96))),
    ),
    "2": (
        (((0.05, 0.25), (0.45, 0), (0.85, 0.25), (0.5, 0.65), (0, 1), (0, 1), (0.95, 1)),),
        (((0.1, 0.2), (0.6, 0), (0.75, 0.3), (0, 0.98), (0.15, 0.8), (0.45, 0.95), (1, 0.98)),),
        (((0.1, 0.05), (0.6, 0), (0.8, 0.25), (0, 1), (0, 1), (0.9, 0.95)),),
        (((0.3, 0.3), (0.15, 0.15), (0.5, 0), (0.8, 0.3), (0.05, 1), (0.05, 1), (0.9, 1)),),
    ),
    "3": (
        (
            (
                *((0.1, 0.12), (0.5, 0), (0.8, 0.22), (0.4, 0.45), (0.4, 0.45)),
                *((0.85, 0.7), (0.5, 1), (0.05, 0.88)),
            ),
        ),
        (((0.1, 0), (0.85, 0), (0.85, 0), (0.4, 0.4), (0.9, 0.7), (0.5, 1), (0.05, 0.9)),),
        (((0.1, 0.1), (0.7, 0.05), (0.45, 0.45), (0.3, 0.5), (0.85, 0.65), (0.6, 1), (0, 0.95)),),
    ),
    "4": (
        (((0.3, 0), (0, 0.62), (0, 0.62), (0.95, 0.6)), ((0.68, 0.3), (0.62, 1))),
        (((0.1, 0), (0.1, 0.5), (0.1, 0.5), (0.85, 0.5)), ((0.78, 0), (0.75, 1))),
        (((0.1, 0), (0.12, 0.4), (0.45, 0.55), (0.8, 0.4)), ((0.82, 0), (0.78, 1))),
        (((0.2, 0), (0.1, 0.5), (0.12, 0.55), (0.45, 0.42), (0.78, 0.6), (0.7, 1)),),
        (((0.4, 0), (0.0, 0.4), (0.3, 0.65), (0.95, 0.5)), ((0.6, 0.3), (0.55, 1))),
        (((0.3, 0), (0.05, 0.55), (0.05, 0.55), (0.8, 0.5)), ((0.7, -0.1), (0.62, 0.85))),
        (((0.3, 0), (0.05, 0.5), (0.4, 0.6), (0.8, 0.4), (0.85, 0.1), (0.72, 0.5), (0.6, 1)),),
        (((0.65, 1), (0.65, 0), (0.65, 0), (0, 0.68), (0, 0.68), (1, 0.68)),),
        (((0.95, 0.65), (0, 0.65), (0, 0.65), (0.68, 0), (0.68, 0), (0.66, 1)),),
    ),
    "5": (
        (((0.9, 0), (0.2, 0), (0.2, 0), *_FIVE[1:]),),
        (_FIVE, ((0.2, 0), (0.95, 0))),
        (_FIVE, ((0.3, -0.06), (1.05, -0.08))),
        (_FIVE, ((0.35, 0.1), (1, 0.02))),
        (_FIVE, ((0.5, -0.04), (1.15, -0.16))),
        (_FIVE, ((0.1, -0.12), (0.85, -0.14))),
        (
            ((0.25, 0.05), (0.2, 0.4), (0.7, 0.45), (0.8, 0.75), (0.4, 1), (0.05, 0.9)),
            ((0.42, 0), (1, 0.05)),
        ),
        (((0.85, 0), (0.3, 0.05), (0.15, 0.38), (0.8, 0.6), (0.65, 0.95), (0.1, 0.95)),),
    ),
    "6": (
        (((0.75, 0), (0.2, 0.4), (0.1, 0.8), (0.45, 1), (0.8, 0.75), (0.5, 0.52), (0.12, 0.72)),),
        (((0.4, 0), (0.1, 0.75), (0.45, 1), (0.75, 0.78), (0.5, 0.6), (0.12, 0.8)),),
        (
            (
                *((0.7, 0.02), (0.25, 0.3), (0.05, 0.7), (0.35, 1)),
                *((0.8, 0.85), (0.75, 0.5), (0.4, 0.42), (0.1, 0.65)),
            ),
        ),
        (
            (
                *((0.95, 0.2), (0.4, 0.1), (0, 0.6), (0.4, 1)),
                *((0.95, 0.85), (0.85, 0.5), (0.4, 0.45), (0.05, 0.75)),
            ),
        ),
        (((0.85, 0.1), (0.5, 0), (0.1, 0.6), (0.5, 1), (0.85, 0.7), (0.5, 0.5), (0.1, 0.65)),),
    ),
    "7": (
        (_SEVEN,),
        (_SERIF,),
        (_BENT,),
        (_WAVE,),
        (_SEVEN, _CROSS),
        (_SERIF, _CROSS),
        (_BENT, _CROSS),
        (_WAVE, _CROSS),
        (_SEVEN, ((0.3, 0.62), (0.8, 0.38))),
        (_HUMPED,),
        (_HUMPED, _CROSS),
        (_HUMPED, ((0.15, 0.6), (0.95, 0.45))),
    ),
    "8": (
        (
            (
                *((0.75, 0.12), (0.4, 0), (0.15, 0.22), (0.5, 0.48), (0.85, 0.78)),
                *((0.5, 1), (0.12, 0.78), (0.5, 0.48), (0.82, 0.2), (0.72, 0.08)),
            ),
        ),
        (
            (
                *((0.7, 0.05), (0.3, 0.02), (0.12, 0.22), (0.5, 0.48), (0.85, 0.78)),
                *((0.5, 1), (0.1, 0.8), (0.45, 0.5), (0.95, 0.05)),
            ),
        ),
        (
            (
                *((0.15, 0.05), (0.4, 0.4), (0.8, 0.75), (0.45, 1)),
                *((0.1, 0.75), (0.5, 0.45), (0.85, 0.0)),
            ),
        ),
        (
            ((0.5, 0), (0.2, 0.2), (0.5, 0.45), (0.8, 0.2), (0.5, 0)),
            ((0.5, 0.45), (0.08, 0.72), (0.5, 1), (0.92, 0.72), (0.5, 0.45)),
        ),
        (
            ((0.5, 0), (0.15, 0.25), (0.5, 0.5), (0.85, 0.25), (0.45, 0)),
            ((0.55, 0.5), (0.1, 0.75), (0.5, 1), (0.9, 0.75), (0.45, 0.5)),
        ),
        (
            ((0.5, 0), (0.22, 0.2), (0.5, 0.42), (0.78, 0.2), (0.5, 0)),
            ((0.5, 0.5), (0.12, 0.75), (0.5, 1), (0.88, 0.75), (0.5, 0.5)),
        ),
        (
            ((0.6, 0), (0.25, 0.22), (0.55, 0.5), (0.95, 0.25), (0.62, 0)),
            ((0.45, 0.42), (0.02, 0.7), (0.4, 1), (0.8, 0.72), (0.42, 0.42)),
        ),
    ),
    "9": (
        ((*_ROUND, (0.78, 0.1), (0.75, 0.5), (0.7, 1)),),
        ((*_ROUND, (0.78, 0.1), (0.8, 0.75), (0.5, 1), (0.08, 0.88)),),
        ((*_ROUND, (0.85, 0.55), (0.7, 0.9), (0.35, 1), (0.1, 0.8)),),
        (((0.8, 0.2), (0.4, 0), (0.1, 0.25), (0.4, 0.48), (0.8, 0.2), (0.6, 0.7), (0.3, 1)),),
        (_ROUND, ((0.8, 0.05), (0.72, 1))),
        ((*_ROUND, (0.8, 0.15), (0.95, 0.6), (0.75, 0.98), (0.35, 0.98), (0.15, 0.75)),),
        ((*_ROUND, (0.8, 0.1), (0.9, 0.6), (0.5, 1), (0.0, 1.02), (-0.15, 0.85)),),
        ((*_ROUND, (0.8, 0.1), (0.45, 1)),),
    ),
}


def drawn(name: str, _part: str) -> Split:
    """Return `COUNT` drawings, 1,000 of each digit, its shapes in turn; there is one part."""
    return first(COUNT, name)


def first(count: int, name: str = "hands") -> Split:
    """Return the first `count` drawings, the digits in turn."""
    labels = np.arange(count) % len(DIGITS)
    images = np.stack(
        [
            ink.from_strokes(drawing(DIGITS[label], number // len(DIGITS)), y_up=False)
            for number, label in enumerate(labels)
        ]
    )
    return Split(name, images, labels.astype(np.int64), DIGITS)


def drawing(digit: str, number: int) -> Strokes:
    """Return the strokes of drawing `number` of a digit: (n, 2) each, y downwards, any size."""
    rng = np.random.Generator(np.random.PCG64([SEED, int(digit), number]))
    shapes = SHAPES[digit]
    tremor = rng.uniform(0.01, 0.06)
    lines = [shaken(points, tremor, rng) for points in shapes[number % len(shapes)]]
    whose = hand(rng)
    return [np.rint(1000 * spline(line) @ whose) for line in lines]


def any_digit(rng: np.random.Generator) -> Strokes:
    """Return the strokes of any drawing of any digit."""
    return drawing(DIGITS[rng.integers(10)], int(rng.integers(MANY)))


def shaken(points: Points, tremor: float, rng: np.random.Generator) -> Stroke:
    """Move every point a little, and the stroke as a whole; the two of a corner stay together."""
    line = np.array(points, float)
    moves = rng.normal(0, tremor, line.shape)
    repeated = np.flatnonzero((line[1:] == line[:-1]).all(axis=1))
    moves[repeated + 1] = moves[repeated]
    return line + moves + rng.normal(0, 0.02, 2)


def hand(rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the (2, 2) map of a hand: narrow or wide, slanted, turned."""
    width, slant = 0.7 * np.exp(rng.normal(0, 0.2)), float(np.clip(rng.normal(0, 0.2), -0.6, 0.6))
    turn = rng.normal(0, 0.1)
    turned = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    found: NDArray[np.float64] = np.array([[width, 0], [-slant, 1]]) @ turned
    return found


def spline(line: Stroke, steps: int = 8) -> Stroke:
    """Return the Catmull-Rom spline (1974) through points (n, 2), `steps` a piece.

    A point given twice is a corner.
    """
    if len(line) < 3:
        return line
    before, after = np.vstack([line[:1], line[:-2]]), np.vstack([line[2:], line[-1:]])
    moving = (line[:-1] != line[1:]).any(axis=1)
    a, b, c, d = (each[moving][:, None] for each in (before, line[:-1], line[1:], after))
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    curve = 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )
    return np.vstack([curve.reshape(-1, 2), line[-1:]])
