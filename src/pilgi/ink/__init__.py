"""Anything written -> 28x28 ink bytes, by ONE written spec (docs/ink.md)."""

from typing import Final

from pilgi.ink.geometry import SIDE, normalize
from pilgi.ink.pictures import Steps, from_picture, is_ink, trace
from pilgi.ink.strokes import from_strokes, line_of_strokes
from pilgi.ink.text_line import LINE_HEIGHT, frame_line, from_line, trace_line

VERSION: Final = "3.3"
"""The spec that made the bytes; recognizers carry it. Another number before the point is another
input, another one after it the same input but for what is written at the foot of docs/ink.md."""


def is_readable(version: str) -> bool:
    """Say whether what learnt from ink of that version reads the ink that is made here."""
    return version.partition(".")[0] == VERSION.partition(".")[0]


__all__ = [
    "LINE_HEIGHT",
    "SIDE",
    "VERSION",
    "Steps",
    "frame_line",
    "from_line",
    "from_picture",
    "from_strokes",
    "is_ink",
    "is_readable",
    "line_of_strokes",
    "normalize",
    "trace",
    "trace_line",
]
