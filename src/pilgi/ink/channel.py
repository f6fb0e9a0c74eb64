"""Colour is evidence: the one grey channel of a colour picture in which ink stands out best.

Lightness (luma) throws hue away: an orange 3 on blue of the same lightness is blank in it. Fisher's
linear discriminant finds the axis on which the colours that are not the border's lie farthest from
it, measured by how much the border's own colours vary. Lightness is the better channel where light
varies, since shadows divide out of it. Both are looked at; the one that parts better is taken.
Integers below 2^63 only, but for the last comparison, whose integers are larger.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import Grey, resize
from pilgi.ink.grey import FAINTEST, Colour, luma
from pilgi.ink.paper import border, darken, even_light, histogram, otsu

Integers = NDArray[np.int64]

RIDGE: Final = 25
"""Added to each channel's variance: colours nearer than five levels are one to a camera."""


def clearest(picture: Grey | Colour, extent: int = 0) -> Grey:
    """Return the grey channel, uint8 (height, width), in which ink stands out best.

    A grey picture is its own. extent: see `even_light`.

    Of luma and the discriminant the one is taken whose ink, after its light was evened, parts
    better from its paper (see `separability`); luma where both do so alike.
    """
    if picture.ndim == 2:
        return picture
    lightness, hue = luma(picture), discriminant(picture)
    light, tint = (separability(even_light(darken(each), extent)) for each in (lightness, hue))
    return hue if tint[0] * light[1] > light[0] * tint[1] else lightness


def discriminant(rgb: Colour) -> Grey:
    """Return uint8 (height, width): 255 at the border's mean colour, 0 at the ink's.

        s(x) = (C + 25 I)^-1 (f - m) . (x - m)      255 - 255 s / s_ink, clipped

    m, C: mean and covariance of the border's colours. f: the mean of the far ones: those beyond
    Otsu's threshold of the squared Mahalanobis distance, cut to 0..255 by its largest. s_ink: the
    upper quartile of s among these. Means are rounded, the inverse is the adjugate, quotients
    are rounded down. Source: Fisher 1936, The use of multiple measurements in taxonomic problems.
    """
    edge = border(rgb).astype(np.int64)
    mean = _mean(edge)
    spread, pixels = edge - mean, rgb.reshape(-1, 3).astype(np.int64) - mean
    inverse = _adjugate(spread.T @ spread // len(edge) + RIDGE * np.eye(3, dtype=np.int64))
    far = _far(((pixels @ inverse) * pixels).sum(axis=1))
    if not far.any():
        return np.full(rgb.shape[:2], 255, np.uint8)
    along = pixels @ (inverse @ _mean(pixels[far]))
    ink = np.sort(along[far])[(3 * int(far.sum()) - 3) // 4]
    shown: Integers = 255 - (255 * along // max(1, int(ink))).clip(0, 255)
    return shown.astype(np.uint8).reshape(rgb.shape[:2])


def separability(grey: Grey) -> tuple[int, int]:
    """Return how well dark ink parts from paper, as numerator and denominator: eta (p / b)^2.

    eta: Otsu's, between-class over total variance. p: how many of the border's b pixels are of the
    bright class; ink lies inside, and a shadow or a background that passes for ink does not.
    (0, 1) where the classes' means lie less than 24 levels apart: that is blank. Whole numbers of
    any size: eta = g^2 / (w0 w1 V), the means g / (w0 w1) apart, with g = S w0 - S0 w, w1 = w - w0,
    V = w Q - S^2, of w pixels with sum S and sum of squares Q; w0 and S0 are of those not above the
    threshold.
    """
    counts, edge, levels = histogram(grey), border(grey), np.arange(256)
    total, mass, squares = (int(counts @ levels**power) for power in (0, 1, 2))
    threshold = otsu(counts)
    dim = np.where(levels <= threshold, counts, 0)
    below, low = int(dim.sum()), int(dim @ levels)
    gap, pairs = mass * below - low * total, below * (total - below)
    if not pairs or gap < FAINTEST * pairs:
        return 0, 1
    paper = int((edge > threshold).sum())
    return (gap * paper) ** 2, pairs * (total * squares - mass * mass) * edge.size**2


def reduced(pixels: Grey | Colour, height: int, width: int) -> Grey | Colour:
    """Return the picture averaged down to (height, width), each channel by itself."""
    if pixels.ndim == 2:
        return resize(pixels, height, width)
    return np.stack([resize(pixels[..., at], height, width) for at in range(3)], axis=2)


def _far(distance: Integers) -> NDArray[np.bool_]:
    """Return which squared distances lie beyond Otsu's threshold of them all."""
    cut = 255 * distance // max(1, int(distance.max()))
    far: NDArray[np.bool_] = cut > otsu(np.bincount(cut, minlength=256))
    return far


def _mean(colours: Integers) -> Integers:
    """Return the mean of (n, 3), rounded half up."""
    mean: Integers = (2 * colours.sum(axis=0) + len(colours)) // (2 * len(colours))
    return mean


def _adjugate(matrix: Integers) -> Integers:
    """Return adj(M) = det(M) M^-1 of a symmetric 3x3 matrix: its rows' cross products."""
    found: NDArray[Any] = np.stack([np.cross(matrix[at - 2], matrix[at - 1]) for at in range(3)])
    return found
