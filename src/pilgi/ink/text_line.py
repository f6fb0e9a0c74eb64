"""Any picture of one line of digits -> line ink, 32 high and as wide as it is."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.channel import clearest, reduced
from pilgi.ink.geometry import Grey, brighten, crop, divide, resize
from pilgi.ink.grey import Colour, opaque
from pilgi.ink.margin import without_margin
from pilgi.ink.paper import darken, even_light, lift
from pilgi.ink.pen import widen
from pilgi.ink.ruled_lines import without_lying_rules
from pilgi.ink.specks import without_line_specks

LINE_HEIGHT: Final = 32
TALL: Final = 28
"""The height of the ink itself; the rest is paper, half above and half below."""

MARGIN: Final = 4
"""Columns of paper before the ink and after it."""

NARROWEST: Final = 16
WIDEST: Final = 1024
WORKING_HEIGHT: Final = 96

Step = Callable[[Grey], Grey]


def from_line(picture: NDArray[Any]) -> Grey:
    """Return uint8 (32, W), bright ink on 0, of a picture of one line of digits.

    picture: as `from_picture` takes it. The ink is scaled to a height of 28, proportions kept, and
    has 2 rows of paper above and below and 4 columns before and after; W is 16 to 1024, and ink
    that would be wider is scaled to that width instead. A blank picture gives zeros, (32, 16).
    Raises DataError for other types and shapes.
    """
    *_, (_, ink) = trace_line(picture)
    return ink


def frame_line(ink: Grey) -> Grey:
    """Return line ink (32, W) of `ink` that is off its paper already: cropped, scaled, placed."""
    return _place(_scale(crop(ink)))


def trace_line(picture: NDArray[Any]) -> Iterator[tuple[str, Grey]]:
    """Yield each step's name and the picture after it; the last is what `from_line` returns."""
    pixels = opaque(picture)
    if pixels.ndim == 3:
        pixels = _reduce(pixels)
    seen = clearest(pixels, len(pixels))
    yield "grey", seen.copy()
    for name, step in _STEPS:
        seen = step(seen)
        yield name, seen


def _reduce(pixels: Grey | Colour) -> Grey | Colour:
    """Return `pixels` at most 96 high: averaging takes the grain out of photos."""
    height, width = pixels.shape[:2]
    if height <= WORKING_HEIGHT:
        return pixels
    return reduced(pixels, WORKING_HEIGHT, max(1, width * WORKING_HEIGHT // height))


def _scale(ink: Grey) -> Grey:
    """Return the cropped `ink` 28 high, or as wide as may be, with its brightest value 255."""
    if not ink.size:
        return ink
    (height, width), widest = ink.shape, WIDEST - 2 * MARGIN
    tall, wide = TALL, divide(width * TALL, height)
    if wide > widest:
        tall, wide = max(1, divide(height * widest, width)), widest
    return brighten(resize(ink, tall, max(1, wide)))


def _place(ink: Grey) -> Grey:
    """Return the scaled `ink` in the middle of its 32 rows, with its margins."""
    tall, wide = ink.shape
    line = np.zeros((LINE_HEIGHT, max(NARROWEST, wide + 2 * MARGIN)), np.uint8)
    top, left = (LINE_HEIGHT - tall) // 2, (line.shape[1] - wide) // 2
    line[top : top + tall, left : left + wide] = ink
    return line


_STEPS: Final[tuple[tuple[str, Step], ...]] = (
    ("polarity", darken),
    ("margin", without_margin),
    ("reduce", _reduce),
    ("light", lambda grey: even_light(grey, len(grey))),
    ("threshold", lift),
    ("rules", without_lying_rules),
    ("specks", without_line_specks),
    ("pen", lambda ink: widen(ink, TALL, line=True)),
    ("crop", crop),
    ("scale", _scale),
    ("place", _place),
)
