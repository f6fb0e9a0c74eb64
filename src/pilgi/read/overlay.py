"""What was read, drawn over the picture: a box around each reading, its digits above."""

import io
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.ink.grey import FAINTEST
from pilgi.read.answers import NOT_SURE, UNSURE, Reading
from pilgi.read.homography import Box, as_bytes
from pilgi.report.style import LIGHT

SUFFIXES: Final = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}

_LINE: Final = 500
"""The longer side over this is the width of a box's line."""

_SMALLEST: Final = 640
"""A smaller picture is drawn larger, by whole times, so that the words find room."""


def overlay(picture: NDArray[Any], readings: list[Reading], suffix: str = ".png") -> bytes:
    """Return a PNG or JPEG of `picture` with each reading's box, digits and confidence.

    What is sure is boxed in the seal's colour; what is not, in grey, with `?` for open digits and
    "not sure" where nothing is answered.
    """
    from PIL import Image, ImageDraw

    drawn = Image.fromarray(_rgb(picture))
    times = max(1, _SMALLEST // max(drawn.size))
    drawn = drawn.resize((drawn.width * times, drawn.height * times), Image.Resampling.NEAREST)
    draw, line = ImageDraw.Draw(drawn), max(2, round(max(drawn.size) / _LINE))
    frames = [_frame(reading, times, line) for reading in readings]
    for reading, frame in zip(readings, frames, strict=True):
        colour = LIGHT.muted if reading.text is None else LIGHT.seal
        draw.rectangle((frame.x, frame.y, frame.right - 1, frame.bottom - 1), None, colour, line)
    taken = list(frames)
    for reading, frame in zip(readings, frames, strict=True):
        taken.append(_label(draw, reading, frame, taken))
    stream = io.BytesIO()
    drawn.save(stream, SUFFIXES[suffix.lower()], compress_level=1, quality=90)
    return stream.getvalue()


def _frame(reading: Reading, times: int, line: int) -> Box:
    """Return the outside of the line around a reading."""
    return Box(*(times * side for side in reading.box)).grown(line)


def _label(draw: Any, reading: Reading, frame: Box, taken: list[Box]) -> Box:
    """Write the digits and how sure they are on a piece of paper beside the frame; return it."""
    large, small = _fonts(frame.h, draw.im.size)
    digits, share = reading.answer, f" {int(100 * reading.confidence)} %"
    ascent, pad = large.getmetrics()[0], max(2, large.size // 6)
    width = int(large.getlength(digits) + small.getlength(share)) + 2 * pad
    piece = _free_place(frame, width, ascent + pad, taken, draw.im.size)
    draw.rectangle((piece.x, piece.y, piece.right - 1, piece.bottom - 1), LIGHT.paper)
    ink = LIGHT.muted if digits == NOT_SURE else LIGHT.ink
    base, at = piece.y + ascent, float(piece.x + pad)
    for digit in digits:
        colour = LIGHT.seal if digit == UNSURE else ink
        draw.text((at, base), digit, colour, large, anchor="ls")
        at += large.getlength(digit)
    draw.text((at, base), share, LIGHT.muted, small, anchor="ls")
    return piece


def _free_place(frame: Box, width: int, height: int, taken: list[Box], size: Any) -> Box:
    """Return the place that covers least of what is taken: above, below, right or left."""
    across = max(0, min(frame.x, size[0] - width))
    places = [
        Box(across, frame.y - height, width, height),
        Box(across, frame.bottom, width, height),
        Box(frame.right, frame.y, width, height),
        Box(frame.right, frame.bottom - height, width, height),
        Box(frame.x - width, frame.y, width, height),
    ]
    inside = [at for at in places if at.x >= 0 <= at.y and at.right <= size[0]]
    inside = [at for at in inside if at.bottom <= size[1]] or [Box(0, 0, width, height)]
    return min(inside, key=lambda at: sum(_covered(at, other) for other in taken))


def _covered(one: Box, other: Box) -> int:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return max(0, across) * max(0, down)


def _fonts(height: int, size: tuple[int, int]) -> tuple[Any, Any]:
    """Return a font somewhat smaller than the writing, and a smaller one."""
    from PIL import ImageFont

    points = int(np.clip(height * 0.4, max(size) / 60, max(size) / 24))
    return ImageFont.load_default(max(13, points)), ImageFont.load_default(max(11, points * 5 // 8))


def _rgb(picture: NDArray[Any]) -> NDArray[np.uint8]:
    """Return `picture` as RGB of eight bits."""
    pixels = as_bytes(picture)
    if pixels.dtype == np.uint16:
        pixels = (pixels >> 8).astype(np.uint8)
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
    if pixels.shape[2] == 3:
        return np.ascontiguousarray(pixels)
    return _laid_over(pixels)


def _laid_over(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return RGBA over white, or over black where ink that is white itself would vanish."""
    alpha = pixels[..., 3:].astype(np.uint16)
    coloured = pixels[..., :3] * alpha
    over_white: NDArray[np.uint16] = (coloured + 255 * (255 - alpha)) // 255
    laid = over_white if np.ptp(over_white) >= FAINTEST else coloured // 255
    return laid.astype(np.uint8)
