"""Anything written -> 28x28 ink bytes, by ONE written spec (docs/ink.md)."""

from typing import Final

from pilgi.ink.geometry import SIDE, normalize
from pilgi.ink.pictures import Steps, from_picture, is_ink, trace
from pilgi.ink.strokes import from_strokes
from pilgi.ink.text_line import LINE_HEIGHT, frame_line, from_line, trace_line

VERSION: Final = "3"
"""The spec that made the bytes; recognizers carry it, and another one is another input."""

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
    "normalize",
    "trace",
    "trace_line",
]
