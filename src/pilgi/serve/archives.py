"""Zips whose bytes depend on their members alone."""

import io
import zipfile
from collections.abc import Iterable
from typing import Final

_FIRST_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""What a member is dated."""


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip of members, each a name and its content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members:
            member = zipfile.ZipInfo(name, _FIRST_DATE)
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
