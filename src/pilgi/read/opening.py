"""What a person hands in -> pages of pixels: pictures, TIFFs of several pages, PDFs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi.data.formats import pictures
from pilgi.errors import DataError
from pilgi.files import read_bytes

FILE_LIMIT: Final = 2**28
"""Bytes of a file: 256 MiB."""

RESOLUTION: Final = 200
"""Dots an inch at which a PDF's pages are drawn ..."""

LONGEST: Final = 6000
"""... and their longer side at most, in pixels."""

_POINTS: Final = 72
_PASSWORD: Final = 4
"""PDFium's error code for a document that asks for a password."""


class Page(NamedTuple):
    """One page of a file, upright.

    file: what the person named. number: from 1. pixels: grey, RGB or RGBA of 8 or 16 bits.
    """

    file: str
    number: int
    pixels: NDArray[Any]


def pages(file: str | Path) -> Iterator[Page]:
    """Yield the pages of a file: a picture has one, a TIFF or a PDF several.

    An animation's page is its first frame; a PDF's are drawn at 200 dots an inch. Raises DataError
    where the file is missing, is no picture, is damaged or encrypted, or is too large.
    """
    if Path(file).is_dir():
        raise DataError(f"{file}: a folder; name the pictures in it, for example {file}/*.png")
    yield from pages_in(str(file), read_bytes(Path(file), FILE_LIMIT))


def pages_in(name: str, content: bytes, limit: int | None = None) -> Iterator[Page]:
    """Yield the pages in a file's bytes; `name` is what answers and errors call it.

    A page of more than `limit` pixels, 120 million unless given, is refused before it is decoded.
    """
    if len(content) > FILE_LIMIT:
        raise DataError(f"{name}: larger than the {FILE_LIMIT:,} bytes allowed; make it smaller")
    read = _drawn if _is_pdf(content) else pictures.pictures
    found = read(name, content, limit)
    for number, pixels in enumerate(found, 1):
        yield Page(name, number, pixels)


def _is_pdf(content: bytes) -> bool:
    """Say whether the mark stands within the first 1,024 bytes, as readers of PDF allow."""
    return b"%PDF-" in content[:1024]


def _drawn(name: str, content: bytes, limit: int | None) -> Iterator[NDArray[np.uint8]]:
    """Yield the pages of a PDF as pixels, forms and annotations drawn in."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        document.init_forms()
    except pypdfium2.PdfiumError as error:
        raise DataError(f"{name}: {_refusal(error)}") from None
    with document:
        for number in range(len(document)):
            yield _draw(name, document, number, limit)


def _refusal(error: Any) -> str:
    if error.err_code == _PASSWORD:
        return "a PDF that asks for a password; save it without one"
    return "a PDF that is damaged or cut short; copy or save it again"


def _draw(name: str, document: Any, number: int, limit: int | None) -> NDArray[np.uint8]:
    import pypdfium2

    try:
        page = document[number]
        scale = min(RESOLUTION / _POINTS, LONGEST / max(*page.get_size(), 1))
        width, height = (int(scale * side) for side in page.get_size())
        pictures.check_size(name, width, height, limit)
        drawn = page.render(scale=scale, rev_byteorder=True).to_numpy()
    except pypdfium2.PdfiumError as error:
        raise DataError(f"{name}: page {number + 1} is damaged; save it again") from error
    return np.array(drawn[..., :3], np.uint8)
