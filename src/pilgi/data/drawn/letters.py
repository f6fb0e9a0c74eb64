"""Letters, drawn by rule: Latin ones as plotters draw them, and Hangul, in shaken hands.

Latin letters are strokes of Hershey's fonts (1967), bent by a smooth field; a Hangul syllable is
set of its consonants and its vowel. Letters that look like digits are drawn too: who learns what
is no digit leaves them out.
"""

from collections.abc import Mapping
from functools import cache
from string import ascii_lowercase, ascii_uppercase
from typing import Any, Final

import numpy as np

from pilgi import ink
from pilgi.data.drawn import digit_shapes
from pilgi.data.drawn.digit_shapes import Strokes
from pilgi.data.split import Split

LATIN: Final = ascii_uppercase + ascii_lowercase
HANGUL: Final = "Hangul"
"""The class of all syllables."""

CLASSES: Final = (*LATIN, HANGUL)
FONTS: Final = ("futural", "scripts", "cursive", "rowmand", "timesi")
EACH: Final = 120
SYLLABLES: Final = 2000
SEED: Final = 20_260_103

_CIRCLE: Final = ((0.5, 0), (0.1, 0.3), (0.2, 0.9), (0.8, 0.9), (0.9, 0.3), (0.5, 0))
CONSONANTS: Final[Mapping[str, digit_shapes.Shape]] = {
    "ㄱ": (((0, 0), (1, 0), (1, 0), (0.8, 1)),),
    "ㄴ": (((0, 0), (0, 1), (0, 1), (1, 1)),),
    "ㄷ": (((0, 0), (1, 0)), ((0, 0), (0, 1), (0, 1), (1, 1))),
    "ㄹ": (
        ((0, 0), (1, 0), (1, 0), (1, 0.5)),
        ((0, 0.5), (1, 0.5)),
        ((0, 0.5), (0, 1), (0, 1), (1, 1)),
    ),
    "ㅁ": (((0, 0), (0, 1)), ((0, 0), (1, 0), (1, 0), (1, 1)), ((0, 1), (1, 1))),
    "ㅂ": (((0, 0), (0, 1)), ((1, 0), (1, 1)), ((0, 0.5), (1, 0.5)), ((0, 1), (1, 1))),
    "ㅅ": (((0.5, 0), (0, 1)), ((0.5, 0.2), (1, 1))),
    "ㅇ": (_CIRCLE,),
    "ㅈ": (((0, 0), (1, 0)), ((0.5, 0), (0, 1)), ((0.5, 0.3), (1, 1))),
    "ㅎ": (((0.4, -0.3), (0.6, -0.2)), ((0, 0), (1, 0)), _CIRCLE),
}
UPRIGHT: Final[Mapping[str, digit_shapes.Shape]] = {
    "ㅏ": (((0.3, 0), (0.3, 1)), ((0.3, 0.5), (1, 0.5))),
    "ㅓ": (((0.7, 0), (0.7, 1)), ((0, 0.5), (0.7, 0.5))),
    "ㅐ": (((0.2, 0), (0.2, 1)), ((0.2, 0.5), (0.7, 0.5)), ((0.7, 0), (0.7, 1))),
    "ㅣ": (((0.5, 0), (0.5, 1)),),
}
LEVEL: Final[Mapping[str, digit_shapes.Shape]] = {
    "ㅗ": (((0.5, 0.2), (0.5, 0.7)), ((0, 0.7), (1, 0.7))),
    "ㅜ": (((0, 0.3), (1, 0.3)), ((0.5, 0.3), (0.5, 1))),
    "ㅡ": (((0, 0.5), (1, 0.5)),),
}


def drawn(name: str, _part: str) -> Split:
    """Return each letter `EACH` times, its fonts in turn, then syllables; there is one part."""
    labels = np.repeat(np.arange(len(CLASSES)), [EACH] * len(LATIN) + [SYLLABLES])
    first = np.searchsorted(labels, labels)
    images = np.stack(
        [
            ink.from_strokes(drawing(CLASSES[label], number), y_up=False)
            for label, number in zip(labels, np.arange(len(labels)) - first, strict=True)
        ]
    )
    return Split(name, images, labels.astype(np.int64), CLASSES)


def drawing(letter: str, number: int) -> Strokes:
    """Return the strokes of drawing `number` of a letter, y downwards, any size."""
    rng = np.random.Generator(np.random.PCG64([SEED, CLASSES.index(letter), number]))
    lines = _syllable(rng) if letter == HANGUL else _latin(FONTS[number % len(FONTS)], letter)
    hand = digit_shapes.hand(rng)
    return [line @ hand for line in _bent(lines, rng)]


def _bent(lines: Strokes, rng: np.random.Generator) -> Strokes:
    """Move points by a smooth field, the sum of three waves a few per cent of a letter high."""
    run, phase, move = rng.normal(0, 3, (2, 3)), rng.uniform(0, 6, 3), rng.normal(0, 0.04, (3, 2))
    return [line + np.sin(line @ run + phase) @ move for line in lines]


@cache
def _font(name: str) -> Any:
    from HersheyFonts import HersheyFonts

    font = HersheyFonts()
    font.load_default_font(name)
    return font


def _latin(font: str, letter: str) -> Strokes:
    """Return a letter of a font, one unit tall."""
    lines = [np.array(line, float) for line in _font(font).strokes_for_text(letter)]
    points = np.concatenate(lines)
    size = np.ptp(points[:, 1])
    return [(line - points.min(axis=0)) / size for line in lines]


def _syllable(rng: np.random.Generator) -> Strokes:
    """Return a consonant, a vowel beside or below it, and perhaps a consonant under both."""
    final = rng.random() < 0.5
    body = 0.55 if final else 1.0
    consonant = _one(CONSONANTS, rng)
    if rng.random() < 0.5:
        parts = [(consonant, (0, 0.1, 0.5, 0.7)), (_one(UPRIGHT, rng), (0.65, 0, 0.3, 1))]
    else:
        parts = [(consonant, (0.2, 0.05, 0.6, 0.45)), (_one(LEVEL, rng), (0, 0.55, 1, 0.45))]
    placed = [(shape, (x, y * body, w, h * body)) for shape, (x, y, w, h) in parts]
    if final:
        placed.append((_one(CONSONANTS, rng), (0.2, 0.68, 0.65, 0.32)))
    return [line for shape, place in placed for line in _written(shape, place, rng)]


def _one(shapes: Mapping[str, digit_shapes.Shape], rng: np.random.Generator) -> digit_shapes.Shape:
    return list(shapes.values())[rng.integers(len(shapes))]


def _written(
    shape: digit_shapes.Shape, place: tuple[float, float, float, float], rng: np.random.Generator
) -> Strokes:
    """Return a shape's strokes, shaken, in a box: left, top, width, height."""
    left, top, width, height = place
    lines = [digit_shapes.spline(digit_shapes.shaken(points, 0.04, rng)) for points in shape]
    return [line * (width, height) + (left, top) for line in lines]
