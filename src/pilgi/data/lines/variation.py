"""Each digit as its writer might have written it another time: bent a little, in another pen."""

import numpy as np
from numpy.typing import NDArray

from pilgi.data.lines.composition import Composition
from pilgi.data.split import Pictures
from pilgi.ink import SIDE

KNOTS = 4
"""A smooth field has this many knots a side."""

FAR = 0.9
"""Pixels that a knot moves, one standard deviation."""

_PLACE = np.stack(np.meshgrid(np.arange(SIDE), np.arange(SIDE)), axis=2).astype(np.float32)


def varied(digits: Pictures, settings: Composition, generator: np.random.Generator) -> Pictures:
    """Return digits (k, 28, 28), shares of them bent and in other pens, as `settings` say.

    Nothing is drawn from `generator` where both are off.
    """
    if not settings.bent and not settings.pens:
        return digits
    chances = generator.random((2, len(digits)))
    changed = digits.copy()
    for at in np.flatnonzero(chances[0] < settings.bent):
        changed[at] = _bent(digits[at], generator)
    for at in np.flatnonzero(chances[1] < settings.pens):
        changed[at] = _in_another_pen(changed[at], generator)
    return changed


def _bent(digit: NDArray[np.uint8], generator: np.random.Generator) -> NDArray[np.uint8]:
    """Return a digit moved by a smooth field (Simard, Steinkraus and Platt 2003)."""
    import cv2

    knots = generator.normal(0, FAR, (KNOTS, KNOTS, 2)).astype(np.float32)
    field = _PLACE + cv2.resize(knots, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    moved = cv2.remap(digit, field[..., 0], field[..., 1], cv2.INTER_LINEAR)
    return np.asarray(moved, np.uint8)


def _in_another_pen(digit: NDArray[np.uint8], generator: np.random.Generator) -> NDArray[np.uint8]:
    """Return a digit mixed with itself in a pen about two pixels wider or narrower."""
    import cv2

    wider = generator.random() < 0.5
    other = (cv2.dilate if wider else cv2.erode)(digit, np.ones((3, 3), np.uint8))
    share = generator.uniform(0.1, 0.7 if wider else 0.5)
    return np.asarray(cv2.addWeighted(digit, 1 - share, other, share, 0), np.uint8)
