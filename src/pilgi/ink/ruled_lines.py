"""Ruled lines, squares and frames taken out of ink."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import Grey

Mask = NDArray[np.bool_]

GAP: Final = 16
RUN: Final = 5
OVERHANG: Final = 16
"""Shares of the width: a gap within a rule at most, its runs and its overhang at least."""

THICKEST: Final = 20
LINE_THICKEST: Final = 10
"""A rule's thickness at most, as a share of the picture's height; of a line of digits'."""

PARALLEL: Final = 3
FRAME: Final = 2
"""So many lines across a picture are ruled, or so many each way; a digit has fewer."""

SIDES: Final = 32
CLEARLY: Final = 32
"""Levels by which ink drawn over a rule is darker than the rule: grain and JPEG change less."""


def without_rules(ink: Grey) -> Grey:
    """Return `ink` without ruled lines: those across three quarters of the picture, or of a frame.

    A rule is straight (runs of at least a fifth of the width) and overhangs all other ink on both
    sides by a sixteenth of the width, which few digits' own bars do: a bar ends in a stroke. And
    it does not come alone, or is paler than the writing: see `_proven`. Where the ink is clearly
    thicker than the rule, a stroke crosses it and stays. A picture of rules alone is left alone.
    """
    lying, standing = bands(ink), [band.T for band in bands(ink.T)]
    rest = (ink > 0) & ~_union([*lying, *standing], ink.shape)
    across = [band for band in lying if _overhangs(band, rest)]
    down = [band for band in standing if _overhangs(band.T, rest.T)]
    across, down = _proven(across, down, ink, rest)
    corners = _union(across, ink.shape) & _union(down, ink.shape)
    thin = [_thin(band, ink) for band in across] + [_thin(band.T, ink.T).T for band in down]
    kept = np.where(corners | _union(thin, ink.shape), np.uint8(0), ink)
    return kept if kept.any() else ink


def _proven(
    across: list[Mask], down: list[Mask], ink: Grey, rest: Mask
) -> tuple[list[Mask], list[Mask]]:
    """Return the bands that are rules whatever the crop: a frame, three in parallel, or paler.

    A lone line as dark as the writing may be the foot that a 1 or a 2 stands on, and three the
    bars and the stem of a crossed 7, once a picture is cut out tightly.
    """
    if min(len(across), len(down)) >= FRAME:
        return across, down
    found = (
        lines if len(lines) >= PARALLEL else [line for line in lines if _paler(line, ink, rest)]
        for lines in (across, down)
    )
    return next(found), next(found)


def _paler(band: Mask, ink: Grey, rest: Mask) -> bool:
    """Return whether the band's median is at most three quarters of the other ink's."""
    found, own = np.sort(ink[rest]), np.sort(ink[band])
    return bool(found.size) and 4 * int(own[len(own) // 2]) <= 3 * int(found[len(found) // 2])


def without_lying_rules(ink: Grey) -> Grey:
    """Return a line of digits without the ruled lines it stands on and between.

    As in `without_rules`, but a rule may be up to a tenth of the picture's height thick, and it may
    also be one that reaches both sides of the picture, where digits hide its ends. What is nearer
    to full ink than to the rule's own level, and clearly darker, is a stroke drawn on the rule and
    stays. In a picture so narrow that it may show one digit, a rule is paler than the ink: the bar
    of a 7 spans a tight crop too.
    """
    lying = bands(ink, LINE_THICKEST)
    rest = (ink > 0) & ~_union(lying, ink.shape)
    across = [band for band in lying if _reaches_sides(band) or _overhangs(band, rest)]
    if 2 * ink.shape[1] < 3 * len(ink):
        across = [band for band in across if _paler(band, ink, rest)]
    plain = [_thin(band, ink) & ~_drawn_over(band, ink) for band in across]
    kept = np.where(_union(plain, ink.shape), np.uint8(0), ink)
    return kept if kept.any() else ink


def bands(ink: Grey, thickest: int = THICKEST) -> list[Mask]:
    """Return the connected parts of `ink` that are made of long lying runs and span the picture.

    thickest: their thickness at most, as a share of the picture's height.
    """
    import cv2

    width = ink.shape[1]
    if not _spans(ink > 0):
        return []
    solid = (ink > 0).astype(np.uint8)
    # A faint line has gaps; a tilted one is a stair of short runs, longer when drawn thicker.
    whole = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, _row(width // GAP))
    thick = cv2.dilate(whole, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, _row(width // RUN))
    count, parts = cv2.connectedComponents(runs, connectivity=8)
    found = ((parts == at) & (ink > 0) for at in range(1, count))
    return [band for band in found if _lies_across(band, thickest)]


def _lies_across(band: Mask, thickest: int) -> bool:
    """Say whether `band` spans three quarters of the picture and is thin."""
    return _spans(band) and thickest * _thickness(band) <= len(band)


def _spans(mask: Mask) -> bool:
    """Say whether `mask` reaches across three quarters of the picture."""
    first, last = _ends(mask)
    return bool(4 * (last + 1 - first) >= 3 * mask.shape[1])


def _reaches_sides(band: Mask) -> bool:
    """Say whether a lying `band` begins and ends within a 32nd of the width from the sides."""
    margin, (first, last) = band.shape[1] // SIDES, _ends(band)
    return bool(first <= margin and last + 1 + margin >= band.shape[1])


def _overhangs(band: Mask, rest: Mask) -> bool:
    """Say whether a lying `band` reaches beyond `rest` on both sides."""
    overhang, (first, last), (left, right) = band.shape[1] // OVERHANG, _ends(band), _ends(rest)
    return bool(first + overhang <= left and right + overhang <= last)


def _thin(band: Mask, ink: Grey) -> Mask:
    """Return the pixels of a lying `band` where the ink is about as thick as the band is."""
    import cv2

    length = _thickness(band) * 3 // 2 + 2
    # Beyond the picture is paper, where OpenCV would see ink: rules at the very edge are thin too.
    paper = ((length, length), (0, 0))
    solid = np.pad((ink > 0).astype(np.uint8), paper)
    tall = cv2.morphologyEx(solid, cv2.MORPH_OPEN, _row(length).T)[length:-length]
    thin: Mask = band & (tall == 0)
    return thin


def _drawn_over(band: Mask, ink: Grey) -> Mask:
    """Return the pixels nearer to 255 than to the rule's own level, and clearly above it."""
    level = _level(band, ink)
    drawn: Mask = ink > max((255 + level) // 2, level + CLEARLY)
    return drawn


def _level(band: Mask, ink: Grey) -> int:
    """Return the median of the columns where the band is as thin as a rule: no stroke is there."""
    bare = band & (band.sum(axis=0) <= _thickness(band))
    levels = np.sort(ink[bare])
    return int(levels[len(levels) // 2])


def _thickness(band: Mask) -> int:
    """Return the lower quartile of the columns' pixels, where there are any; 0 for none.

    The quartile, because a digit's bar beside a rule makes one thick band with it.
    """
    counts = np.sort(band.sum(axis=0)[band.any(axis=0)])
    return int(counts[len(counts) // 4]) if counts.size else 0


def _union(parts: list[Mask], shape: tuple[int, ...]) -> Mask:
    union: Mask = np.logical_or.reduce([np.zeros(shape, bool), *parts])
    return union


def _row(length: int) -> Grey:
    return np.ones((1, max(3, length)), np.uint8)


def _ends(mask: Mask) -> tuple[int, int]:
    columns = np.flatnonzero(mask.any(axis=0))
    return (int(columns[0]), int(columns[-1])) if columns.size else (mask.shape[1], -1)
