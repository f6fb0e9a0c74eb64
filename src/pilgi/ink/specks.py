"""What is not of the writing: specks, and what hangs in over the border."""

from typing import Final

import numpy as np

from pilgi.ink.geometry import Grey
from pilgi.ink.paper import border

SPECK: Final = 50
LINE_SPECK: Final = 6


def without_specks(ink: Grey) -> Grey:
    """Return `ink` without what is not of the character: specks, and what hangs on the border.

    A speck is a connected part with less than a fiftieth of all ink. Parts on the border (corners
    of shadows, the neighbours' strokes) go where the largest part, or each of several that are
    equally large, does not touch it.
    """
    import cv2

    count, parts = cv2.connectedComponents((ink > 0).astype(np.uint8), connectivity=8)
    if count <= 2:  # paper and one part, which is the largest
        return ink
    mass = np.bincount(parts.ravel(), weights=ink.ravel(), minlength=count).astype(np.int64)
    outside = np.zeros(count, np.bool_)
    outside[border(parts.astype(np.int32, copy=False))] = True
    gone = SPECK * mass < mass.sum()
    if not outside[mass == mass.max()].any():
        gone |= outside
    return np.where(gone[parts], np.uint8(0), ink)


def without_line_specks(ink: Grey) -> Grey:
    """Return a line of digits without specks and without what hangs in from the lines around it.

    A speck is a connected part whose box is less than a sixth of the ink's height both ways. Of the
    parts that touch the picture's upper or lower side those go that lie in its outer quarter and
    are no bars, twice as wide as high: a 5's own bar lies there in a tight crop.
    """
    import cv2

    rows = np.flatnonzero(ink.any(axis=1))
    if not rows.size:
        return ink
    _, parts, boxes, _ = cv2.connectedComponentsWithStats((ink > 0).astype(np.uint8))
    top, height = boxes[:, cv2.CC_STAT_TOP], boxes[:, cv2.CC_STAT_HEIGHT]
    longer = np.maximum(height, boxes[:, cv2.CC_STAT_WIDTH])
    gone = LINE_SPECK * longer < rows[-1] + 1 - rows[0]
    outer = (4 * height < len(ink)) & (boxes[:, cv2.CC_STAT_WIDTH] < 2 * height)
    gone |= ((top == 0) | (top + height == len(ink))) & outer
    gone[0] = False
    kept = np.where(gone[parts], np.uint8(0), ink)
    return kept if kept.any() else ink
