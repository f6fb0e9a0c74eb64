"""Boxes drawn around fields: single ones, and rows of cells."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from pilgi.ink.geometry import Grey

RECTANGULAR: Final = 0.88
"""A frame fills this share of the smallest rectangle around it; an ellipse fills 0.79."""

HOLLOW: Final = 0.6
"""Its cells are this share of it at least; where a digit touches the frame, less is seen."""

TOUCHED: Final = 0.3

WAVERING: Final = 0.25
"""Pixels by which a side goes in and out."""


def without_frames(ink: Grey, pen: float) -> Grey:
    """Return `ink` without the frames in it; what touches a frame from within stays."""
    import cv2

    outlines, tree = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    frames = [at for at in _outer(tree) if _is_rectangle(outlines[at], pen)]
    gone = np.zeros_like(ink)
    for at in frames:
        cells = [outlines[hole] for hole in _holes(tree, at)]
        if _area(cells) >= HOLLOW * cv2.contourArea(outlines[at]) and _all_cells(cells, pen):
            cv2.drawContours(gone, outlines, at, 255, cv2.FILLED, hierarchy=tree, maxLevel=1)
        elif _area(cells) >= TOUCHED * cv2.contourArea(outlines[at]):
            cv2.drawContours(gone, outlines, at, 255, 2 * max(2, round(pen)))
    return np.where(gone > 0, np.uint8(0), ink)


def _outer(tree: Any) -> Iterator[int]:
    """Yield the outlines that are no hole's and have one in them."""
    if tree is not None:
        yield from (at for at, (_, _, hole, parent) in enumerate(tree[0]) if parent < 0 <= hole)


def _holes(tree: Any, at: int) -> Iterator[int]:
    hole = tree[0][at][2]
    while hole >= 0:
        yield hole
        hole = tree[0][hole][0]


def _is_rectangle(outline: Any, pen: float) -> bool:
    """Say whether an outline is a rectangle, about, and large beside the pen's width."""
    import cv2

    _, (width, height), _ = cv2.minAreaRect(outline)
    if min(width, height) < 4 * pen:
        return False
    return bool(cv2.contourArea(outline) >= RECTANGULAR * width * height)


def _all_cells(holes: list[Any], pen: float) -> bool:
    """Say whether every hole that could hold a digit is a rectangle that no digit reaches into."""
    import cv2

    large = [hole for hole in holes if cv2.contourArea(hole) > 16 * pen * pen]
    return all(_is_rectangle(hole, pen) and _is_whole(hole, pen) for hole in large)


def _is_whole(hole: Any, pen: float) -> bool:
    """Say whether nothing of a pen's stroke is missing from a hole: a wavering side is less."""
    import cv2

    hull = cv2.convexHull(hole)
    missing = cv2.contourArea(hull) - cv2.contourArea(hole)
    return bool(missing <= 2 * pen * pen + WAVERING * cv2.arcLength(hull, True))


def _area(outlines: list[Any]) -> float:
    import cv2

    return sum(cv2.contourArea(outline) for outline in outlines)
