"""Digits as crops from forms and registers show them, composed by rule: to be scored on.

A digit of another set is written on a page, 40 to 80 pixels high, others before and after it, above
and below; a ruled column, a line beneath, a dot, ditto marks, a ring, a stain, writing that shines
through; the page is scanned, and a rectangle around the digit is cut out, a little tight or with
room. The crop becomes ink as a user's picture does (`ink.from_picture`). Nothing here is shared
with `augment=clutter`, so that learning that one does not make this one easy by itself.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pilgi import ink
from pilgi.data.composed import marks
from pilgi.data.composed.marks import Ink
from pilgi.data.composed.scan import scanned
from pilgi.data.split import Pictures, Split
from pilgi.errors import DataError
from pilgi.ink.geometry import SIDE, Grey, crop

COUNT: Final = 2000
"""Of each part."""

SEED: Final = 20_260_104

BESIDE: Final = 0.5
STACKED: Final = 0.2
COLUMN: Final = 0.35
UNDERLINE: Final = 0.35
DOT: Final = 0.15
DASH: Final = 0.08
DITTO: Final = 0.06
RING: Final = 0.05
STAIN: Final = 0.1
SHINE_THROUGH: Final = 0.1
"""How often there is each; on both sides, or above and below, by themselves."""

TIGHTEST: Final = -0.06
ROOMIEST: Final = 0.35
"""How far outside the digit's box it is cut on each side, in heights; inside, in the box's own."""


@dataclass(frozen=True)
class Page:
    """A page being written: its ink, the digit's box (left, top, right, bottom), the draws.

    height: of a digit, in pixels.
    """

    ink: Ink
    box: tuple[int, int, int, int]
    height: float
    rng: np.random.Generator

    def has(self, often: float) -> bool:
        """Return whether a thing is there that is there so often."""
        return bool(self.rng.random() < often)

    def grey(self) -> float:
        """Return how dark a mark is, the digit being 1."""
        return float(self.rng.uniform(0.4, 1.0))


def composed(name: str, part: str, digits: Split) -> Split:
    """Return `COUNT` pictures of a part, digits and neighbours of `digits` alone."""
    seed = SEED + (part == "test")
    order = np.random.Generator(np.random.PCG64(seed)).permutation(len(digits))
    found = compose_clutter(digits.take(order[:COUNT]), seed)
    return Split(name, found.images, found.labels, found.classes, found.writers)


def compose_clutter(split: Split, seed: int) -> Split:
    """Return each picture of `split` among the others on a page, cut out and made ink again.

    Picture i is drawn from (seed, i). Raises DataError where the pictures are not 28x28 ink.
    """
    if split.images.shape[1:] != (SIDE, SIDE) or not len(split):
        raise DataError(f"{split.name}: clutter is composed of 28x28 ink, not {split.images.shape}")
    images = np.stack(
        [ink.from_picture(cut_out(split.images, at, seed)) for at in range(len(split))]
    )
    return Split(f"{split.name} among clutter", images, split.labels, split.classes, split.writers)


def cut_out(images: Pictures, at: int, seed: int) -> Grey:
    """Return the grey crop around digit `at`, dark ink on paper, uint8 of any size."""
    rng = np.random.Generator(np.random.PCG64([seed, at]))
    page = _page(images[at], rng)
    for write in (_neighbours, _rules, _marks, _ring_and_stain, _shine_through):
        write(page, images)
    left, top, right, bottom = page.box
    own = np.repeat([bottom - top, right - left], 2)
    margins = rng.uniform(TIGHTEST, ROOMIEST, 4)
    above, below, before, after = np.rint(margins * np.where(margins < 0, own, page.height)).astype(
        int
    )
    whole = scanned(page.ink, rng)
    return whole[top - above : bottom + below, left - before : right + after]


def _page(digit: Grey, rng: np.random.Generator) -> Page:
    height = float(rng.uniform(40, 80))
    written = _written(digit, height)
    room = int(height)
    page = np.pad(written, room)
    bottom, right = room + written.shape[0], room + written.shape[1]
    return Page(page, (room, room, right, bottom), height, rng)


def _written(digit: Grey, height: float) -> Ink:
    """Return ink as large as written, (h, w), 0 to 1, its edges about as sharp as a pen's."""
    import cv2

    zoom = height / 20
    small = crop(digit) if digit.any() else digit
    size = (max(1, round(small.shape[1] * zoom)), max(1, round(small.shape[0] * zoom)))
    large = cv2.resize(small, size, interpolation=cv2.INTER_CUBIC).astype(np.float32) / 255
    return np.asarray(((large - 0.5) * 2 + 0.5).clip(0, 1), np.float32)


def _neighbours(page: Page, images: Pictures) -> None:
    """Write other digits before, after, above and below; nearly half of each is seen at most."""
    left, top, right, bottom = page.box
    for side, often in enumerate((BESIDE, BESIDE, STACKED, STACKED)):
        if not page.has(often):
            continue
        other = images[page.rng.integers(len(images))]
        written = _written(other, page.height * np.exp(page.rng.normal(0, 0.1)))
        tall, wide = written.shape
        least = ROOMIEST * page.height - 0.45 * (wide if side < 2 else tall)
        gap = max(page.rng.uniform(-0.05, 0.3) * page.height, least)
        x = (left + right - wide) / 2 + page.rng.normal(0, 0.1) * page.height
        y = (top + bottom - tall) / 2 + page.rng.normal(0, 0.1) * page.height
        x, y = [(left - gap - wide, y), (right + gap, y), (x, top - gap - tall), (x, bottom + gap)][
            side
        ]
        _stamp(page.ink, written, round(x), round(y))


def _stamp(page: Ink, written: Ink, x: int, y: int) -> None:
    """Lay `written` over the page, its corner at (x, y); what falls off the page is lost."""
    height, width = page.shape
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(width, x + written.shape[1]), min(height, y + written.shape[0])
    if x0 < x1 and y0 < y1:
        there = page[y0:y1, x0:x1]
        np.maximum(there, written[y0 - y : y1 - y, x0 - x : x1 - x], out=there)


def _rules(page: Page, _: Pictures) -> None:
    """Draw a column's edge beside the digit and a line beneath it or above, tilted a little."""
    left, top, right, bottom = page.box
    rows, columns = page.ink.shape
    for _side in (left, right):
        if page.has(COLUMN / 2):
            outwards = page.rng.uniform(-0.1, 0.3) * page.height
            x = left - outwards if _side == left else right + outwards
            tilt = page.rng.normal(0, 0.015) * rows
            _rule(page, ((x - tilt, 0), (x + tilt, rows)))
    if page.has(UNDERLINE):
        beneath = page.rng.uniform(-0.1, 0.3) * page.height
        y = bottom + beneath if page.has(0.7) else top - beneath
        tilt = page.rng.normal(0, 0.015) * columns
        _rule(page, ((0, y - tilt), (columns, y + tilt)))


def _rule(page: Page, ends: tuple[marks.Place, marks.Place]) -> None:
    thick = int(page.rng.integers(1, max(2, round(page.height / 16)) + 1))
    marks.line(page.ink, ends, thick, page.grey())


def _marks(page: Page, _: Pictures) -> None:
    """Set a dot, a dash or ditto marks beside the digit."""
    left, top, right, bottom = page.box
    size = page.height
    for often, kind in ((DOT, "dot"), (DASH, "dash"), (DITTO, "ditto")):
        if not page.has(often):
            continue
        away = page.rng.uniform(0.05, 0.25) * size
        x = right + away if page.has(0.6) else left - away
        y = top + (bottom - top) * page.rng.uniform(0, 1)
        thick = max(2, round(size * page.rng.uniform(0.04, 0.1)))
        if kind == "dot":
            marks.blot(page.ink, (x, y), thick / 2 + 0.5, 1.5, page.grey())
        elif kind == "dash":
            marks.line(page.ink, ((x - size / 8, y), (x + size / 8, y)), thick, page.grey())
        else:
            for beside in (0.0, size / 7):
                ends = ((x + beside, y), (x + beside - size / 20, y + size / 6))
                marks.line(page.ink, ends, thick, page.grey())


def _ring_and_stain(page: Page, _: Pictures) -> None:
    left, top, right, bottom = page.box
    middle = ((left + right) / 2, (top + bottom) / 2)
    if page.has(RING):
        half = page.height * page.rng.uniform(0.55, 0.75, 2)
        marks.ring(page.ink, middle, (half[0], half[1]), page.rng.uniform(0, 90), page.grey())
    if page.has(STAIN):
        x, y = page.rng.uniform(left, right), page.rng.uniform(top, bottom)
        radius, soft = page.height * page.rng.uniform((0.1, 0.1), (0.5, 0.6))
        marks.blot(page.ink, (x, y), radius, soft, page.rng.uniform(0.1, 0.5))


def _shine_through(page: Page, images: Pictures) -> None:
    """Let a digit of the other side of the paper be seen, mirrored and faint."""
    if page.has(SHINE_THROUGH):
        other = images[page.rng.integers(len(images))]
        faint = _written(other, page.height)[:, ::-1] * np.float32(page.rng.uniform(0.1, 0.35))
        shift = page.rng.uniform(-0.4, 0.4, 2) * page.height
        _stamp(page.ink, faint, round(page.box[0] + shift[0]), round(page.box[1] + shift[1]))
