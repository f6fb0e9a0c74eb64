"""Pieces of type: 28x28 ink that knows how tall it is beside a digit, and where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi.data.split import Labels, Pictures
from pilgi.ink.geometry import Grey, crop

Floats = NDArray[np.float64]


class Glyph(NamedTuple):
    """One piece: its ink (28, 28), its longer side, how far it reaches below the line.

    Both are in heights of a digit; the line is what digits stand on.
    """

    image: Grey
    size: float
    below: float


@dataclass(frozen=True, eq=False)
class Glyphs:
    """Pieces of type.

    images: uint8 (n, 28, 28), ink bright. labels: int64 (n,), see `symbols`. sizes, below: see
    `Glyph`. parts: the longer side of a piece's largest connected part; float (n,).
    """

    images: Pictures
    labels: Labels
    sizes: Floats
    below: Floats
    parts: Floats

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def fields(self) -> tuple[NDArray[Any], ...]:
        """The five arrays, in their order."""
        return self.images, self.labels, self.sizes, self.below, self.parts

    def take(self, chosen: NDArray[np.integer[Any]]) -> "Glyphs":
        """Return those at the indices `chosen`, in their order."""
        return Glyphs(*(each[chosen] for each in self.fields))

    def with_inserted(self, places: NDArray[np.integer[Any]], others: "Glyphs") -> "Glyphs":
        """Return these with each of `others` before its place, as np.insert has it."""
        pairs = zip(self.fields, others.fields, strict=True)
        return Glyphs(*(np.insert(mine, places, theirs, axis=0) for mine, theirs in pairs))


def digits(images: Pictures, labels: Labels) -> Glyphs:
    """Return digits as pieces of type: one height tall, on the line."""
    one = np.ones(len(labels))
    return Glyphs(images, labels, one, one - 1, one)


def pieces(found: Iterable[Glyph], label: int) -> Glyphs:
    """Return single pieces, one or more, as one; all have one label."""
    images, sizes, below = (np.array(each) for each in zip(*found, strict=True))
    shares = np.array([_largest_part(image) for image in images])
    return Glyphs(images, np.full(len(images), label), sizes, below, sizes * shares)


def joined(found: Iterable[Glyphs]) -> Glyphs:
    """Return all pieces in one."""
    return Glyphs(*map(np.concatenate, zip(*(each.fields for each in found), strict=True)))


def _largest_part(image: Grey) -> float:
    """Return the longer side of the largest connected part, as a share of the whole ink's."""
    import cv2

    _, _, boxes, _ = cv2.connectedComponentsWithStats((image > 0).astype(np.uint8))
    sides = boxes[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    return float(sides.max() / max(crop(image).shape)) if len(sides) else 1.0
