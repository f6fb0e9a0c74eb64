"""A picture -> its flat page and the fields on it: sheet, tilt, marks, rules, lines in turn."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.channel import discriminant
from pilgi.ink.geometry import Grey
from pilgi.ink.grey import Colour, luma, opaque
from pilgi.read.form_lines import without_rules
from pilgi.read.frames import without_frames
from pilgi.read.grid import find_grid, grid_tilt
from pilgi.read.homography import Homography, Matrix, as_bytes, flattened, scaling, shift
from pilgi.read.marks import Marks, find_marks, working_scale
from pilgi.read.page_corners import find_sheet
from pilgi.read.segmentation import Field, Parts, find_fields, find_parts
from pilgi.read.tilt import find_tilt

WORKING: Final = 1600
"""The longer side of the picture in which lines are looked for."""

INSET: Final = 0.01
"""The sheet's own edge, a share of its side, is left out."""

LEAST_TILT: Final = 0.01
LEAST_PRINTED: Final = 0.003
"""Radians; a smaller tilt is left as it is, of writing and of printed lines."""


@dataclass(frozen=True)
class Layout:
    """A flat page and what stands on it.

    homography: leads from the picture to the page. grey: the page. marks: its ink, `even` and
    `ink`. parts: the ink's connected parts. walls: bool, the rules and frames that were taken out;
    frames: those of frames alone. fields: in reading order. sheet: whether one was found.
    """

    homography: Homography
    grey: Grey
    marks: Marks
    parts: Parts
    walls: NDArray[np.bool_]
    frames: NDArray[np.bool_]
    fields: tuple[Field, ...]
    sheet: bool


def find_layout(picture: NDArray[Any]) -> Layout:
    """Return the page in `picture` and its fields.

    In lightness, and where nothing is found in it, as where ink and paper differ in hue alone, on
    the axis of colour that parts them: see `ink.channel`.
    """
    pixels, homography = _reduced(picture)
    if pixels.ndim == 2:
        return _found(pixels, homography)
    layout = _found(luma(pixels), homography)
    return layout if layout.fields else _found(discriminant(pixels), homography)


def _found(small: Grey, homography: Homography) -> Layout:
    """Return the sheet in `small`, straightened and level, and its fields."""
    corners = find_sheet(small)
    if corners is not None:
        small, homography = _rectified(small, homography, corners)
    small, homography = _resized(small, homography, working_scale(small))
    layout = _laid_out(small, homography, corners is not None)
    printed = _printed_tilt(layout)
    tilt = find_tilt(layout.parts, layout.fields) if printed is None else printed
    if abs(tilt) < (LEAST_TILT if printed is None else LEAST_PRINTED):
        return layout
    small, homography = _turned(small, homography, tilt)
    return _laid_out(small, homography, layout.sheet)


def _printed_tilt(layout: Layout) -> float | None:
    """Return by how much the lines printed on a page fall; None where there are none."""
    dark = 255 - layout.marks.paper
    tilt = grid_tilt(dark)
    if abs(tilt) >= LEAST_PRINTED:
        level = _turned(dark, layout.homography, tilt)[0]
        if find_grid(level).sum() > layout.marks.grid.sum():
            return tilt
    return 0.0 if layout.marks.grid.any() else None


def _laid_out(grey: Grey, homography: Homography, sheet: bool) -> Layout:
    marks = find_marks(grey)
    unframed = without_frames(marks.ink, marks.pen)
    free = without_rules(unframed, marks.pen)
    parts = find_parts(free, clear_edge=sheet)
    walls, frames = marks.ink != free, marks.ink != unframed
    fields = tuple(find_fields(parts, walls))
    marks = replace(marks, ink=free)
    return Layout(homography, grey, marks, parts, walls, frames, fields, sheet)


def _reduced(picture: NDArray[Any]) -> tuple[Grey | Colour, Homography]:
    """Return `picture` with its longer side at most 1,600, by averaging."""
    import cv2

    height, width = picture.shape[:2]
    factor = min(1.0, WORKING / max(height, width))
    if factor < 1:
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        picture = cv2.resize(as_bytes(picture), size, interpolation=cv2.INTER_AREA)
    small = opaque(picture)
    matrix = scaling(small.shape[1] / width, small.shape[0] / height)
    return small, Homography(matrix, small.shape[1], small.shape[0])


def _resized(grey: Grey, homography: Homography, factor: float) -> tuple[Grey, Homography]:
    import cv2

    if factor >= 1:
        return grey, homography
    height, width = (max(1, round(side * factor)) for side in grey.shape)
    matrix = scaling(width / grey.shape[1], height / grey.shape[0])
    small = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8)
    return small, homography.then(matrix, width, height)


def _rectified(grey: Grey, homography: Homography, corners: Matrix) -> tuple[Grey, Homography]:
    """Return the sheet as a rectangle whose sides are the means of the opposite sides seen."""
    import cv2

    top, right, bottom, left = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
    width, height = round((top + bottom) / 2), round((left + right) / 2)
    x, y = INSET * width, INSET * height
    flat = np.array([[-x, -y], [width + x, -y], [width + x, height + y], [-x, height + y]])
    seen, wanted = corners.astype(np.float32), flat.astype(np.float32)
    matrix = cv2.getPerspectiveTransform(seen, wanted).astype(np.float64)
    return flattened(grey, matrix, width, height), homography.then(matrix, width, height)


def _turned(grey: Grey, homography: Homography, tilt: float) -> tuple[Grey, Homography]:
    """Return the page turned so that lines that fall by `tilt` radians lie level, nothing cut."""
    cosine, sine = np.cos(tilt), np.sin(tilt)
    level = np.array([[cosine, sine, 0], [-sine, cosine, 0], [0, 0, 1]])
    width = round(homography.width * cosine + homography.height * abs(sine))
    height = round(homography.height * cosine + homography.width * abs(sine))
    around = (
        shift(width / 2, height / 2) @ level @ shift(-homography.width / 2, -homography.height / 2)
    )
    return flattened(grey, around, width, height), homography.then(around, width, height)
