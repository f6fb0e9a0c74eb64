"""By how much a page's lines fall or rise."""

from typing import Final

import numpy as np

from pilgi.read.segmentation import Field, Parts

FEWEST: Final = 3
"""Characters that a line needs to say how it lies."""

STEEPEST: Final = 0.3
"""Radians: what is steeper is no line."""


def find_tilt(parts: Parts, fields: tuple[Field, ...]) -> float:
    """Return the angle by which lines fall, in radians, positive downwards to the right.

    Each field's line is fitted through the middles of its tall parts by least squares; the answer
    is the median of the fields, each counted by its length. 0 where no field has three parts.
    """
    found = [fit for field in fields if (fit := _fit(parts, field)) is not None]
    if not found:
        return 0.0
    angles, lengths = np.array(sorted(found)).T
    share = np.cumsum(lengths)
    angle = float(angles[np.searchsorted(share, share[-1] / 2)])
    return angle if abs(angle) <= STEEPEST else 0.0


def _fit(parts: Parts, field: Field) -> tuple[float, float] | None:
    boxes = parts.boxes[np.isin(parts.names, field.parts)]
    tall = boxes[boxes[:, 3] - boxes[:, 1] >= field.box.h / 3]
    if len(tall) < FEWEST or field.box.w < 2 * field.box.h:
        return None
    x, y = (tall[:, 0] + tall[:, 2]) / 2, (tall[:, 1] + tall[:, 3]) / 2
    slope = np.polyfit(x, y, 1)[0]
    return float(np.arctan(slope)), float(field.box.w)
