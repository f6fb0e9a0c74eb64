"""Fields cut out of the full picture, ready for a recognizer."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi.ink import trace
from pilgi.ink.geometry import Grey, crop
from pilgi.ink.grey import Colour, opaque
from pilgi.ink.margin import written
from pilgi.read.characters import characters
from pilgi.read.homography import Box, Homography, as_bytes, scaling, shift
from pilgi.read.layout import Layout, find_layout
from pilgi.read.segmentation import Field, Parts, characters_of, find_fields, find_parts

MARGIN: Final = 0.25
"""Paper around a field, a share of its height: the ink spec looks at the border."""

TALLEST: Final = 240
"""Rows of what is cut out at most; a recognizer looks at 32 or fewer."""

DRAWING: Final = 400
"""The longer side of a drawing: it is looked at first as one character."""

SOLID: Final = 64
"""Ink above this is written; the rest is the edge of strokes."""

ALONE: Final = 3
"""A lone character that fills a third of the picture's side is handed on with all of it."""

NARROW: Final = 2
"""A field wider than this many of its heights is no single character, however it is drawn."""


class Cut(NamedTuple):
    """A field by itself.

    pixels: the field and some paper around it; of a drawing of one character all of it. box: the
    field in the picture's pixels. single: whether it is one character. ink: its 28x28 ink where
    that is known already. apart: gives the pictures of its characters, left to right, where
    several stand apart. drawn: whether these are whole strokes, so that none is two that touch.
    """

    pixels: Grey | Colour
    box: Box
    single: bool
    ink: Grey | None = None
    apart: Callable[[], list[Any]] = list
    drawn: bool = False


def cut_out(picture: NDArray[Any]) -> tuple[Layout | None, list[Cut]]:
    """Return the page in `picture` and its fields; no page of a drawing of one character.

    Raises DataError for arrays that are no pictures.
    """
    opaque(np.atleast_1d(picture)[:1])  # says what is wrong, where something is
    if max(picture.shape[:2]) <= DRAWING and (drawing := _drawing(picture)) is not None:
        return None, [drawing]
    layout = find_layout(picture)
    page = layout.homography.width, layout.homography.height
    lined = layout.walls.any() or layout.marks.grid.any()
    several = not all(field.single for field in layout.fields)
    if not (layout.sheet or (lined and several)) and _stands_alone(layout.fields, *page):
        box = layout.homography.box_in_picture(layout.fields[0].box, picture)
        field = layout.fields[0]
        apart = partial(_apart, picture, layout, field)
        return layout, [Cut(_small_enough(picture), box, field.single, apart=apart)]
    return layout, [_cut(picture, layout, field) for field in layout.fields]


def _drawing(picture: NDArray[Any]) -> Cut | None:
    """Return a small picture that shows one character and little else, None where it does not.

    The ink's own steps say so and need not be taken again: a drawing is read in milliseconds.
    """
    steps = dict(trace(picture))
    grey, found = steps["grey"], steps.get("rules")
    if found is None:
        *_, ink = steps.values()  # noise and stripes are out of it
        return Cut(grey, _ink_box(ink), True, ink) if ink.any() else None
    solid = np.where(found > SOLID, np.uint8(255), np.uint8(0))
    parts = find_parts(solid)
    fields = find_fields(parts, walls=np.zeros(solid.shape, bool))
    height, width = found.shape
    if not _stands_alone(fields, width, height) or _surrounds_several(parts, fields[0]):
        return None
    if not fields[0].single and (found != steps["threshold"]).any():
        return None  # who reads lines would take rules and frames for digits
    homography = _to_written(steps["polarity"], picture, width, height)
    box = homography.box_in_picture(_without_ring(fields[0], steps["specks"]), picture)
    apart = partial(_apart_in_drawing, picture)
    return Cut(opaque(picture), box, fields[0].single, steps["centre"], apart)


def _without_ring(field: Field, cleaned: Grey) -> Box:
    """Return the box of one character; a ring or frame around it is out of the cleaned ink."""
    solid = np.where(cleaned > SOLID, cleaned, np.uint8(0))
    return _ink_box(solid) if field.single and solid.any() else field.box


def _apart_in_drawing(picture: NDArray[Any]) -> list[Grey | Colour]:
    layout = find_layout(picture)
    return _apart(picture, layout, layout.fields[0]) if len(layout.fields) == 1 else []


def _apart(picture: NDArray[Any], layout: Layout, field: Field) -> list[Grey | Colour]:
    """Return the pictures of a field's characters, the others' ink painted over as paper."""
    found = characters_of(layout.parts, field)
    return [_cut(picture, layout, each).pixels for each in found] if len(found) > 1 else []


def _to_written(dark: Grey, picture: NDArray[Any], width: int, height: int) -> Homography:
    """Return what leads from `picture` to its ink: made smaller, and without its margins."""
    window = written(dark)
    small = scaling(dark.shape[1] / picture.shape[1], dark.shape[0] / picture.shape[0])
    inside = shift(-window.left, -window.top)
    factors = width / (window.right - window.left), height / (window.bottom - window.top)
    return Homography(scaling(*factors) @ inside @ small, width, height)


def _stands_alone(fields: Sequence[Field], width: int, height: int) -> bool:
    """Say whether a picture shows what may be one character and fills a third of it.

    It is then read whole, as a drawing, so that the answer is what `Recognizer.read` gives.
    """
    if len(fields) != 1:
        return False
    box = fields[0].box
    one = fields[0].single or box.w <= NARROW * box.h
    return one and ALONE * max(box.w, box.h) >= max(width, height)


def _surrounds_several(parts: Parts, field: Field) -> bool:
    """Say whether one part of a field, a frame, stands around several characters."""
    boxes = parts.boxes[np.isin(parts.names, field.parts)]
    around = (boxes == (*field.box[:2], field.box.right, field.box.bottom)).all(axis=1)
    return 0 < around.sum() < len(boxes) and len(characters(boxes[~around])) > 1


def _ink_box(ink: Grey) -> Box:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    height, width = crop(ink).shape
    return Box(int(columns[0]), int(rows[0]), width, height)


def _small_enough(picture: NDArray[Any]) -> Grey | Colour:
    import cv2

    height, width = picture.shape[:2]
    factor = min(1.0, 4 * TALLEST / max(height, width))
    if factor < 1:
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        picture = cv2.resize(as_bytes(picture), size, interpolation=cv2.INTER_AREA)
    return opaque(picture)


def _cut(picture: NDArray[Any], layout: Layout, field: Field) -> Cut:
    around = field.box.grown(max(2, round(MARGIN * field.box.h)))
    zoom = min(layout.homography.scale_at(around), TALLEST / around.h)
    pixels = layout.homography.cut(picture, around, zoom)
    alone = _without_neighbours(pixels, layout, field, around)
    box = layout.homography.box_in_picture(field.box, picture)
    return Cut(alone, box, field.single, apart=partial(_apart, picture, layout, field))


def _without_neighbours(
    pixels: Grey | Colour, layout: Layout, field: Field, around: Box
) -> Grey | Colour:
    """Return `pixels` with other fields' ink and the walls of cells painted over as paper."""
    import cv2

    labels = _window(layout.parts.labels, around)
    others = np.isin(labels, np.setdiff1d(layout.parts.names, field.parts))
    walls = _standing(_window(layout.walls, around), field.box.h)
    foreign = _grown(others | walls | _window(layout.frames, around))
    foreign |= _window(layout.marks.grid, around)
    foreign &= ~np.isin(labels, field.parts)
    if not foreign.any():
        return pixels
    size = (pixels.shape[1], pixels.shape[0])
    here = cv2.resize(foreign.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    blank = cv2.resize((labels == 0).astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    paper = pixels[blank & ~here]
    if len(paper):
        pixels = pixels.copy()
        pixels[here] = np.median(paper, axis=0).astype(np.uint8)
    return pixels


def _standing(walls: NDArray[np.bool_], height: int) -> NDArray[np.bool_]:
    """Return the walls that stand, which look like a 1; those that lie are the ink spec's."""
    import cv2

    column = np.ones((max(3, height // 3), 1), np.uint8)
    standing: NDArray[np.bool_] = (
        cv2.morphologyEx(walls.astype(np.uint8), cv2.MORPH_OPEN, column) > 0
    )
    return standing


def _grown(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    import cv2

    grown: NDArray[np.bool_] = cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return grown


def _window(page: NDArray[Any], box: Box) -> NDArray[Any]:
    """Return `box` of a page's labels or mask, 0 beyond it."""
    height, width = page.shape
    window = np.zeros((box.h, box.w), page.dtype)
    left, top = max(0, box.x), max(0, box.y)
    right, bottom = min(width, box.right), min(height, box.bottom)
    inner = page[top:bottom, left:right]
    window[top - box.y : bottom - box.y, left - box.x : right - box.x] = inner
    return window
