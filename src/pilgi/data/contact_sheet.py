"""A contact sheet: some pictures of every class, dark ink on paper."""

import io
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data.split import Split
from pilgi.report.style import LIGHT

_SCALE: Final = 2
_PICTURE: Final = 28 * _SCALE
_GAP: Final = 8 * _SCALE
_MARGIN: Final = 32 * _SCALE
_HEAD: Final = 56 * _SCALE
_SEAL: Final = 12 * _SCALE


def contact_sheet(split: Split, count: int) -> bytes:
    """Return a PNG: a row a class, `count` pictures spread evenly over the class, its size last."""
    from PIL import Image, ImageDraw

    fonts = {size: _font(size) for size in (11, 13, 18)}
    rows = [np.flatnonzero(split.labels == label) for label in range(len(split.classes))]
    columns = min(count, max(map(len, rows)))
    left = _MARGIN + _GAP + max(_width(fonts[13], name) for name in split.classes)
    right = left + columns * (_PICTURE + _GAP) + max(_width(fonts[11], _tally(row)) for row in rows)
    right = max(right, _MARGIN + _head_width(split, fonts))
    bottom = _MARGIN + _HEAD + len(rows) * (_PICTURE + _GAP) - _GAP
    sheet = Image.new("RGB", (right + _MARGIN, bottom + _MARGIN), LIGHT.paper)
    draw = ImageDraw.Draw(sheet)
    _draw_head(draw, split, right, fonts)
    for number, row in enumerate(rows):
        top = _MARGIN + _HEAD + number * (_PICTURE + _GAP)
        middle = top + _PICTURE // 2
        draw.text((left - _GAP, middle), split.classes[number], LIGHT.ink, fonts[13], anchor="rm")
        draw.text((right, middle), _tally(row), LIGHT.muted, fonts[11], anchor="rm")
        for column, picture in enumerate(_spread(row, columns)):
            place = (left + column * (_PICTURE + _GAP), top)
            sheet.paste(_on_paper(split.images[picture]), place)
    return _png(sheet)


def _spread(row: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    if len(row) <= count:
        return row
    return row[np.linspace(0, len(row) - 1, count).astype(np.intp)]


def _on_paper(picture: NDArray[np.uint8]) -> Any:
    """Return a picture in its place's size: grey as ink on paper, colour as it is."""
    from PIL import Image, ImageOps

    drawn = Image.fromarray(picture)
    if picture.ndim == 2:
        drawn = ImageOps.colorize(drawn, LIGHT.paper, LIGHT.ink)
    return drawn.resize((_PICTURE, _PICTURE), Image.Resampling.BICUBIC)


def _draw_head(draw: Any, split: Split, right: int, fonts: dict[int, Any]) -> None:
    base = _MARGIN + 16 * _SCALE
    draw.rectangle((_MARGIN, base - _SEAL, _MARGIN + _SEAL, base), LIGHT.seal)
    draw.text((_MARGIN + _SEAL + _GAP, base), split.name, LIGHT.ink, fonts[18], anchor="ls")
    draw.text((right, base), _facts(split), LIGHT.muted, fonts[13], anchor="rs")
    under = base + 12 * _SCALE
    draw.line((_MARGIN, under, right, under), LIGHT.line, _SCALE)


def _head_width(split: Split, fonts: dict[int, Any]) -> int:
    words = _width(fonts[18], split.name) + _width(fonts[13], _facts(split))
    return _SEAL + _GAP + words + 3 * _GAP


def _facts(split: Split) -> str:
    return f"{len(split):,} pictures, {len(split.classes)} classes"


def _tally(row: NDArray[np.intp]) -> str:
    return f"{len(row):,}"


def _width(font: Any, text: str) -> int:
    return int(font.getlength(text))


def _png(picture: Any) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size * _SCALE)
