"""Which parts of a field are together one character."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

WIDEST_DIGIT: Final = 1.3
"""A single digit is at most this many times as wide as tall."""


def is_single(boxes: NDArray[Any]) -> bool:
    """Say whether parts, (n, 4): left, top, right, bottom, are together one character."""
    width, height = boxes[:, 2:].max(axis=0) - boxes[:, :2].min(axis=0)
    return bool(width <= WIDEST_DIGIT * height) and len(characters(boxes)) <= 1


def characters(boxes: NDArray[Any]) -> list[list[int]]:
    """Return which parts, (n, 4) as above, are each character, from left to right.

    Tall parts are of one character where they stand above or below each other; a low part, a bar or
    a dot, goes with the character that is nearest to its middle. Without tall parts there is none.
    """
    left, top, right, bottom = boxes.T
    tall = bottom - top >= (bottom.max() - top.min()) / 2
    found, reach = list[list[int]](), -np.inf
    for at in _from_the_left(boxes, tall):
        if left[at] >= reach - (right[at] - left[at]) // 4:
            found.append([])
        found[-1].append(at)
        reach = max(reach, right[at])
    reaches = [(left[each].min(), right[each].max()) for each in found]
    for at in np.flatnonzero(~tall).tolist() if found else ():
        middle = (left[at] + right[at]) / 2
        far = [max(begin - middle, middle - end, 0) for begin, end in reaches]
        found[far.index(min(far))].append(at)
    return [sorted(each) for each in found]


def _from_the_left(boxes: NDArray[Any], chosen: NDArray[np.bool_]) -> list[int]:
    at = np.flatnonzero(chosen)
    order: list[int] = at[np.argsort(boxes[at, 0], kind="stable")].tolist()
    return order
