"""The width of the pen: lines too thin to survive the scaling are made wider."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import BOX, Grey, crop

THINNEST: Final = 1
"""In halves of a final pixel: a pen thinner than this is widened ..."""

WIDENED: Final = 2
"""... to this."""

SOLID: Final = 128


def widen(ink: Grey, final: int = BOX, *, line: bool = False) -> Grey:
    """Return `ink` with a pen thinner than half a final pixel widened to a whole one.

    final: pixels that the longer side, or a line's height, will have.

    The pen's width is w = (8 / pi) area / edge, right for a stroke in any direction on average:
    `edge` counts the borders between ink and paper pixels. A thin one is dilated with a disc; what
    is too small to hold one is left as it is.
    """
    import cv2

    drawn = crop(ink)
    area, edge = _area_and_edge(np.pad(drawn >= SOLID, 1))
    side = drawn.shape[0] if line else max(drawn.shape, default=0)
    # Twice the width in final pixels is 2 (28 / 11) (area / edge) (final / side): compared and
    # subtracted in whole numbers.
    width, unit = 56 * final * area, 11 * edge * side
    if width >= THINNEST * unit:
        return ink
    radius = (WIDENED * unit - width) // (11 * edge * 4 * final)
    if not radius:
        return ink
    wide: Grey = cv2.dilate(np.pad(drawn, radius), _disc(radius)).astype(np.uint8)
    return wide


def _area_and_edge(solid: NDArray[np.bool_]) -> tuple[int, int]:
    lying = int((solid[1:] != solid[:-1]).sum())
    standing = int((solid[:, 1:] != solid[:, :-1]).sum())
    return int(solid.sum()), lying + standing


def _disc(radius: int) -> Grey:
    rows, columns = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    disc: Grey = (rows**2 + columns**2 <= radius * (radius + 1)).astype(np.uint8)
    return disc
