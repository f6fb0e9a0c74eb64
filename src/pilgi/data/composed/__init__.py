"""Pictures composed by rule of another set's pictures: harder ones, to be scored on.

clutter.py  a digit among others on a page of a register, cut out
marks.py    what else stands on such a page: rules, dots, ditto marks, rings, stains
scan.py     ink on paper -> the grey picture that a scanner or a camera gives
"""

from collections.abc import Callable, Mapping
from typing import Final

from pilgi.data.composed import clutter
from pilgi.data.composed.clutter import compose_clutter
from pilgi.data.composed.entries import COMPOSED_SOURCES
from pilgi.data.split import Split

COMPOSED: Final[Mapping[str, Callable[[str, str, Split], Split]]] = {"clutter": clutter.composed}
"""A set's name -> what composes it, told what to call it, which part, and of which pictures."""

__all__ = ["COMPOSED", "COMPOSED_SOURCES", "compose_clutter"]
