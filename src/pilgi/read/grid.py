"""Squares and rules printed pale on paper, which pass for a 1 or a bar."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import Grey
from pilgi.ink.paper import histogram

Mask = NDArray[np.bool_]

TILE: Final = 256
"""Pixels: within so many a line of a levelled page leans by about its own thickness."""

COVERED: Final = 0.8
"""A line is seen in this share of a tile's rows; digits end before."""

ENDS: Final = 24
"""A 24th of a tile's rows at its top, and at its bottom, show a line too."""

FAINTEST: Final = 6.0
GRAIN: Final = 2.0
"""Levels above the paper, and standard deviations of its grain, from which on a line is seen."""

PARALLEL: Final = 3
"""So many lines of a tile are printed on the paper, as in the ink spec; a frame has two."""

WIDEST: Final = 8
"""Pixels that a line is wide at most, soft edges and a tilt with it."""

WRITING: Final = 0.75
"""The quantile of what is darker than paper, lines aside, that is taken for the pen's darkness."""

STEEPEST: Final = 6.0
COARSE, FINE = 0.5, 0.1
"""Degrees: how far printed lines are looked for, and the steps, first and then around the best."""

WINDOW: Final = 640
"""Pixels a side of the middle of a page in which their angle is looked for."""


class Line(NamedTuple):
    """A line that stands in a tile: its rows and columns, and its darkness."""

    rows: slice
    columns: slice
    level: float


def find_grid(dark: Grey) -> Mask:
    """Return which pixels of a level page are lines printed on it, three or more side by side.

    dark: 0 on paper. A line's darkness is at most three quarters of the writing's, as in the ink
    spec (`ink.ruled_lines`). Where it is darker than halfway to that, a stroke crosses it and
    stays.
    """
    faintest = _faintest(dark)
    standing, lying = (list(_tiles(page, faintest)) for page in (dark, dark.T))
    if not any(chain(standing, lying)):
        return np.zeros(dark.shape, bool)
    seen = _drawn(standing, dark) | _drawn(lying, dark.T).T
    rest = dark[(dark > faintest) & ~seen]
    writing = float(np.quantile(rest, WRITING)) if rest.size else 0.0
    standing, lying = ([_paler(lines, writing) for lines in tiles] for tiles in (standing, lying))
    return _drawn(standing, dark, writing) | _drawn(lying, dark.T, writing).T


def _paler(lines: list[Line], writing: float) -> list[Line]:
    """Return the lines of a tile that are paler than the writing; none where they are too few."""
    paler = [line for line in lines if 4 * line.level <= 3 * writing]
    return paler if len(paler) >= PARALLEL else []


def _drawn(tiles: list[list[Line]], dark: Grey, writing: float = np.inf) -> Mask:
    """Return the lines' pixels that are no darker than halfway to the writing."""
    mask = np.zeros(dark.shape, bool)
    for line in chain.from_iterable(tiles):
        pixels = dark[line.rows, line.columns]
        mask[line.rows, line.columns] |= pixels <= (line.level + writing) / 2
    return mask


def _faintest(dark: Grey) -> float:
    """Return the darkness above which a line is seen: above the paper's own and its grain."""
    import cv2

    # Of normal grain of deviation s two pixels differ by 0.954 s in the median.
    grain = _median(cv2.absdiff(dark[:, 1:], dark[:, :-1])) / 0.954 if dark.shape[1] > 1 else 0.0
    return _median(dark) + max(FAINTEST, GRAIN * grain)


def _median(levels: NDArray[Any]) -> float:
    return float(np.searchsorted(np.cumsum(histogram(levels)), levels.size / 2))


def _tiles(dark: Any, faintest: float) -> Iterator[list[Line]]:
    """Yield the lines that stand in each tile, which is as wide as the page."""
    height = dark.shape[0]
    for top in range(0, height, TILE):
        rows = slice(max(0, min(top, height - TILE)), min(top + TILE, height))
        yield list(_lines(np.ascontiguousarray(dark[rows]), rows, faintest))


def _lines(tile: Grey, rows: slice, faintest: float) -> Iterator[Line]:
    import cv2

    near = cv2.dilate(tile, np.ones((1, 3), np.uint8))
    seen = near > faintest
    covered = seen.mean(axis=0) >= COVERED
    if len(tile) < TILE:
        covered &= _reaches_ends(seen)
    edges = np.flatnonzero(np.diff(covered, prepend=False, append=False)).reshape(-1, 2)
    for first, last in edges[np.diff(edges)[:, 0] <= 3 * WIDEST].tolist():
        usual = np.median(near[:, first:last], axis=0)
        # A camera's haze beside a line is no third as dark.
        clear = first + np.flatnonzero(3 * usual >= usual.max())
        columns = slice(int(clear[0]), int(clear[-1]) + 1)
        if columns.stop - columns.start <= WIDEST:
            yield Line(rows, columns, float(usual.max()))


def _reaches_ends(seen: Mask) -> Mask:
    """Say which columns of a small picture begin and end with a line: digits may nearly fill it."""
    reach = max(1, len(seen) // ENDS)
    reaches: Mask = (seen[:reach].mean(axis=0) > 0.5) & (seen[-reach:].mean(axis=0) > 0.5)
    return reaches


def grid_tilt(dark: Grey) -> float:
    """Return the angle by which the lines printed on a page fall, in radians, where there are any.

    The angle along and across which what is darker than paper is gathered most: the greatest sum
    of the squares of both profiles. Postl 1986, Detection of linear oblique structures and skew
    scan in digitized documents, ICPR.
    """
    top, left = (max(0, (side - WINDOW) // 2) for side in dark.shape)
    middle = dark[top : top + WINDOW, left : left + WINDOW]
    faintest = _faintest(middle)
    y, x = np.nonzero(middle > faintest)
    if not x.size:
        return 0.0
    # A pen's strokes are to count no more than lines do.
    weight = np.minimum(middle[y, x], 3 * faintest)
    steps = np.arange(-STEEPEST, STEEPEST + COARSE, COARSE)
    best = max(steps, key=lambda degrees: _gathered(x, y, weight, degrees))
    steps = best + np.arange(-COARSE, COARSE + FINE / 2, FINE)
    return float(np.radians(max(steps, key=lambda degrees: _gathered(x, y, weight, degrees))))


def _gathered(x: Any, y: Any, weight: Any, degrees: float) -> float:
    slope = np.tan(np.radians(degrees))
    along = (np.rint(each + WINDOW).astype(np.intp) for each in (x + y * slope, y - x * slope))
    return float(sum(np.square(np.bincount(each, weight)).sum() for each in along))
