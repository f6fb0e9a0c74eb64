"""Every step from the picture to what a recognizer sees, as pictures."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from numpy.typing import NDArray

from pilgi import ink
from pilgi.ink.geometry import Grey
from pilgi.read.answers import Reading
from pilgi.read.cutting import Cut, cut_out
from pilgi.read.layout import Layout


def explain(picture: NDArray[Any], readings: Sequence[Reading]) -> Iterator[tuple[str, bytes]]:
    """Yield names and PNGs: the page's steps, then a folder a reading with its ink's.

    First `answers.txt`, a line a reading: its answer, "not sure" where there is none, and its
    confidence.

    `page-1-flat`: the sheet, level and in its proportions; `page-2-even`: without shadows;
    `page-3-ink`: what is written, without rules and frames. `reading-1/01-grey` and so on are
    `ink.trace`'s steps, of a number `ink.trace_line`'s.
    """
    yield "answers.txt", _answers(readings).encode()
    layout, found = cut_out(picture)
    steps = [*_page(layout)]
    for number, cut in enumerate(found, 1):
        steps += [(f"reading-{number}/{name}", grey) for name, grey in _reading(cut)]
    for name, grey in steps:
        if grey.size:
            yield f"{name}.png", _png(grey)


def _answers(readings: Sequence[Reading]) -> str:
    named = enumerate(readings, 1)
    return "".join(f"reading-{at}: {each.answer}, {each.confidence:.1%}\n" for at, each in named)


def _page(layout: Layout | None) -> Iterator[tuple[str, Grey]]:
    if layout is not None:
        yield "page-1-flat", layout.grey
        yield "page-2-even", layout.marks.even
        yield "page-3-ink", layout.marks.ink


def _reading(cut: Cut) -> Iterator[tuple[str, Grey]]:
    """Yield every step from a field to what its recognizer sees."""
    steps = ink.trace(cut.pixels) if cut.single else ink.trace_line(cut.pixels)
    for number, (name, grey) in enumerate(steps, 1):
        yield f"{number:02d}-{name}", grey


def _png(grey: Grey) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(grey).save(stream, "PNG")
    return stream.getvalue()
