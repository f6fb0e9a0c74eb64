"""Salt and pepper taken out of a small picture: pixels that a sensor or a channel lost."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import SIDE, Grey

GRAINS: Final = 8
"""So many are noise. No digit of MNIST's 70,000 has more than 2; see docs/ink.md."""

BRIGHT: Final = 128
WHITE: Final = 255


def without_noise(grey: Grey) -> Grey:
    """Return `grey` with each pixel of 0 or 255 the median of the nine around it, if it is noisy.

    The nearest pixel stands for those outside. Other pixels, a stroke's soft edges, stay.
    Source: the switching median filter for impulses; Gonzalez and Woods, Digital Image Processing.
    """
    import cv2

    if not is_noisy(grey):
        return grey
    lost = (grey == 0) | (grey == WHITE)
    return np.where(lost, cv2.medianBlur(grey, 3), grey).astype(np.uint8)


def is_noisy(grey: Grey) -> bool:
    """Say whether a picture of 28x28 has 8 grains of salt or pepper: larger ones are never asked.

    A grain is a pixel of 255 whose eight neighbours are all below 128, or of 0 whose neighbours are
    not; on the border none is looked for.
    """
    if grey.shape != (SIDE, SIDE):
        return False
    lit = grey >= BRIGHT
    return _alone_in_rows(lit) >= GRAINS and int(_grains(grey, lit).sum()) >= GRAINS


def _alone_in_rows(lit: NDArray[np.bool_]) -> int:
    """Return how many differ from the pixels before and after them: no fewer than the grains.

    Quick, as it is asked of every picture; in nine of ten of MNIST's they are too few.
    """
    differ = np.diff(lit.ravel())
    return int(np.count_nonzero(differ[1:] & differ[:-1]))


def _grains(grey: Grey, lit: NDArray[np.bool_]) -> NDArray[np.bool_]:
    import cv2

    around: NDArray[Any] = cv2.boxFilter(lit.astype(np.uint8), -1, (3, 3), normalize=False)
    inner, around = grey[1:-1, 1:-1], around[1:-1, 1:-1]
    found: NDArray[np.bool_] = (inner == WHITE) & (around == 1) | (inner == 0) & (around == 8)
    return found
