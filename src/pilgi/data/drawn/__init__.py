"""Pictures drawn by rule, stroke by stroke: the same from the same number.

hands.py      digits in the shapes that countries teach   letters.py   Latin letters and Hangul
scribbles.py  blanks, scribbles, pairs of digits; some of its families are in doodles.py
sources.py    what the catalog says of them
"""

from collections.abc import Callable, Mapping
from typing import Final

from pilgi.data.drawn import hands, letters, scribbles
from pilgi.data.drawn.sources import DRAWN_SOURCES
from pilgi.data.split import Split

DRAWN: Final[Mapping[str, Callable[[str, str], Split]]] = {
    "hands": hands.drawn,
    "letters": letters.drawn,
    "scribbles": scribbles.drawn,
}
"""A set's name -> what draws it, told what to call it and which part."""

__all__ = ["DRAWN", "DRAWN_SOURCES"]
