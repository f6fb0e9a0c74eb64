"""Geometry: the picture read at moved places, its middle kept, bilinear, paper beyond the border.

Each function states the map from the new place (x, y) to the old one, from the middle.
"""

import math
from collections.abc import Sequence

import numpy as np

from pilgi.data.corruptions.entry import grey, unit
from pilgi.ink.geometry import Grey


def shear(picture: Grey, radians: float, generator: np.random.Generator) -> Grey:
    """Return x read at (x - y sin s, y cos s), s or -s: slanted, and stretched a little."""
    s = _either_way(radians, generator)
    return _read(picture, ((1, -math.sin(s)), (0, math.cos(s))))


def slant(picture: Grey, degrees: float, generator: np.random.Generator) -> Grey:
    """Return x read at (x - y tan a, y), a or -a: as another hand leans."""
    a = _either_way(math.radians(degrees), generator)
    return _read(picture, ((1, -math.tan(a)), (0, 1)))


def scale(picture: Grey, zoom: float, generator: np.random.Generator) -> Grey:
    """Return x read at (x / z, y / z): smaller."""
    del generator
    return _read(picture, ((1 / zoom, 0), (0, 1 / zoom)))


def rotate(picture: Grey, radians: float, generator: np.random.Generator) -> Grey:
    """Return x turned by a or -a."""
    a = _either_way(radians, generator)
    return _read(picture, ((math.cos(a), -math.sin(a)), (math.sin(a), math.cos(a))))


def translate(picture: Grey, pixels: int, generator: np.random.Generator) -> Grey:
    """Return x read at (x + c or x - c, y + c or y - c): moved towards a corner."""
    across, down = (_either_way(pixels, generator) for _ in range(2))
    return _read(picture, ((1, 0), (0, 1)), (across, down))


def _either_way(amount: float, generator: np.random.Generator) -> float:
    return amount if generator.integers(2) else -amount


def _read(
    picture: Grey, matrix: Sequence[Sequence[float]], shift: tuple[float, float] = (0, 0)
) -> Grey:
    """Return the picture read at matrix (p - middle) + middle + shift."""
    import cv2

    height, width = picture.shape
    middle = np.array([(width - 1) / 2, (height - 1) / 2])
    linear = np.array(matrix, np.float64)
    affine = np.column_stack([linear, middle - linear @ middle + shift])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return grey(np.asarray(cv2.warpAffine(unit(picture), affine, (width, height), flags=how)))
