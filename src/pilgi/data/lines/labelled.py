"""Lines that are scored: the composed ones, or a folder of pictures named after their numbers."""

import re
from pathlib import Path
from typing import Final

from pilgi import ink
from pilgi.data.formats import content
from pilgi.data.formats.pictures import read_picture
from pilgi.data.lines.composition import SCORED, TEST_LINES, TEST_SEED
from pilgi.data.lines.synthesis import Lines, compose_lines
from pilgi.data.lines.writers import LINES, unseen_writers
from pilgi.errors import DataError

_NUMBER: Final = re.compile(r"([0-9]+)(?:_.*)?")
"""A picture's name without its ending: its number, and after an underline whatever one likes."""


def load_lines(source: str) -> Lines:
    """Return the lines that a recognizer is scored on.

    source: `lines`, the 2,000 composed ones of writers whom no training of `lines` sees; or a
    folder of pictures, one line each, named after what stands there: `90210.png`, `90210_2.jpg`.
    Raises DataError where there is no such folder, a name does not begin with a number, or a
    picture cannot be read.
    """
    if source == LINES:
        return compose_lines(LINES, unseen_writers(), SCORED, TEST_LINES, TEST_SEED)
    folder = Path(source)
    if not folder.is_dir():
        raise DataError(
            f"{source}: no folder; lines are scored on `lines` or on a folder of pictures named "
            "after their numbers, for example 90210.png"
        )
    files = content.named(folder)
    if not files:
        raise DataError(f"{source}: no pictures in it; add some, named after their numbers")
    texts = tuple(map(_number, files))
    inks = tuple(ink.from_line(read_picture(file)) for file in files)
    return Lines(source, inks, texts, files=tuple(file.name for file in files))


def _number(file: Path) -> str:
    found = _NUMBER.fullmatch(file.stem)
    if found is None or file.is_dir():
        raise DataError(
            f"{file}: not a picture named after its number; call it 90210.png or 90210_2.png where "
            "it shows 90210"
        )
    return found[1]
