"""The files under c/ink/ that each way into the ink spec needs, each file before its users."""

from typing import Final

GREY: Final = (
    *("wide.c", "view.c", "levels.c", "polarity.c", "margin.c", "resize.c", "light.c"),
    *("threshold.c", "parts.c", "bands.c", "ruled_lines.c", "specks.c", "pen.c", "place.c"),
    "pictures.c",
)
"""pilgi_ink_from_grey."""

TRACED: Final = ("trace.c", *GREY)
"""The same, and pilgi_ink_watch; compiled with PILGI_INK_TRACE defined."""
