"""The files under c/ink/ that each way into the ink spec needs, each file before its users."""

from typing import Final

SIZED: Final = ("view.c", "resize.c", "place.c")

STROKES: Final = (*SIZED, "strokes.c")
"""pilgi_ink_from_strokes."""

GREY: Final = (
    *(*SIZED, "box.c", "wide.c", "levels.c", "polarity.c", "margin.c", "light.c", "threshold.c"),
    *("parts.c", "bands.c", "ruled_lines.c", "specks.c", "pen.c", "pictures.c"),
)
"""pilgi_ink_from_grey."""

TRACED: Final = ("trace.c", *GREY)
"""The same, and pilgi_ink_watch; compiled with PILGI_INK_TRACE defined."""


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
