"""Signs between numbers, drawn by rule: each where it stands, in heights of a digit.

y is 0 at the digits' top and 1 at the line they stand on, so a point is low and a minus in the
middle, whatever its own size is.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data.drawn import digit_shapes
from pilgi.data.lines.glyphs import Glyph
from pilgi.ink.geometry import crop, normalize

EACH: Final = 300
SEED: Final = 20_261_127

SCALE: Final = 80
"""Pixels a height that signs are drawn with, before they are brought to 28x28."""

ROOM: Final = 0.5
"""Heights of paper around: a comma hangs below the line, and a hand wanders."""

_RING: Final = ((0.12, 0), (0, 0.12), (0.12, 0.28), (0.24, 0.14), (0.12, 0))
_LOW_RING: Final = ((0.52, 0.68), (0.4, 0.82), (0.52, 0.98), (0.64, 0.84), (0.52, 0.68))

SHAPES: Final[Mapping[str, tuple[digit_shapes.Shape, ...]]] = {
    "-": ((((0, 0.5), (0.5, 0.5)),), (((0, 0.55), (0.15, 0.48), (0.35, 0.55), (0.5, 0.48)),)),
    "+": ((((0, 0.55), (0.5, 0.55)), ((0.25, 0.3), (0.25, 0.8))),),
    "/": (
        (((0.55, -0.05), (0, 1.05)),),
        (((0.7, -0.1), (0, 1.1)),),
        (((0.6, -0.05), (0.25, 0.5), (0, 1.15)),),
    ),
    ".": ((((0, 0.95),),), (((0, 0.94), (0.04, 0.96)),)),
    ",": ((((0.08, 0.9), (0.09, 1.0), (0, 1.2)),), (((0.1, 0.92), (0, 1.18)),)),
    ":": ((((0, 0.35),), ((0, 0.9),)),),
    "*": (
        (((0, 0.3), (0.45, 0.75)), ((0.45, 0.3), (0, 0.75))),
        (((0, 0.55),),),
        (((0.2, 0.25), (0.2, 0.75)), ((0, 0.38), (0.4, 0.62)), ((0.4, 0.38), (0, 0.62))),
    ),
    "=": ((((0, 0.42), (0.5, 0.42)), ((0, 0.65), (0.5, 0.65))),),
    "%": ((((0.6, 0), (0.05, 1)), _RING, _LOW_RING),),
}
"""A sign's name -> the shapes it is drawn in."""

DOTS: Final = ".:"
"""Signs whose strokes are dots: blobs, wider than the pen."""


def ruled_signs() -> dict[str, list[Glyph]]:
    """Return `EACH` drawings of each sign by its name, always the same."""
    found: dict[str, list[Glyph]] = {}
    for at, (name, shapes) in enumerate(SHAPES.items()):
        seeds = ([SEED, at, number] for number in range(EACH))
        draws = [np.random.Generator(np.random.PCG64(seed)) for seed in seeds]
        found[name] = [
            _drawing(shapes[number % len(shapes)], name in DOTS, rng)
            for number, rng in enumerate(draws)
        ]
    return found


def _drawing(shape: digit_shapes.Shape, dots: bool, rng: np.random.Generator) -> Glyph:
    import cv2

    size = np.array([rng.uniform(0.7, 1.3), rng.uniform(0.85, 1.15)])
    slant = np.array([[1, 0], [rng.normal(0, 0.12), 1]])
    move = (0.0, rng.normal(0, 0.04))
    pen = rng.uniform(0.09, 0.18) * (rng.uniform(1, 1.8) if dots else 1)
    lines = [digit_shapes.spline(digit_shapes.shaken(points, 0.02, rng)) for points in shape]
    middle = np.concatenate(lines).mean(axis=0)
    lines = [(line - middle) * size @ slant + middle + move for line in lines]
    canvas = np.zeros((round((1 + 2 * ROOM) * SCALE), round((1 + 2 * ROOM) * SCALE)), np.uint8)
    # A point alone draws nothing, so each stroke ends twice.
    fixed = [_pixels(np.concatenate([line, line[-1:]])) for line in lines]
    cv2.polylines(canvas, fixed, False, 255, max(1, round(pen * SCALE)))
    foot = int(np.flatnonzero(canvas.any(axis=1))[-1]) + 1
    return Glyph(normalize(canvas), max(crop(canvas).shape) / SCALE, foot / SCALE - ROOM - 1)


def _pixels(line: NDArray[Any]) -> NDArray[np.int32]:
    return np.rint((line + ROOM) * SCALE).astype(np.int32)
