"""Any picture -> one grey channel of eight bits."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.errors import DataError
from pilgi.ink.geometry import Grey

FAINTEST: Final = 24
"""Paper and ink nearer than this are one: the picture is blank."""


def to_grey(picture: NDArray[Any]) -> Grey:
    """Return uint8 (height, width): Rec. 601 luma, 16 bits scaled to 8, alpha over white.

    Where the ink itself is white, so that white paper would swallow it, alpha lies over black.
    Raises DataError for other types and shapes.
    """
    _check_shape(picture)
    pixels = _eight_bits(picture)
    if pixels.ndim == 2:
        return pixels
    if pixels.shape[2] == 4:
        return _flatten(_luma(pixels[..., :3]), pixels[..., 3])
    return _luma(pixels) if pixels.shape[2] == 3 else pixels[..., 0]


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
