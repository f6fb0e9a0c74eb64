"""A picture -> lines -> digits and numbers, with confidence and place."""

import sys
from types import ModuleType
from typing import Any

from pilgi.read.answers import Reading
from pilgi.read.decode import Decoded, DecodedDigit, Separator
from pilgi.read.opening import Page, pages
from pilgi.read.readers import CtcReader, DigitReader, LineReader
from pilgi.read.reading import Reader, open_reader, read
from pilgi.recognizer import Digit

__all__ = [
    "CtcReader",
    "Decoded",
    "DecodedDigit",
    "Digit",
    "DigitReader",
    "LineReader",
    "Page",
    "Reader",
    "Reading",
    "Separator",
    "open_reader",
    "pages",
    "read",
]


class _Room(ModuleType):
    """The room has its verb's name: `pilgi.read(picture)` reads, whoever imported it before."""

    def __call__(self, *arguments: Any, **settings: Any) -> list[Reading]:
        return read(*arguments, **settings)


sys.modules[__name__].__class__ = _Room
