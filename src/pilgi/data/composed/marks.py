"""What stands on a page beside digits, drawn with OpenCV onto ink, float32 0 to 1."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.float32]
Place = tuple[float, float]

SHIFT: Final = 4
"""OpenCV's fractional bits: places to a sixteenth of a pixel."""


def line(ink: Ink, ends: tuple[Place, Place], thick: int, grey: float) -> None:
    """Lay a straight stroke from one (x, y) to another over `ink`, in place."""
    import cv2

    drawn = np.zeros(ink.shape, np.uint8)
    cv2.line(drawn, _fixed(ends[0]), _fixed(ends[1]), 255, thick, cv2.LINE_AA, SHIFT)
    _lay(ink, drawn, grey)


def ring(ink: Ink, middle: Place, half: Place, turn: float, grey: float) -> None:
    """Lay an ellipse over `ink`, in place."""
    import cv2

    drawn = np.zeros(ink.shape, np.uint8)
    thick = max(1, round(sum(half) / 24))
    cv2.ellipse(drawn, _fixed(middle), _fixed(half), turn, 0, 360, 255, thick, cv2.LINE_AA, SHIFT)
    _lay(ink, drawn, grey)


def blot(ink: Ink, middle: Place, radius: float, soft: float, grey: float) -> None:
    """Lay a disc over `ink`, in place, its edge `soft` pixels wide."""
    y, x = np.mgrid[: ink.shape[0], : ink.shape[1]].astype(np.float32)
    away = np.hypot(x - np.float32(middle[0]), y - np.float32(middle[1]))
    edge = ((np.float32(radius) - away) / np.float32(soft) + np.float32(0.5)).clip(0, 1)
    np.maximum(ink, edge * np.float32(grey), out=ink)


def _lay(ink: Ink, drawn: NDArray[np.uint8], grey: float) -> None:
    np.maximum(ink, drawn * np.float32(grey / 255), out=ink)


def _fixed(place: Place) -> tuple[int, int]:
    return round(place[0] * 2**SHIFT), round(place[1] * 2**SHIFT)
