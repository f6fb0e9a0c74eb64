"""Any picture -> eight bits, without transparency; and its lightness."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.errors import DataError
from pilgi.ink.geometry import Grey

Colour = NDArray[np.uint8]
"""(height, width, 3), red, green, blue."""

FAINTEST: Final = 24
"""Paper and ink nearer than this are one: the picture is blank."""


def to_grey(picture: NDArray[Any]) -> Grey:
    """Return uint8 (height, width): Rec. 601 luma, 16 bits scaled to 8, alpha over white.

    Where the ink itself is white, so that white paper would swallow it, alpha lies over black.
    Raises DataError for other types and shapes.
    """
    pixels = opaque(picture)
    return pixels if pixels.ndim == 2 else luma(pixels)


def opaque(picture: NDArray[Any]) -> Grey | Colour:
    """Return uint8 (height, width), or (height, width, 3) where some pixel has a colour.

    Raises DataError as `to_grey` does.
    """
    _check_shape(picture)
    pixels = _eight_bits(picture)
    if pixels.ndim == 2:
        return pixels
    if pixels.shape[2] == 4:
        pixels = _flatten(pixels[..., :3], pixels[..., 3:])
    grey: Grey = pixels[..., 0]
    coloured = pixels.shape[2] == 3 and (pixels != grey[..., None]).any()
    return pixels if coloured else grey


def luma(rgb: Colour) -> Grey:
    """Rec. 601: (299 R + 587 G + 114 B) / 1000, rounded; a grey pixel keeps its value."""
    weighted = rgb.astype(np.uint32) @ np.array([299, 587, 114], np.uint32)
    return ((weighted + 500) // 1000).astype(np.uint8)


def _check_shape(picture: NDArray[Any]) -> None:
    channels = picture.shape[2:]
    if picture.ndim < 2 or not picture.size or channels not in ((), (1,), (3,), (4,)):
        raise DataError(
            f"a picture must be (height, width) with 1, 3 or 4 channels, not {picture.shape}"
        )


def _eight_bits(picture: NDArray[Any]) -> NDArray[np.uint8]:
    if picture.dtype == np.uint8:
        return picture
    if picture.dtype == np.bool_:
        return picture.astype(np.uint8) * np.uint8(255)
    if picture.dtype == np.uint16:
        return ((picture.astype(np.uint32) + 128) // 257).astype(np.uint8)
    raise DataError(f"a picture must have 8 or 16 bits a channel, not the type {picture.dtype}")


def _flatten(rgb: Colour, alpha: NDArray[np.uint8]) -> Colour:
    """Lay `rgb` over white; over black where no channel would show 24 levels of contrast."""
    over_black = ((rgb * alpha.astype(np.uint32) + 127) // 255).astype(np.uint8)
    over_white = over_black + (255 - alpha)
    shown = np.ptp(over_white, axis=(0, 1)).max()
    return over_white if shown >= FAINTEST else over_black
