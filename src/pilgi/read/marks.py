"""What is written on a flat page, as a mask: polarity, light, threshold, at the right size."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import Grey
from pilgi.ink.grey import FAINTEST
from pilgi.ink.paper import darken, even_light, lift
from pilgi.read.grid import find_grid

COARSE: Final = 400
"""The longer side at which polarity and the pen's width are found."""

PEN: Final = 10
"""A pen wider than this, in pixels, makes the page smaller; its strokes are then this wide."""

PAPER: Final = 4 * PEN + 1
"""The paper's level is a closing of this many pixels: it fills what is narrower."""

NOISE: Final = 6
"""Standard deviations of the paper's grain below which nothing is ink."""


@dataclass(frozen=True)
class Marks:
    """Ink on a page.

    even: dark ink on paper of one level. ink: 255 where there is ink, else 0. pen: the strokes'
    usual width in pixels. paper: as even, but with the lines printed on it; grid: bool, which they
    are, see `find_grid`.
    """

    even: Grey
    ink: Grey
    pen: float
    paper: Grey
    grid: NDArray[np.bool_]


def working_scale(grey: Grey) -> float:
    """Return by how much `grey` can be made smaller: until its pen is 10 pixels wide."""
    coarse, factor = _reduced(grey)
    pen = _pen(lift(even_light(darken(coarse)))) / factor
    return min(1.0, PEN / pen) if pen else 1.0


def find_marks(grey: Grey) -> Marks:
    """Return the ink of a page whose strokes are at most about 10 pixels wide."""
    dark = 255 - grey if _is_bright(grey) else grey
    paper = _even(dark)
    grid = find_grid(255 - paper)
    even = np.where(grid, np.uint8(255), paper) if grid.any() else paper
    ink = _threshold(255 - even)
    return Marks(even, ink, _pen(ink), paper, grid)


def _reduced(grey: Grey) -> tuple[Grey, float]:
    import cv2

    factor = min(1.0, COARSE / max(grey.shape))
    if factor == 1.0:
        return grey, factor
    size = [max(1, round(side * factor)) for side in grey.shape[::-1]]
    return cv2.resize(grey, size, interpolation=cv2.INTER_AREA).astype(np.uint8), factor


def _is_bright(grey: Grey) -> bool:
    """Say whether the ink is brighter than the paper, as the ink spec does."""
    coarse, _ = _reduced(grey)
    return darken(coarse) is not coarse


def _pen(ink: Grey) -> float:
    """Return the usual width of the strokes in `ink`; 0 where there is none.

    Half a stroke's width is the distance to the paper along its middle, where that is largest: the
    median of each connected part, and of the parts the upper quartile, so that specks do not count.
    """
    import cv2

    solid = (ink > 0).astype(np.uint8)
    count, parts = cv2.connectedComponents(np.pad(solid, 1), connectivity=8)
    if count == 1:
        return 0.0
    distance = cv2.distanceTransform(np.pad(solid, 1), cv2.DIST_L2, 3)
    ridge = distance * (distance >= cv2.dilate(distance, np.ones((3, 3), np.uint8)))
    on = ridge > 0
    return float(2 * np.quantile(_medians(ridge[on], parts[on]), 0.75))


def _medians(values: NDArray[Any], group: NDArray[Any]) -> NDArray[Any]:
    """Return the (upper) median of the values of each group."""
    order = np.lexsort((values, group))
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    counts = np.diff(starts, append=len(order))
    medians: NDArray[Any] = values[order][starts + counts // 2]
    return medians


def _even(grey: Grey) -> Grey:
    """Return `grey` divided by the paper's level at each pixel: shadows and slopes go.

    That level is the closing (Serra 1982), which fills strokes and keeps the edges of shadows.
    """
    import cv2

    # Beyond the edge a shadow goes on straight, so that its corner is no ink.
    around = (PAPER,) * 4
    wide = cv2.copyMakeBorder(cv2.medianBlur(grey, 3), *around, borderType=cv2.BORDER_REPLICATE)
    closed = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, np.ones((PAPER, PAPER), np.uint8))
    light = closed[PAPER:-PAPER, PAPER:-PAPER]
    return cv2.divide(grey, np.maximum(light, 1), scale=255).astype(np.uint8)


def _threshold(dark: Grey) -> Grey:
    """Return 255 where `dark` is ink: above the grain, and a quarter of the ink's usual depth."""
    counts = np.cumsum(np.bincount(dark.ravel(), minlength=256))
    paper = int(np.searchsorted(counts, counts[-1] / 2))
    grain = 1.4826 * _spread(counts, paper)
    faintest = paper + max(float(FAINTEST), NOISE * grain)
    drawn = dark[dark > faintest]
    if not drawn.size:
        return np.zeros_like(dark)
    level = max(faintest, paper + (float(np.median(drawn)) - paper) / 4)
    return np.where(dark > level, np.uint8(255), np.uint8(0))


def _spread(counts: NDArray[Any], paper: int) -> float:
    """Return the median absolute deviation from `paper`, from the cumulated histogram."""
    histogram = np.diff(counts, prepend=0)
    away = np.bincount(np.abs(np.arange(256) - paper), weights=histogram, minlength=256)
    return float(np.searchsorted(np.cumsum(away), counts[-1] / 2))
