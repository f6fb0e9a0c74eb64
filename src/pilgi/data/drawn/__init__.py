"""Pictures drawn by rule, stroke by stroke: the same from the same number.

digit_shapes.py  digits in the shapes that countries teach
letters.py       Latin letters and Hangul
scribbles.py     blanks, scribbles, pairs of digits; more of its families in doodles.py, signs.py
entries.py       what the catalog says of them
"""

from collections.abc import Callable, Mapping
from typing import Final

from pilgi.data.drawn import digit_shapes, letters, scribbles
from pilgi.data.drawn.entries import DRAWN_SOURCES
from pilgi.data.split import Split

DRAWN: Final[Mapping[str, Callable[[str, str], Split]]] = {
    "hands": digit_shapes.drawn,
    "letters": letters.drawn,
    "scribbles": scribbles.drawn,
}
"""A set's name -> what draws it, told what to call it and which part."""

__all__ = ["DRAWN", "DRAWN_SOURCES"]
