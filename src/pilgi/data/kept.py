"""Sets that take seconds to make, kept in the cache: drawings and photographs as ink.

A file there is named after all that it depends on: the content that it was made of, every line of
the code that draws and brings to ink, and the versions of what that code uses. So what is out of
date is not found, and made anew in its place.
"""

import io
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import numpy as np

from pilgi import ink, machine
from pilgi.data.places import cache_root
from pilgi.data.split import Split
from pilgi.errors import DataError
from pilgi.files import sha256, write_bytes

FOLDER: Final = "made"
FONTS: Final = "Hershey-Fonts"
"""Letters are drawn of its strokes."""


def kept(name: str, part: str, content: bytes, make: Callable[[], Split]) -> Split:
    """Return what `make` makes, as it did before of the same `content` where that is kept.

    name, part: of the set; of each the newest alone is kept. A cache that cannot be read or written
    changes nothing but the time it takes.
    """
    folder = cache_root() / FOLDER
    path = folder / f"{name}-{part}-{sha256(_code() + content)}.npz"
    found = _read(path)
    if found is None:
        found = make()
        with suppress(OSError):
            for old in folder.glob(f"{name}-{part}-*.npz"):
                old.unlink(missing_ok=True)
            write_bytes(path, _packed(found))
    return found


@cache
def _code() -> bytes:
    """Return a digest of what makes ink and draws: `pilgi.ink`, `pilgi.data`, and what they use."""
    folders = (Path(str(ink.__file__)).parent, Path(__file__).parent)
    files = (file for folder in folders for file in sorted(folder.rglob("*.py")))
    sources = b"".join(file.read_bytes() for file in files)
    used = {**machine.versions(), FONTS: version(FONTS)}
    return sha256(sources + repr(used).encode()).encode()


def _packed(split: Split) -> bytes:
    writers = {} if split.writers is None else {"writers": split.writers}
    stream = io.BytesIO()
    np.savez_compressed(
        stream,
        name=np.array(split.name),
        images=split.images,
        labels=split.labels,
        classes=np.array(split.classes),
        allow_pickle=False,
        **writers,
    )
    return stream.getvalue()


def _read(path: Path) -> Split | None:
    """Return the Split in a file of ours, None where it is not there or damaged."""
    damaged = (zipfile.BadZipFile, zlib.error, NotImplementedError)
    with (
        suppress(OSError, EOFError, ValueError, KeyError, DataError, *damaged),
        np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as found,
    ):
        classes = tuple(found["classes"].tolist())
        writers = found.get("writers")
        return Split(str(found["name"]), found["images"], found["labels"], classes, writers)
    return None
