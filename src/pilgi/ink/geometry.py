"""Crop, scale and centre ink the way MNIST was made, in integer arithmetic.

Every sum is a whole number below 2^63, so the bytes are the same on every machine.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Whole = NDArray[np.int64]

SIDE: Final = 28
BOX: Final = 20
CENTRE: Final = 14


def normalize(grey: Grey) -> Grey:
    """Return uint8 (28, 28): the ink of `grey`, bright on 0, in MNIST's size and place.

    grey: uint8 (height, width), paper exactly 0. Its ink's box is scaled so that the longer side is
    20, the brightest value becomes 255, and the centre of mass moves to row 14, column 14, as far
    as the whole box stays inside. No ink gives zeros.
    Source: LeCun et al. 1998, section III-A; the centre was measured on MNIST's 60,000 pictures.
    """
    return centre(scale(crop(grey)))


def crop(grey: Grey) -> Grey:
    """Return the smallest box of `grey` that holds every pixel above 0; empty where there is none.

    >>> crop(np.uint8([[0, 0, 0], [0, 7, 9], [0, 0, 0]])).tolist()
    [[7, 9]]
    """
    rows, columns = np.flatnonzero(grey.any(axis=1)), np.flatnonzero(grey.any(axis=0))
    if not rows.size:
        return grey[:0, :0]
    return grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def scale(ink: Grey) -> Grey:
    """Return `ink` with its longer side 20 and its brightest value 255; nothing stays nothing."""
    if not ink.any():
        return ink[:0, :0]
    longer = max(ink.shape)
    height, width = (max(1, divide(BOX * side, longer)) for side in ink.shape)
    return brighten(resize(ink, height, width))


def resize(grey: Grey, height: int, width: int) -> Grey:
    """Return `grey` as uint8 (height, width): area average where it shrinks, linear where it grows.

    Exact to the last bit: numerator and denominator are integers, rounded half up once.
    """
    tall, wide = grey.shape
    total, sums = tall * wide, _area(grey, min(height, tall), min(width, wide))
    if width > wide:
        total, sums = total * 2 * width, _linear(sums, width)
    if height > tall:
        total, sums = total * 2 * height, _linear(sums.T, height).T
    rounded: NDArray[np.int64] = (2 * sums + total) // (2 * total)
    return rounded.astype(np.uint8)


def brighten(grey: Grey) -> Grey:
    """Return `grey` scaled so that its brightest value is 255; it must not be all zero."""
    peak = int(grey.max())
    return ((grey.astype(np.int64) * 510 + peak) // (2 * peak)).astype(np.uint8)


def centre(ink: Grey) -> Grey:
    """Return uint8 (28, 28) with the centre of mass of `ink`, at most 28 a side, at (14, 14)."""
    picture = np.zeros((SIDE, SIDE), np.uint8)
    if not ink.any():
        return picture
    top, left = (_offset(ink, axis) for axis in (0, 1))
    picture[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return picture


def _offset(ink: Grey, axis: int) -> int:
    """Return where the box starts so that its centre of mass, rounded, lies at 14."""
    mass = ink.sum(axis=1 - axis, dtype=np.int64)
    middle = divide(int(mass @ np.arange(len(mass))), int(mass.sum()))
    return int(np.clip(CENTRE - middle, 0, SIDE - len(mass)))


def divide(numerator: int, denominator: int) -> int:
    """Return the quotient rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)


def _area(grey: Grey, height: int, width: int) -> Whole:
    """Sum the overlap of new pixel i, [i old, (i + 1) old), with old pixel j, [j new, (j + 1) new).

    Both ways at once, (height, width), no larger than `grey`: the differences, down and across, of
    the integral of the picture from its corner, which is linear between the edges of pixels.
    """
    import cv2

    fits = 255 * grey.size < 2**31
    integral = cv2.integral(grey, sdepth=cv2.CV_32S if fits else cv2.CV_64F)
    corners = _between(_between(integral, height).T, width).T
    return np.diff(np.diff(corners, axis=0), axis=1)


def _between(integral: NDArray[Any], new: int) -> Whole:
    """Return `new` times the integral at the edges of `new` rows, (new + 1, columns)."""
    old = len(integral) - 1
    place, part = np.divmod(np.arange(new + 1) * old, new)
    above, below = (integral[at].astype(np.int64) for at in (place, np.minimum(place + 1, old)))
    between: Whole = (new - part[:, None]) * above + part[:, None] * below
    return between


def _linear(rows: Whole, new: int) -> Whole:
    """Interpolate between the centres of old pixels, the edge pixel repeated outside them."""
    old = rows.shape[1]
    position = np.clip((2 * np.arange(new) + 1) * old - new, 0, 2 * new * (old - 1))
    first, rest = np.divmod(position, 2 * new)
    second = np.minimum(first + 1, old - 1)
    sums: Whole = (2 * new - rest) * rows[:, first] + rest * rows[:, second]
    return sums
