"""What is not of the writing: specks, a ring around it, and what hangs in over the border."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import Grey
from pilgi.ink.paper import border

Boxes = NDArray[np.int32]
"""(n, 4): left, top, right, bottom, the last two past the end."""

SPECK: Final = 50
LINE_SPECK: Final = 6


def without_specks(ink: Grey) -> Grey:
    """Return `ink` without what is not of the character: specks, a ring, what hangs on the border.

    A speck is a connected part with less than a fiftieth of all ink. A ring has all other parts
    inside its box, and goes; see `_is_ring`. Parts on the border (a table beside the paper, the
    neighbours' strokes) go where the largest part, or each of several that are equally large, does
    not touch it; and, where no part has all others inside, where one that does not touch it is half
    as high as all ink.
    """
    import cv2

    mask = (ink > 0).astype(np.uint8)
    count, parts, found, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count <= 2:  # paper and one part, which is the largest
        return ink
    mass = np.bincount(parts.ravel(), weights=ink.ravel(), minlength=count).astype(np.int64)
    outside = np.zeros(count, np.bool_)
    outside[border(parts.astype(np.int32, copy=False))] = True
    gone = SPECK * mass < mass.sum()
    kept = np.flatnonzero(~gone)
    boxes = np.hstack([found[kept, :2], found[kept, :2] + found[kept, 2:4]])
    around = _around(boxes)
    stands = around is None and _stands(boxes, outside[kept])
    if stands or not outside[mass == mass.max()].any():
        gone |= outside
    if around is not None and _is_ring(boxes, around):
        gone[kept[around]] = True
    return np.where(gone[parts], np.uint8(0), ink)


def _around(boxes: Boxes) -> int | None:
    """Return which part has all others inside its box; None where none has, or there are none."""
    if len(boxes) < 2:
        return None
    outer = int((boxes[:, 2:] - boxes[:, :2]).sum(axis=1).argmax())
    others = np.delete(boxes, outer, axis=0)
    inside = (others[:, :2] > boxes[outer, :2]).all() and (others[:, 2:] < boxes[outer, 2:]).all()
    return outer if inside else None


def _is_ring(boxes: Boxes, around: int) -> bool:
    """Say whether the part around all others is no 0: at least four fifths as wide as high.

    And one of the others is at least a third as high: no dot.
    """
    width, height = boxes[around, 2:] - boxes[around, :2]
    tallest = np.delete(boxes[:, 3] - boxes[:, 1], around).max()
    return bool(5 * width >= 4 * height and 3 * tallest >= height)


def _stands(boxes: Boxes, outside: NDArray[np.bool_]) -> bool:
    """Say whether a part that does not touch the border is at least half as high as all."""
    if outside.all():
        return False
    tallest = (boxes[:, 3] - boxes[:, 1])[~outside].max()
    return bool(2 * tallest >= boxes[:, 3].max() - boxes[:, 1].min())


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
