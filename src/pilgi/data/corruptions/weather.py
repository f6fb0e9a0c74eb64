"""Weather and light: the paper is no longer 0, or something lies over it."""

import numpy as np
from numpy.typing import NDArray

from pilgi.data.corruptions.entry import grey, unit
from pilgi.ink.geometry import Grey

MAP = 256
"""A side of the fog's whole cloud; a picture shows its corner."""

MUD = 63 / 255
"""What spatter leaves of the light."""


def brightness(picture: Grey, more: float, generator: np.random.Generator) -> Grey:
    """Return min(1, x + c)."""
    del generator
    return grey(unit(picture) + more)


def stripe(picture: Grey, level: None, generator: np.random.Generator) -> Grey:
    """Return 1 - x in the left and the right quarter, x between them."""
    del level, generator
    found, quarter = picture.copy(), picture.shape[1] // 4
    for band in (found[:, :quarter], found[:, -quarter:]):
        np.subtract(255, band, out=band)
    return found


def fog(picture: Grey, level: tuple[float, float], generator: np.random.Generator) -> Grey:
    """Return (x + c f) m / (m + c): f a plasma fractal in [0, 1], m the brightest of x.

    level: c, and by how much each step of the fractal is weaker than the one before.
    """
    thick, decay = level
    clear = unit(picture)
    height, width = picture.shape
    cloud = plasma(decay, generator)[:height, :width]
    return grey((clear + thick * cloud) * clear.max() / (clear.max() + thick))


def plasma(decay: float, generator: np.random.Generator) -> NDArray[np.float64]:
    """Return (256, 256) of [0, 1] by the diamond-square algorithm, its opposite edges joined.

    From one point on, each step sets the middles of the squares, then those of the diamonds, to
    the mean of their four neighbours and a w^2 U(-1, 1); w is divided by `decay` a step. Fournier,
    Fussell and Carpenter 1982, Computer rendering of stochastic models, CACM 25(6).
    """
    cloud = np.zeros((1, 1))
    amplitude = 1.0
    while len(cloud) < MAP:
        cloud = _halved(cloud, amplitude, generator)
        amplitude /= decay * decay
    cloud -= cloud.min()
    found: NDArray[np.float64] = cloud / cloud.max()
    return found


def _halved(
    corners: NDArray[np.float64], amplitude: float, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Return the points of a grid with half the spacing, (2 n, 2 n) of (n, n)."""
    n = len(corners)
    drawn = generator.uniform(-amplitude, amplitude, (3, n, n))
    across = corners + np.roll(corners, -1, 1)
    middles = (across + np.roll(across, -1, 0)) / 4 + drawn[0]
    below, right = corners + np.roll(corners, -1, 0), across
    found = np.empty((n, 2, n, 2))
    found[:, 0, :, 0], found[:, 1, :, 1] = corners, middles
    found[:, 1, :, 0] = (below + middles + np.roll(middles, 1, 1)) / 4 + drawn[1]
    found[:, 0, :, 1] = (right + middles + np.roll(middles, 1, 0)) / 4 + drawn[2]
    return found.reshape(2 * n, 2 * n)


def spatter(
    picture: Grey, level: tuple[float, float, float, float, float], generator: np.random.Generator
) -> Grey:
    """Return (1 - m) x + m 63 / 255: drops of mud where blurred noise is high.

    level: the noise's mean and deviation, its blur, the height from which it is a drop, the drops'
    blur; what is then thinner than 0.8 is none.
    """
    from scipy.ndimage import gaussian_filter

    mean, deviation, blur, least, soft = level
    liquid = gaussian_filter(generator.normal(mean, deviation, picture.shape), blur, mode="nearest")
    drops = gaussian_filter((liquid > least).astype(np.float32), soft, mode="nearest")
    drops[drops < 0.8] = 0
    return grey(unit(picture) * (1 - drops) + MUD * drops)
