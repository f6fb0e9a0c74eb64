"""Ruled lines, form boxes and tables, found on a whole page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import Grey
from pilgi.read.homography import Box

Mask = NDArray[np.bool_]

LONGEST_BAR: Final = 12
"""A digit's own bar is no longer than this many widths of the pen, or its runs are not straight."""

SHORTEST: Final = 40

THICKEST: Final = 1.5
"""A rule is at most this many times as thick as the pen, or 3 pixels."""

REACH: Final = 1.5
"""A rule is this many times as long as what stands on it is tall."""


@dataclass(frozen=True)
class Band:
    """A thin run across the page: its box, and which of the box's pixels it is."""

    box: Box
    mask: Mask

    @property
    def thickness(self) -> int:
        """The lower quartile of the columns' pixels: a digit's bar on it makes it thicker."""
        counts = np.sort(self.mask.sum(axis=0)[self.mask.any(axis=0)])
        return int(counts[len(counts) // 4]) if counts.size else 0

    def of(self, page: Any) -> Any:
        """Return its box of `page`."""
        return page[self.box.y : self.box.bottom, self.box.x : self.box.right]


def without_rules(ink: Grey, pen: float) -> Grey:
    """Return `ink` without rules; where a stroke crosses one, it is thicker there and stays.

    A lying rule is a straight thin run that reaches beyond what touches it on both sides, as no
    digit's bar does, and is longer than that is tall; or one that nothing touches. Standing rules
    are the sides of boxes and tables: both their ends lie on lying ones.
    """
    lying = list(_bands(ink, pen))
    hanging = _hanging(lying, _bands(ink.T, pen), ink.shape)
    rest = (ink > 0) & ~_union(lying, ink.shape) & ~_union(hanging, ink.T.shape).T
    across = _rules(lying, rest)
    down = _hanging(across, hanging, ink.shape)
    on = _grown(_union(across, ink.shape), 5)
    corners = on & _grown(_union(down, ink.T.shape).T)
    gone = _thin(across, ink) | _thin(down, ink.T).T | corners
    return np.where(gone, np.uint8(0), ink)


def _bands(ink: Grey, pen: float) -> Iterator[Band]:
    """Yield the thin connected parts of `ink` that are made of long lying runs."""
    import cv2

    length = max(SHORTEST, round(LONGEST_BAR * pen))
    # A tilted line is a stair of short runs, longer when drawn thicker; a faint one has gaps.
    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8))
    thick = cv2.dilate(whole, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    _, parts, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    for at, (x, y, w, h, _) in enumerate(stats.tolist()[1:], 1):
        here = slice(y, y + h), slice(x, x + w)
        band = Band(Box(x, y, w, h), (parts[here] == at) & (ink[here] > 0))
        if 0 < band.thickness <= max(3.0, THICKEST * pen):
            yield band


def _rules(bands: list[Band], rest: Mask) -> list[Band]:
    """Return the lying bands that reach beyond what touches them and are longer than it is tall."""
    import cv2

    _, parts, stats, _ = cv2.connectedComponentsWithStats(_grown(rest).astype(np.uint8))
    return [band for band in bands if _is_rule(band, _touching(band, parts, stats), rest.shape[1])]


def _touching(band: Band, parts: Any, stats: Any) -> list[Box]:
    """Return the boxes of what touches a band, without what is left of the band itself."""
    found = np.unique(band.of(parts)[band.mask])
    boxes = [Box(*stats[at, :4].tolist()) for at in found if at]
    return [box for box in boxes if box.h > band.thickness + 4]


def _is_rule(band: Band, touching: list[Box], width: int) -> bool:
    """Say whether a lying band reaches beyond what touches it; the page's edge is beyond."""
    if not touching:
        return True
    box = band.box
    overhang = max(2, box.w // 64)
    left, right = min(each.x for each in touching), max(each.right for each in touching)
    return (
        (box.x + overhang <= left or box.x <= 1)
        and (right + overhang <= box.right or box.right >= width - 1)
        and box.w >= REACH * max(each.h for each in touching)
    )


def _hanging(lying: Iterable[Band], standing: Iterable[Band], shape: tuple[int, ...]) -> list[Band]:
    """Return the standing bands between lying ones."""
    on = _grown(_union(lying, shape), 5).T
    return [band for band in standing if _hangs(band, on)]


def _hangs(band: Band, rules: Mask) -> bool:
    """Say whether both ends of a standing band, turned to lie, are on `rules`, turned too."""
    on = np.flatnonzero((band.of(rules) & band.mask).any(axis=0))
    return bool(on.size) and on[0] <= 3 and on[-1] >= band.box.w - 4 and on[-1] - on[0] > 8


def _thin(bands: Iterable[Band], ink: Grey) -> Mask:
    """Return the pixels of lying bands where the ink is about as thick as the band is."""
    import cv2

    thin = np.zeros(ink.shape, bool)
    for band in bands:
        reach = 2 * band.thickness + 2
        top = max(0, band.box.y - reach)
        around = ink[top : band.box.bottom + reach, band.box.x : band.box.right]
        column = np.ones((band.thickness * 3 // 2 + 2, 1), np.uint8)
        tall = cv2.morphologyEx(around, cv2.MORPH_OPEN, column)[band.box.y - top :][: band.box.h]
        band.of(thin)[band.mask & (tall == 0)] = True
    return thin


def _grown(mask: Mask, side: int = 3) -> Mask:
    import cv2

    grown: Mask = cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8)) > 0
    return grown


def _union(bands: Iterable[Band], shape: tuple[int, ...]) -> Mask:
    union = np.zeros(shape, bool)
    for band in bands:
        band.of(union)[band.mask] = True
    return union
