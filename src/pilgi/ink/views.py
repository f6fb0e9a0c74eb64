"""Views of one line (test-time augmentation): as it is, and slanted a little to either side.

A recognizer's mistakes differ from view to view, so that the mean of its answers has fewer.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import Grey

SLANTS: Final = (0, -3, 3)
"""In twentieths: columns that a row moves for each row that it lies above the middle."""

UNIT: Final = 40
"""Parts of a pixel: rows lie halves of pixels off the middle, and move twentieths of that."""


def slanted_views(line: Grey) -> NDArray[np.uint8]:
    """Return uint8 (3, height, width + 6 where height is 32): line ink as it is, and slanted.

    Row y moves by k (height - 1 - 2 y) / 40 columns, k = 0, -3, 3, interpolated linearly in whole
    numbers; there is as much room on both sides in all of them.
    """
    return np.stack([_slanted(line, slant) for slant in SLANTS])


def _slanted(line: Grey, slant: int) -> Grey:
    height, width = line.shape
    room = -(-max(SLANTS) * (height - 1) // UNIT)
    whole, part = np.divmod(slant * (height - 1 - 2 * np.arange(height))[:, None], UNIT)
    wide = np.pad(line, ((0, 0), (2 * room + 1, 2 * room))).astype(np.int64)
    place = np.arange(width + 2 * room) + room + 1 - whole
    near, far = (np.take_along_axis(wide, each, axis=1) for each in (place, place - 1))
    moved: NDArray[np.int64] = ((UNIT - part) * near + part * far + UNIT // 2) // UNIT
    return moved.astype(np.uint8)
