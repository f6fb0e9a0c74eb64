"""The bytes of a file with the name to blame, read and unpacked within a limit."""

import gzip
import io
import zlib
from pathlib import Path
from typing import Final, NamedTuple

from pilgi.errors import DataError
from pilgi.files import read_bytes

LIMIT: Final = 2**30
"""Bytes, packed or unpacked: the largest set we know (EMNIST digits) holds 188,160,016."""

_LITTER: Final = ("thumbs.db", "desktop.ini")


class Content(NamedTuple):
    """Unpacked bytes, and the file they came from."""

    source: str
    data: bytes


def read_content(path: Path) -> Content:
    """Return what `path` holds, unpacked where it is gzip, whatever its name says.

    Raises DataError where it is missing, damaged, cut short, or unpacks to more than `LIMIT` bytes.
    """
    return unpack(Content(str(path), read_bytes(path, LIMIT)))


def members(folder: Path) -> list[Path]:
    """Return what a folder holds, by name. Raises DataError where it cannot be read."""
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise DataError(f"{folder}: cannot be read ({error.strerror}); check the folder") from error


def named(folder: Path) -> list[Path]:
    """Return what `folder` holds by name, without the litter that file managers leave."""
    return [
        path
        for path in members(folder)
        if not path.name.startswith(".") and path.name.lower() not in _LITTER
    ]


def unpack(content: Content) -> Content:
    """Return `content` unpacked where it is gzip; see `read_content`."""
    if not content.data.startswith(b"\x1f\x8b"):
        return content
    try:
        data = gzip.GzipFile(fileobj=io.BytesIO(content.data)).read(LIMIT + 1)
    except EOFError:
        raise DataError(f"{content.source}: cut short; copy or fetch it again") from None
    except (OSError, zlib.error) as error:
        raise DataError(f"{content.source}: damaged gzip; copy or fetch it again") from error
    if len(data) > LIMIT:
        raise DataError(f"{content.source}: unpacks to more than the {LIMIT:,} bytes allowed")
    return Content(content.source, data)
