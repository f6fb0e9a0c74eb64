"""The sheet of paper in a photograph: its four corners, where there is one."""

from itertools import product
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.geometry import Grey
from pilgi.read.homography import Matrix, area

SIDE: Final = 400
"""The longer side of the picture that is searched: more shows grain, not edges."""

PHOTOGRAPH: Final = 300
"""The longer side of a photograph at least; smaller pictures show no tables."""

SMALLEST: Final = 0.2
"""A sheet covers this share of the picture at least."""

STEP: Final = 20
"""Grey levels between the sheet and what lies around it, at least ..."""

REACH: Final = 8
"""... this many pixels away from its edge, so that a line on paper is no edge ..."""

SEEN: Final = 0.75
"""... along this share of every side: there may be ink on it, or a finger."""

CANDIDATES: Final = 5
"""Straight lines that are tried for each side."""

STEEPEST: Final = 0.6
"""Radians by which a side may be turned."""

FORESHORTENED: Final = 2.0
"""A side is at most this many times as long as the opposite one: else a shadow's edge is one."""

Mask = NDArray[np.uint8]


def find_sheet(grey: Grey) -> Matrix | None:
    """Return the corners of the sheet in `grey`, float64 (4, 2) clockwise from the upper left.

    A sheet is a bright quadrilateral that covers a fifth of the picture and is brighter than what
    lies around it along all four sides; its brightness may change, as under a shadow. Lines come
    from a Hough transform (Duda & Hart 1972) of the edges that face each way; of the
    quadrilaterals they make, the largest whose sides are seen is the answer, its sides fitted to
    the edges. None where there is none, or where it is cut by the picture's edge.
    """
    if max(grey.shape) < PHOTOGRAPH:
        return None
    small, factor = _reduced(grey)
    edges = _edges(small)
    for corners in _quadrilaterals([_lines(edge, at) for at, edge in enumerate(edges)], small):
        if all(_is_seen(edge, *side) for edge, side in zip(edges, _sides(corners), strict=True)):
            return _fitted(edges, corners) / factor
    return None


def _reduced(grey: Grey) -> tuple[Grey, float]:
    import cv2

    factor = min(1.0, SIDE / max(grey.shape))
    size = [max(1, round(side * factor)) for side in grey.shape[::-1]]
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return cv2.medianBlur(small, 5).astype(np.uint8), factor


def _edges(grey: Grey) -> list[Mask]:
    """Return where a sheet's top, right, bottom and left edge may run, uint8 masks."""
    down, right = _rise(grey), _rise(grey.T).T
    up, left = _rise(grey[::-1])[::-1], _rise(grey.T[::-1])[::-1].T
    return [down, left, up, right]


def _rise(grey: Grey) -> Mask:
    """Return where the picture steps from dark above to bright below: the steepest rows of it."""
    import cv2

    smooth = cv2.blur(grey, (3, 3)).astype(np.int16)
    steep = _difference(smooth, 1)
    wide = _difference(cv2.blur(grey, (5, 5)).astype(np.int16), REACH)
    peak = steep >= cv2.dilate(steep, np.ones((5, 1), np.uint8))
    found: Mask = (peak & (steep >= STEP // 4) & (wide >= STEP)).astype(np.uint8)
    return found


def _difference(values: NDArray[np.int16], reach: int) -> NDArray[np.int16]:
    """Return v(y + reach) - v(y - reach), the outermost rows repeated beyond the picture."""
    wide = np.pad(values, ((reach, reach), (0, 0)), mode="edge")
    found: NDArray[np.int16] = wide[2 * reach :] - wide[: -2 * reach]
    return found


def _lines(edge: Mask, at: int) -> list[Matrix]:
    """Return the straight lines along the top (0), right, bottom or left (3) edge: a x + b y = c.

    float64 (3,): a, b, -c. The most voted first, none close to another.
    """
    import cv2

    standing = at % 2 == 1
    mask = np.ascontiguousarray(edge.T if standing else edge)
    lowest, highest = np.pi / 2 - STEEPEST, np.pi / 2 + STEEPEST
    votes = max(20, min(mask.shape) // 5)
    found = cv2.HoughLines(mask, 1, np.pi / 180, votes, min_theta=lowest, max_theta=highest)
    kept: list[tuple[float, float]] = []
    for rho, theta in np.array(found).reshape(-1, 2).tolist() if found is not None else []:
        if all(abs(rho - r) > 6 or abs(theta - t) > 0.06 for r, t in kept):
            kept.append((rho, theta))
    kept = kept[:CANDIDATES]
    lines = [np.array([np.cos(theta), np.sin(theta), -rho]) for rho, theta in kept]
    return [line[[1, 0, 2]] for line in lines] if standing else lines


def _quadrilaterals(lines: list[list[Matrix]], grey: Grey) -> list[Matrix]:
    """Return the corners of what top, right, bottom and left lines enclose, the largest first."""
    found = [_corners(list(four)) for four in product(*lines)]
    fit = [corners for corners in found if corners is not None and _is_fit(corners, grey)]
    return sorted(fit, key=area, reverse=True)


def _corners(lines: list[Matrix]) -> Matrix | None:
    """Return where a quadrilateral's sides, in turn, meet the ones before them."""
    met = np.cross(np.roll(lines, 1, axis=0), lines)
    if (np.abs(met[:, 2]) < 1e-6).any():
        return None
    corners: Matrix = met[:, :2] / met[:, 2:]
    return corners


def _is_fit(corners: Matrix, grey: Grey) -> bool:
    """Say whether the corners lie in the picture, in their order, and enclose enough."""
    height, width = grey.shape
    room = 0.02 * max(height, width)
    inside = (corners >= -room).all() and (corners <= (width + room, height + room)).all()
    along = np.roll(corners, -1, axis=0) - corners
    following = np.roll(along, -1, axis=0)
    lengths = np.hypot(*along.T)
    alike = np.maximum(lengths, np.roll(lengths, 2)) <= FORESHORTENED * lengths
    turns = along[:, 0] * following[:, 1] - along[:, 1] * following[:, 0]
    convex = (turns > 0).all() and alike.all()
    return bool(inside and convex and area(corners) >= SMALLEST * height * width)


def _sides(corners: Matrix) -> list[tuple[Matrix, Matrix]]:
    """Return the ends of the top, right, bottom and left side."""
    return list(zip(corners, np.roll(corners, -1, axis=0), strict=True))


def _is_seen(edge: Mask, start: Matrix, end: Matrix) -> bool:
    """Say whether the edge runs along most of the side, two pixels off at most."""
    import cv2

    near = cv2.dilate(edge, np.ones((5, 5), np.uint8))
    x, y = (start + np.linspace(0.03, 0.97, 65)[:, None] * (end - start)).round().astype(int).T
    inside = (x >= 0) & (y >= 0) & (x < edge.shape[1]) & (y < edge.shape[0])
    return bool(near[y[inside], x[inside]].sum() >= SEEN * len(x))


def _fitted(edges: list[Mask], corners: Matrix) -> Matrix:
    """Return the corners after each side is fitted to the edge's pixels beside it."""
    sides = _sides(corners)
    lines = [_fit(edge, *side) for edge, side in zip(edges, sides, strict=True)]
    fitted = _corners(lines)
    return corners if fitted is None else fitted


def _fit(edge: Mask, start: Matrix, end: Matrix) -> Any:
    """Return the line through the edge's pixels within three of the side, outliers weighed less."""
    import cv2

    points = np.argwhere(edge)[:, ::-1] + 0.5  # the pixels' middles
    along = (end - start) / np.hypot(*(end - start))
    away = (points - start) @ np.array([-along[1], along[0]])
    near = points[np.abs(away) <= 3].astype(np.float32)
    dx, dy, x, y = np.array(cv2.fitLine(near, cv2.DIST_HUBER, 0, 0.01, 0.01)).ravel().tolist()
    return np.array([-dy, dx, dy * x - dx * y])
