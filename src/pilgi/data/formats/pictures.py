"""A picture's file -> pixels, upright: PNG, JPEG, BMP, GIF, TIFF, WebP, PNM."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data.formats import content as limits
from pilgi.errors import DataError
from pilgi.files import read_bytes

PIXEL_LIMIT: Final = 120_000_000
"""A phone's largest picture has 108 million pixels."""

_DEEP: Final = ("I;16", "I;16B", "I;16L", "I;16N", "I")
_CAMERAS: Final = (10, 12)
_FORMATS: Final = ("PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP", "PPM")


def read_picture(path: Path) -> NDArray[Any]:
    """Return the pixels of a picture, upright: grey (h, w) of 8 or 16 bits, RGB or RGBA.

    Of several pages or frames the first. Raises DataError where the file cannot be read as a
    picture, or has more than 120 million pixels.
    """
    return next(pictures(str(path), read_bytes(path, limits.LIMIT)))


def pictures(source: str, content: bytes, limit: int | None = None) -> Iterator[NDArray[Any]]:
    """Yield the pictures in `content`: each page of a TIFF, the first frame of an animation.

    Pixels are as those of `read_picture`, and so is what is raised; `source` names the file. One of
    more than `limit` pixels, 120 million unless given, is refused before it is decoded.
    """
    with _sentences(source), warnings.catch_warnings(action="ignore"):
        opened = _open(source, content)
        count = _pages(opened)
    for number in range(count):
        with _sentences(source), warnings.catch_warnings(action="ignore"):
            opened.seek(number)
            pixels = _pixels(source, opened, limit)
        yield pixels


def _pages(picture: Any) -> int:
    return int(picture.n_frames) if picture.format == "TIFF" else 1


@contextmanager
def _sentences(source: str) -> Iterator[None]:
    """Turn what Pillow raises into one sentence about `source`."""
    from PIL import Image, UnidentifiedImageError

    try:
        yield
    except UnidentifiedImageError:
        raise DataError(
            f"{source}: not a picture that can be read; save it as PNG or JPEG"
        ) from None
    except Image.DecompressionBombError:
        raise DataError(
            f"{source}: more than the {PIXEL_LIMIT:,} pixels allowed; make it smaller"
        ) from None
    except DataError:
        raise
    except Exception as error:  # on damaged files Pillow's decoders raise whatever went wrong
        raise DataError(f"{source}: damaged or cut short; copy or save it again") from error


def _open(source: str, content: bytes) -> Any:
    from PIL import Image

    if not content:
        raise DataError(f"{source}: an empty file; copy or save it again")
    return Image.open(io.BytesIO(content), formats=_FORMATS)


def _pixels(source: str, picture: Any, limit: int | None) -> NDArray[Any]:
    from PIL import ImageOps

    check_size(source, picture.width, picture.height, limit)
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in _DEEP:
        return _deep(np.asarray(upright))
    if upright.mode == "F":
        raise DataError(f"{source}: its pixels are fractions; save it with 8 or 16 bits a channel")
    if upright.has_transparency_data and upright.mode != "RGBA":
        upright = upright.convert("RGBA")
    if upright.mode not in ("1", "L", "RGB", "RGBA"):
        upright = upright.convert("RGB")
    return np.asarray(upright)


def _deep(levels: NDArray[Any]) -> NDArray[np.uint16]:
    """Return 16 bits; what a camera of 10 or 12 bits left in the lower ones is raised to them."""
    deep: NDArray[np.uint16] = np.clip(levels, 0, 65535).astype(np.uint16)
    greatest = int(deep.max(initial=0))
    unused = next((16 - bits for bits in _CAMERAS if greatest < 1 << bits), 0)
    return deep << np.uint16(unused)


def check_size(source: str, width: int, height: int, limit: int | None = None) -> None:
    """Raise DataError where a picture has more than `limit` pixels, 120 million unless given."""
    allowed = PIXEL_LIMIT if limit is None else limit
    if width * height > allowed:
        raise DataError(
            f"{source}: {width:,} x {height:,} pixels are more than the "
            f"{allowed:,} allowed; make it smaller"
        )
