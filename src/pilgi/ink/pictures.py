"""Any picture of one character -> 28x28 ink, in steps that can be seen and switched."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from numpy.typing import NDArray

from pilgi.ink.channel import clearest, reduced
from pilgi.ink.geometry import SIDE, Grey, centre, crop, scale
from pilgi.ink.grey import Colour, opaque
from pilgi.ink.margin import without_margin
from pilgi.ink.noise import is_noisy, without_noise
from pilgi.ink.paper import border, darken, even_light, invert, lift
from pilgi.ink.pen import widen
from pilgi.ink.ruled_lines import without_rules
from pilgi.ink.specks import without_specks
from pilgi.ink.stripes import is_striped, without_stripes

Step = Callable[[Grey], Grey]

BLACK: Final = 8
WORKING_SIDE: Final = 160


@dataclass(frozen=True)
class Steps:
    """Which steps are taken.

    polarity: what the ink is, `auto` where the picture says it. light: even out shadows.
    rules: take out ruled lines. pen: widen lines that are too thin.
    """

    polarity: Literal["auto", "dark", "bright"] = "auto"
    light: bool = True
    rules: bool = True
    pen: bool = True


EVERY: Final = Steps()


def from_picture(picture: NDArray[Any], steps: Steps = EVERY) -> Grey:
    """Return uint8 (28, 28), bright ink on 0, of a picture of one character.

    picture: bool, uint8 or uint16; (height, width), or with 1, 3 (RGB) or 4 (RGBA) channels; dark
    ink on light paper or the reverse. What already is ink (`is_ink`) is returned byte for byte; a
    picture whose ink and paper lie less than 24 grey levels apart is blank and gives zeros.
    Raises DataError for other types and shapes.
    """
    *_, (_, ink) = trace(picture, steps)
    return ink


def trace(picture: NDArray[Any], steps: Steps = EVERY) -> Iterator[tuple[str, Grey]]:
    """Yield each step's name and the picture after it; the last is what `from_picture` returns.

    Raises as `from_picture` does.
    """
    pixels = opaque(picture)
    if pixels.ndim == 3:  # a colour picture is made small first: each channel costs the same
        pixels = _reduce(pixels)
    seen = clearest(pixels)
    yield "grey", seen.copy()
    if pixels.ndim == 2:
        for name, step in _CLEANING:
            before, seen = seen, step(seen)
            if seen is not before:
                yield name, seen
        if _has_black_paper(seen):
            return
    for name, step in _taken(steps):
        seen = step(seen)
        yield name, seen


def is_ink(grey: Grey) -> bool:
    """Say whether `grey` is 28x28 with at least a quarter of its border black, as MNIST is.

    And neither noisy nor striped: what is not of the writing is to go first.
    """
    return _has_black_paper(grey) and not (is_striped(grey) or is_noisy(grey))


def _has_black_paper(grey: Grey) -> bool:
    if grey.shape != (SIDE, SIDE):
        return False
    edge = border(grey)
    return 4 * int((edge <= BLACK).sum()) >= edge.size


_CLEANING: Final[tuple[tuple[str, Step], ...]] = (
    ("noise", without_noise),
    ("stripes", without_stripes),
)
"""Steps of 28x28 grey pictures alone, seen only where they are needed."""


def _taken(steps: Steps) -> Iterator[tuple[str, Step]]:
    if steps.polarity != "dark":
        yield "polarity", darken if steps.polarity == "auto" else invert
    yield "margin", without_margin
    yield "reduce", _reduce
    if steps.light:
        yield "light", even_light
    yield "threshold", lift
    if steps.rules:
        yield "rules", without_rules
    yield "specks", without_specks
    if steps.pen:
        yield "pen", widen
    yield from (("crop", crop), ("scale", scale), ("centre", centre))


def _reduce(pixels: Grey | Colour) -> Grey | Colour:
    """Return `pixels` at most 160 a side: averaging takes the grain out of photos."""
    longer = max(pixels.shape[:2])
    if longer <= WORKING_SIDE:
        return pixels
    height, width = (max(1, side * WORKING_SIDE // longer) for side in pixels.shape[:2])
    return reduced(pixels, height, width)
