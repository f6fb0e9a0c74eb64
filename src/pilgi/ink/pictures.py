"""Any picture of one character -> 28x28 ink."""

from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from pilgi.errors import DataError
from pilgi.ink.geometry import SIDE, Grey, normalize, resize

Number = TypeVar("Number", np.uint8, np.float64)

FAINTEST: Final = 24
BLACK: Final = 8
WORKING_SIDE: Final = 256
SPECK: Final = 0.02
PLANE_STEPS: Final = 8
DARKEST_LIGHT: Final = 48


def from_picture(picture: NDArray[Any]) -> Grey:
    """Return uint8 (28, 28), bright ink on 0, of a picture of one character.

    picture: bool, uint8 or uint16; (height, width), or with 1, 3 (RGB) or 4 (RGBA) channels; dark
    ink on light paper or the reverse. What already is ink (`is_ink`) is returned byte for byte; a
    picture whose ink and paper lie less than 24 grey levels apart is blank and gives zeros.
    Raises DataError for other types and shapes.
    """
    grey = to_grey(picture)
    return grey.copy() if is_ink(grey) else normalize(lift(even_light(_reduce(grey))))


def is_ink(grey: Grey) -> bool:
    """Say whether `grey` is 28x28 with at least a quarter of its border black, as MNIST is."""
    if grey.shape != (SIDE, SIDE):
        return False
    border = _border(grey)
    return 4 * int((border <= BLACK).sum()) >= border.size


def to_grey(picture: NDArray[Any]) -> Grey:
    """Return uint8 (height, width): Rec. 601 luma, 16 bits scaled to 8, alpha over white.

    Where the ink itself is white, so that white paper would swallow it, alpha lies over black.
    """
    _check_shape(picture)
    pixels = _eight_bits(picture)
    if pixels.ndim == 2:
        return pixels
    if pixels.shape[2] == 4:
        return _flatten(_luma(pixels[..., :3]), pixels[..., 3])
    return _luma(pixels) if pixels.shape[2] == 3 else pixels[..., 0]


def even_light(grey: Grey) -> Grey:
    """Return `grey` with the slope of the light taken out, its paper's level at the centre kept.

    Light multiplies what paper and ink reflect, so it is divided out; where the paper is too dark
    for that (white on black), its slope is subtracted. The paper is the plane a + b row + c column
    through the border, fitted by least absolute deviations (iteratively reweighted least squares),
    so that ink that touches the border does not tilt it.
    """
    height, width = grey.shape
    rows, columns = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    values = _border(grey).astype(np.float64)
    terms = np.stack([np.ones(len(values)), _border(rows), _border(columns)], axis=1)
    weights = np.ones(len(values))
    for _ in range(PLANE_STEPS):
        level, *slope = np.linalg.lstsq(terms * weights[:, None], values * weights)[0]
        weights = np.abs(values - terms @ [level, *slope]).clip(1) ** -0.5
    paper: NDArray[np.float64] = level + slope[0] * rows + slope[1] * columns
    lit = paper.min() >= DARKEST_LIGHT
    even: Grey = np.clip(grey * (level / paper) if lit else grey - paper + level, 0, 255)
    return even.round().astype(np.uint8)


def lift(grey: Grey) -> Grey:
    """Return the ink of `grey` alone: paper 0, ink up to 255, of the same shape.

    Otsu's threshold (1979) parts ink from paper; the border's median says which is which. Values
    are stretched from the paper's median to the ink's upper quartile; what lies nearer to the paper
    than half way to the threshold is noise and becomes 0, and so do specks.
    """
    threshold = _otsu(grey)
    if np.median(_border(grey)) > threshold:
        grey, threshold = 255 - grey, 254 - threshold
    bright = grey > threshold
    if bright.all() or not bright.any():
        return np.zeros_like(grey)
    paper, ink = np.median(grey[~bright]), np.quantile(grey[bright], 0.75)
    if ink - paper < FAINTEST:
        return np.zeros_like(grey)
    stretched = np.clip((grey - paper) * (255 / (ink - paper)), 0, 255).round().astype(np.uint8)
    stretched[grey < (paper + threshold) / 2] = 0
    return _without_specks(stretched)


def _without_specks(ink: Grey) -> Grey:
    """Return `ink` without its connected parts that hold less than a fiftieth of all ink."""
    import cv2

    count, parts = cv2.connectedComponents((ink > 0).astype(np.uint8))
    mass = np.bincount(parts.ravel(), weights=ink.ravel(), minlength=count)
    return np.where(mass[parts] < SPECK * mass.sum(), np.uint8(0), ink)


def _reduce(grey: Grey) -> Grey:
    """Return `grey` with its longer side at most 256: averaging takes the grain out of photos."""
    longer = max(grey.shape)
    if longer <= WORKING_SIDE:
        return grey
    height, width = (max(1, side * WORKING_SIDE // longer) for side in grey.shape)
    return resize(grey, height, width)


def _check_shape(picture: NDArray[Any]) -> None:
    channels = picture.shape[2:]
    if picture.ndim < 2 or not picture.size or channels not in ((), (1,), (3,), (4,)):
        raise DataError(
            f"a picture must be (height, width) with 1, 3 or 4 channels, not {picture.shape}"
        )


def _eight_bits(picture: NDArray[Any]) -> Grey:
    if picture.dtype == np.uint8:
        return picture
    if picture.dtype == np.bool_:
        return picture.astype(np.uint8) * np.uint8(255)
    if picture.dtype == np.uint16:
        return ((picture.astype(np.uint32) + 128) // 257).astype(np.uint8)
    raise DataError(f"a picture must have 8 or 16 bits a channel, not the type {picture.dtype}")


def _luma(rgb: Grey) -> Grey:
    """Rec. 601: (299 R + 587 G + 114 B) / 1000, rounded; a grey pixel keeps its value."""
    weighted = rgb.astype(np.uint32) @ np.array([299, 587, 114], np.uint32)
    return ((weighted + 500) // 1000).astype(np.uint8)


def _flatten(grey: Grey, alpha: Grey) -> Grey:
    opaque = alpha.astype(np.uint32)
    over_black = ((grey * opaque + 127) // 255).astype(np.uint8)
    over_white = over_black + (255 - alpha)
    return over_white if np.ptp(over_white) >= FAINTEST else over_black


def _border(grey: NDArray[Number]) -> NDArray[Number]:
    return np.concatenate([grey[0], grey[-1], grey[1:-1, 0], grey[1:-1, -1]])


def _otsu(grey: Grey) -> int:
    """Return the level t that splits values <= t from > t with the largest variance between."""
    import cv2

    return int(cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)[0])
