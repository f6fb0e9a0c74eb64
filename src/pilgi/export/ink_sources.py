"""The files under c/ink/ that each way into the ink spec needs, each file before its users."""

from typing import Final

SIZED: Final = ("view.c", "resize.c", "place.c")

STROKES: Final = (*SIZED, "strokes.c")
"""pilgi_ink_from_strokes."""

GREY: Final = (
    *(*SIZED, "box.c", "wide.c", "levels.c", "layout.c", "polarity.c", "margin.c", "light.c"),
    *("threshold.c", "parts.c", "bands.c", "ruled_lines.c", "specks.c", "pen.c", "pictures.c"),
)
"""pilgi_ink_from_grey."""

COLOUR: Final = (*GREY, "channel.c", "colour.c", "colour_pictures.c")
"""pilgi_ink_from_colour, and the above."""

TRACED: Final = ("trace.c", *GREY)
"""The same, and pilgi_ink_watch; compiled with PILGI_INK_TRACE defined."""
