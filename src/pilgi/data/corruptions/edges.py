"""Edges: Canny's detector, which leaves the outline of every stroke and nothing within."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilgi.data.corruptions.entry import unit
from pilgi.ink.geometry import Grey

Reals = NDArray[np.floating[Any]]

SIGMA = 1.0
LOW = 0.1
HIGH = 0.2
"""Slopes, by Sobel's kernel without a divisor: an edge goes on down to the first where somewhere
it reaches the second."""


def canny_edges(picture: Grey, level: None, generator: np.random.Generator) -> Grey:
    """Return 255 on the edges of x, else 0: blurred, thinned along the slope, with hysteresis.

    Canny 1986, A computational approach to edge detection, IEEE TPAMI 8(6). The border is none.
    """
    del level, generator
    from scipy.ndimage import label, sobel

    smooth = _blurred(unit(picture)) / _seen(picture.shape)
    down, across = sobel(smooth, axis=0), sobel(smooth, axis=1)
    slope = np.hypot(down, across)
    thin = _highest_along(slope, down, across)
    numbers, _ = label(thin & (slope >= LOW), np.ones((3, 3)))
    strong = np.unique(numbers[thin & (slope >= HIGH)])
    return np.where(np.isin(numbers, strong[strong > 0]), np.uint8(255), np.uint8(0))


def _blurred(of: Reals) -> Reals:
    from scipy.ndimage import gaussian_filter

    return np.asarray(gaussian_filter(of, SIGMA, mode="constant"))


@cache
def _seen(shape: tuple[int, ...]) -> Reals:
    """Return which share of the blur's weight lies inside the picture."""
    return _blurred(np.ones(shape)) + np.finfo(float).eps


def _highest_along(slope: Reals, down: Reals, across: Reals) -> NDArray[np.bool_]:
    """Return where no place one step up or down the gradient is steeper.

    A step goes to the next row or column, whichever the gradient points to more; between two
    pixels it is read linearly.
    """
    height, width = slope.shape
    y, x = np.mgrid[1 : height - 1, 1 : width - 1]
    here, toward_y, toward_x = slope[y, x], down[y, x], across[y, x]
    steep = np.abs(toward_y) >= np.abs(toward_x)
    larger = np.maximum(np.abs(toward_y), np.abs(toward_x))
    aside = np.minimum(np.abs(toward_y), np.abs(toward_x)) / np.maximum(larger, 1e-12)
    dy, dx = np.sign(toward_y).astype(int), np.sign(toward_x).astype(int)
    highest = np.ones_like(steep)
    for way in (1, -1):
        straight = slope[y + way * dy * steep, x + way * dx * ~steep]
        slantwise = slope[y + way * dy, x + way * dx]
        highest &= slantwise * aside + straight * (1 - aside) <= here
    found = np.zeros(slope.shape, np.bool_)
    found[1:-1, 1:-1] = highest
    return found
