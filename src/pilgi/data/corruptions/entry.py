"""One corruption, one entry: what the table holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import Grey

Level = Any
"""How strong: a number, or as many as the corruption has; None where there is one strength only."""

Corrupt = Callable[[Grey, Level, np.random.Generator], Grey]

Unit = NDArray[np.float32]
"""A picture as (height, width) in [0, 1], ink bright."""

Family = Literal["noise", "blur", "geometry", "weather", "strokes", "capture"]


@dataclass(frozen=True)
class Corruption:
    """A row of the table.

    apply(picture, level, generator): uint8 (28, 28), bright ink on 0, to the same shape.
    family: what is learnt or left out together. published: one of MNIST-C's fifteen.
    levels: the strengths, mildest first; usual: which of them a score is of, counted from 1.
    summary: in English and Korean; formula: in plain text, x in [0, 1].
    """

    apply: Corrupt
    family: Family
    published: bool
    levels: tuple[Level, ...]
    usual: int
    summary: Mapping[Literal["en", "ko"], str]
    formula: str
    reference: str

    @property
    def severity(self) -> Level:
        """The strength that a score is of."""
        return self.levels[self.usual - 1]


def unit(picture: Grey) -> Unit:
    """Return a picture's bytes as [0, 1]."""
    return picture.astype(np.float32) / np.float32(255)


def grey(unit: NDArray[np.floating[Any]]) -> Grey:
    """Return values as bytes: cut to [0, 1], rounded."""
    rounded: Grey = np.rint(unit.clip(0, 1) * 255).astype(np.uint8)
    return rounded
