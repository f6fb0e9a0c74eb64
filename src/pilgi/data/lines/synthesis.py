"""Composed lines: one, or as many as wanted."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi import ink
from pilgi.data.lines.composition import Composition
from pilgi.data.lines.degradation import change_pen, on_paper
from pilgi.data.lines.glyphs import Glyphs
from pilgi.data.lines.symbols import SEPARATOR, labels_of, spelt
from pilgi.data.lines.typesetting import draw_row
from pilgi.data.lines.wording import worded
from pilgi.data.lines.writers import Writers
from pilgi.ink.geometry import Grey
from pilgi.ink.specks import LINE_SPECK

NOTHING = -1
"""In the place of a label where a shorter line has ended."""

FINE: Final = 30
"""Digits lower than this, in pixels, have a pen too thin to be made thinner."""


@dataclass(frozen=True)
class Line:
    """One composed line: its ink (32, W), its labels, and how many neighbours touch.

    labels: see `symbols`; of digits they are the digits.
    """

    ink: Grey
    labels: tuple[int, ...]
    touching: int


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines of digits: each ink uint8 (32, W), each text what stands on it, see `spelt`.

    touching: the share of neighbours that touch, where known. files: each one's, where it has one.
    """

    name: str
    inks: tuple[Grey, ...]
    texts: tuple[str, ...]
    touching: float = 0.0
    files: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, at: int) -> Line:
        return Line(self.inks[at], labels_of(self.texts[at]), 0)

    def called(self, at: int) -> str:
        """Return what line `at` is called: its file, or its number from 0."""
        return self.files[at] if self.files else f"line {at}"

    @cached_property
    def sha256(self) -> str:
        """SHA-256 over every line's text and ink."""
        digest = hashlib.sha256()
        for text, line in zip(self.texts, self.inks, strict=True):
            digest.update(f"{text} {line.shape[1]} ".encode() + line.tobytes())
        return digest.hexdigest()


def compose(
    writers: Writers,
    settings: Composition,
    generator: np.random.Generator,
    count: int | None = None,
) -> Line:
    """Return one line of `count` digits, or of as many as `settings` allow.

    Where `settings` ask for signs, letters or scribbles, they stand between the digits or instead
    of them; the writers must have `others` then.
    """
    wording = worded(writers, settings, generator, count)
    height = generator.uniform(*settings.height)
    row = draw_row(wording.row, settings, height, generator, wording.spaces)
    drawn = change_pen(row.ink, settings, wording.even and height > FINE, generator)
    line = _inked(drawn, settings, height, generator)
    return Line(line, _seen(wording.row, row.tall / height), row.touching)


def _seen(row: Glyphs, tall: float) -> tuple[int, ...]:
    """Return the labels that are left: lifting ink off paper drops separators of specks.

    tall: the line's height in heights of a digit.
    """
    kept = (row.labels != SEPARATOR) | (LINE_SPECK * row.parts >= tall)
    return tuple(row.labels[kept].tolist())


def _inked(
    drawn: Grey, settings: Composition, height: float, generator: np.random.Generator
) -> Grey:
    """Return the line ink of what was drawn: lifted off paper where it can be, or as it is."""
    if generator.random() < settings.on_paper:
        lifted = ink.from_line(on_paper(drawn, settings, height, generator))
        if lifted.any():
            return lifted
    return ink.frame_line(drawn)


def compose_lines(
    name: str, writers: Writers, settings: Composition, count: int, seed: int
) -> Lines:
    """Return `count` lines, line i drawn from (seed, i): the same lines on every call."""
    found = [compose(writers, settings, np.random.default_rng((seed, at))) for at in range(count)]
    pairs = sum(len(line.labels) - 1 for line in found)
    return Lines(
        name,
        tuple(line.ink for line in found),
        tuple(spelt(line.labels) for line in found),
        sum(line.touching for line in found) / max(1, pairs),
    )


def batched(lines: Sequence[Line]) -> tuple[Grey, NDArray[np.int64]]:
    """Return the lines as one batch: ink (n, 32, W), paper to the right, and labels (n, most).

    A line shorter than the longest is filled up with -1.
    """
    widest = max(line.ink.shape[1] for line in lines)
    most = max(len(line.labels) for line in lines)
    pictures = np.zeros((len(lines), lines[0].ink.shape[0], widest), np.uint8)
    labels = np.full((len(lines), most), NOTHING)
    for number, line in enumerate(lines):
        pictures[number, :, : line.ink.shape[1]] = line.ink
        labels[number, : len(line.labels)] = line.labels
    return pictures, labels


def by_width(lines: Lines, size: int) -> Iterator[NDArray[np.intp]]:
    """Yield the lines' indices in batches of like width."""
    order = np.argsort([line.shape[1] for line in lines.inks], kind="stable")
    for start in range(0, len(order), size):
        yield order[start : start + size]
