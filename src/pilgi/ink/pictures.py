"""Any picture of one character -> 28x28 ink, in steps that can be seen and switched."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from numpy.typing import NDArray

from pilgi.ink.geometry import SIDE, Grey, centre, crop, resize, scale
from pilgi.ink.grey import to_grey
from pilgi.ink.paper import border, darken, even_light, invert, lift, without_specks
from pilgi.ink.pen import widen
from pilgi.ink.ruled_lines import without_rules

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
    seen = to_grey(picture)
    yield "grey", seen.copy()
    if is_ink(seen):
        return
    for name, step in _taken(steps):
        seen = step(seen)
        yield name, seen


def is_ink(grey: Grey) -> bool:
    """Say whether `grey` is 28x28 with at least a quarter of its border black, as MNIST is."""
    if grey.shape != (SIDE, SIDE):
        return False
    edge = border(grey)
    return 4 * int((edge <= BLACK).sum()) >= edge.size


def _taken(steps: Steps) -> Iterator[tuple[str, Step]]:
    yield "reduce", _reduce
    if steps.polarity != "dark":
        yield "polarity", darken if steps.polarity == "auto" else invert
    if steps.light:
        yield "light", even_light
    yield "threshold", lift
    if steps.rules:
        yield "rules", without_rules
    yield "specks", without_specks
    if steps.pen:
        yield "pen", widen
    yield from (("crop", crop), ("scale", scale), ("centre", centre))


def _reduce(grey: Grey) -> Grey:
    """Return `grey` with its longer side at most 160: averaging takes the grain out of photos."""
    longer = max(grey.shape)
    if longer <= WORKING_SIDE:
        return grey
    height, width = (max(1, side * WORKING_SIDE // longer) for side in grey.shape)
    return resize(grey, height, width)
