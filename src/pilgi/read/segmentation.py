"""Ink on a page -> characters, fields, lines: what belongs together, and in which order."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import Grey
from pilgi.read.characters import characters, is_single
from pilgi.read.homography import Box

MOST: Final = 5000
"""Parts of a page at most; of more, the tallest: a page of digits has fewer."""

AT_ONCE: Final = 256
"""Parts that are compared with all others in one step: memory stays small."""

SPECK: Final = 0.25
"""What is smaller than this share of the page's usual character is a speck, and so is ..."""

SMALLEST: Final = 6
"""... what has fewer pixels a side, or ..."""

TINIEST: Final = 200
"""... less than the longer side of the page divided by this."""

FLAT: Final = 4
"""What is wider than this many times its height, and than a character, is a dash."""

TALLEST: Final = 5.0
"""What is taller than this many usual characters is none."""

HOLLOW: Final = 0.1
"""Ink that covers less of its box is a line that crosses the page."""

OVERLAP: Final = 0.4
"""Characters of one line share this part of the lower one's height."""

GAP: Final = 0.8
"""Characters farther apart than this many heights are of two fields."""

WALL: Final = 0.8
"""A wall stands along this share of the height that its neighbours share."""


@dataclass(frozen=True)
class Field:
    """Characters written side by side: a digit or a number.

    box: around them, in the page's pixels. single: whether it is one character. parts: the labels
    of its connected parts.
    """

    box: Box
    single: bool
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Parts:
    """The connected parts of a page's ink that may be characters or pieces of them.

    labels: int32 as the page. boxes: int64 (n, 4), left, top, right, bottom. names: their labels.
    usual: the usual character's height.
    """

    labels: NDArray[np.int32]
    boxes: NDArray[np.int64]
    names: NDArray[np.int64]
    usual: float


def find_parts(ink: Grey, clear_edge: bool = False) -> Parts:
    """Return the connected parts of `ink`, without specks and what is too large.

    clear_edge: whether nothing is written across the page's edge, as on a whole sheet.
    """
    import cv2

    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    left, top, width, height, _ = stats[1:].astype(np.int64).T
    usual = _usual(stats[1:])
    least = max(SPECK * usual, SMALLEST, max(ink.shape) / TINIEST)
    fits = (np.maximum(width, height) >= least) & ~_foreign(stats[1:], ink.shape, usual, clear_edge)
    kept = np.flatnonzero(fits)
    kept = np.sort(kept[np.argsort(-height[kept], kind="stable")][:MOST])
    boxes = np.stack([left, top, left + width, top + height], axis=1)[kept]
    return Parts(labels.astype(np.int32, copy=False), boxes, kept + 1, usual)


def _usual(stats: NDArray[Any]) -> float:
    """Return the median of the heights, each counted by its ink, dashes left out."""
    height, area = stats[stats[:, 2] <= FLAT * stats[:, 3]][:, 3:].T
    if not height.size:
        return 0.0
    order = np.argsort(height, kind="stable")
    share = np.cumsum(area[order])
    return float(height[order][np.searchsorted(share, share[-1] / 2)])


def _foreign(
    stats: NDArray[Any], shape: tuple[int, ...], usual: float, clear_edge: bool
) -> NDArray[np.bool_]:
    """Say which parts are the edge of a table, of a sheet or of a shadow, or rest of a frame."""
    left, top, width, height, area = stats.T
    at_edge = (left <= 1) | (top <= 1)
    at_edge |= (left + width >= shape[1] - 1) | (top + height >= shape[0] - 1)
    long = (height > shape[0] / 2) | (width > shape[1] / 2)
    hollow = area < HOLLOW * width * height
    tall = height > TALLEST * usual
    wide = width > TALLEST * usual
    dash = (width > FLAT * height) & (width > usual)
    found: NDArray[np.bool_] = (
        at_edge & (long & hollow | clear_edge) | tall | hollow & wide | dash & (height < usual / 2)
    )
    return found


def find_fields(parts: Parts, walls: NDArray[np.bool_]) -> list[Field]:
    """Return the fields of a page in reading order: top to bottom, left to right.

    walls: bool as the page, the rules and frames that were taken out. One between two parts keeps
    them apart, as a table's columns are, unless it is a row of cells with a digit in each.
    """
    if not len(parts.boxes):
        return []
    pairs = _neighbours(parts)
    walled = _walled(parts, pairs, walls)
    cell = _connected(len(parts.boxes), pairs[~walled])
    single = np.array([_field(parts, members).single for members in _members(cell)])[cell]
    joined = ~walled | single[pairs].all(axis=1)
    group = _connected(len(parts.boxes), pairs[joined])
    fields = [_field(parts, members) for members in _members(group)]
    tall = [field for field in fields if field.box.h >= 2 * SPECK * parts.usual]
    return [field for row in _rows(tall) for field in row]


def _neighbours(parts: Parts) -> NDArray[np.intp]:
    """Return the pairs of parts that stand side by side in one field, (m, 2), each once."""
    count = len(parts.boxes)
    if count == 1:
        return np.empty((0, 2), np.intp)
    starts = range(0, count, AT_ONCE)
    return np.concatenate([_beside(parts.boxes, parts.usual, start) for start in starts])


def _beside(boxes: NDArray[np.int64], usual: float, start: int) -> NDArray[np.intp]:
    """Return the pairs whose first part is one of 256 from `start` on, the second a later one."""
    left, top, right, bottom = boxes.T
    some = boxes[start : start + AT_ONCE, :, None]
    first_left, first_top, first_right, first_bottom = some.swapaxes(0, 1)
    height, first_height = bottom - top, first_bottom - first_top
    shared = np.minimum(bottom, first_bottom) - np.maximum(top, first_top)
    apart = np.maximum(left, first_left) - np.minimum(right, first_right)
    reach = GAP * np.maximum(np.maximum(height, first_height), usual / 2)
    near = (shared >= OVERLAP * np.minimum(height, first_height)) & (apart <= reach)
    first, second = np.nonzero(near)
    later = second > first + start
    return np.stack([first[later] + start, second[later]], axis=1)


def _connected(count: int, pairs: NDArray[np.intp]) -> NDArray[np.int32]:
    """Return each part's group, int32 (count,): parts that pairs chain have the same."""
    if not len(pairs):
        return np.arange(count, dtype=np.int32)
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = coo_array((np.ones(len(pairs), bool), pairs.T), shape=(count, count))
    _, group = connected_components(links, directed=False)
    found: NDArray[np.int32] = group
    return found


def _members(group: NDArray[np.int32]) -> list[NDArray[np.intp]]:
    order = np.argsort(group, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(group[order])) + 1)


def _walled(parts: Parts, pairs: NDArray[np.intp], walls: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say of each pair whether a wall stands between the two, bool (m,)."""
    if not walls.any():
        return np.zeros(len(pairs), bool)
    boxes = parts.boxes
    found = [_is_walled(boxes[one], boxes[other], walls) for one, other in pairs.tolist()]
    return np.array(found, np.bool_)


def _is_walled(one: NDArray[Any], other: NDArray[Any], walls: NDArray[np.bool_]) -> bool:
    first, second = (one, other) if one[0] <= other[0] else (other, one)
    top, bottom = max(first[1], second[1]), min(first[3], second[3])
    between = walls[top:bottom, first[2] : second[0]]
    return bool(between.size and between.any(axis=1).mean() > WALL)


def _field(parts: Parts, members: NDArray[np.intp]) -> Field:
    boxes = parts.boxes[members]
    (left, top), (right, bottom) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    box = Box(int(left), int(top), int(right - left), int(bottom - top))
    return Field(box, is_single(boxes), tuple(parts.names[members].tolist()))


def characters_of(parts: Parts, field: Field) -> list[Field]:
    """Return the characters of a field, each as a field of its own, from left to right."""
    members = np.flatnonzero(np.isin(parts.names, field.parts))
    return [_field(parts, members[each]) for each in characters(parts.boxes[members])]


def _rows(fields: list[Field]) -> list[list[Field]]:
    """Return the fields line by line: each belongs to the line its middle lies in."""
    rows: list[list[Field]] = []
    for field in sorted(fields, key=lambda each: each.box.y + each.box.h / 2):
        middle = field.box.y + field.box.h / 2
        row = next((row for row in rows if _holds(row, middle)), None)
        if row is None:
            rows.append([field])
        else:
            row.append(field)
    return [sorted(row, key=lambda each: each.box.x) for row in rows]


def _holds(row: list[Field], middle: float) -> bool:
    last = row[-1].box
    return last.y <= middle <= last.bottom
