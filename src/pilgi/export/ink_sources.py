"""The files under c/ink/ that each way into the ink spec needs, each file before its users.

One after another they are one C file: `#define INK_LOCAL static` before the first keeps all but
what ink.h names inside it. For several ways in, `together` leaves out what comes twice.
"""

from typing import Final

STROKES: Final = ("view.c", "resize.c", "place.c", "drawing.c", "strokes.c")
"""pilgi_ink_from_strokes."""

LINE_STROKES: Final = ("drawing.c", "line_strokes.c")
"""pilgi_line_picture."""

_LIFTED: Final = (
    *("view.c", "resize.c", "box.c", "wide.c", "levels.c", "layout.c", "polarity.c", "margin.c"),
    *("light.c", "threshold.c", "parts.c", "bands.c", "pen.c"),
)

GREY: Final = (*_LIFTED, "place.c", "ruled_lines.c", "specks.c", "pictures.c")
"""pilgi_ink_from_grey."""

LINE: Final = (*_LIFTED, "lying_rules.c", "line_specks.c", "text_line.c")
"""pilgi_line_from_grey."""

COLOUR: Final = (*GREY, "channel.c", "colour.c", "colour_pictures.c")
"""pilgi_ink_from_colour and pilgi_ink_from_grey."""

COLOUR_LINE: Final = (*LINE, "channel.c", "colour.c", "colour_lines.c")
"""pilgi_line_from_colour and pilgi_line_from_grey."""

TRACE: Final = ("trace.c",)
"""pilgi_ink_watch; before the others, and with PILGI_INK_TRACE defined."""


def together(*ways: tuple[str, ...]) -> tuple[str, ...]:
    """Return the files of several ways in, each once, in an order that still holds.

    >>> together(STROKES, GREY)[:4]
    ('view.c', 'resize.c', 'place.c', 'drawing.c')
    """
    return tuple(dict.fromkeys(name for way in ways for name in way))


def side_for(size: int) -> int:
    """Return the longest side of a grey picture whose steps, and the ink, take so many bytes.

    At least 28: what is no larger costs nothing beside it. See PILGI_INK_WORK in c/ink/ink.h.
    """
    fits = (side for side in range(160, 28, -1) if work_bytes(side) + 784 <= size)
    return next(fits, 28)


def work_bytes(side: int) -> int:
    """Return PILGI_INK_BYTES(side, side), rounded up to words, of a side of at most 160."""
    pixels, pen = side * side, side // 40
    masked = pixels + 4 * ((pixels + 7) // 8)
    widened = (side + 2 * pen) ** 2 + side
    return -(-(1024 + side + max(masked, widened)) // 4) * 4
