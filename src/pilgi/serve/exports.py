"""A recognizer that leaves by the page: what `pilgi export` writes, as one file to download."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from pilgi.export.writers import TARGETS, Job
from pilgi.files import read_bytes
from pilgi.recognizer import Recognizer
from pilgi.serve.archives import zipped

To = Literal["onnx", "onnx-int8", "ort", "c", "wasm", "bundle"]

LIMIT = 2**29


def exported(recognizer: Recognizer, name: str, to: To, folder: Path) -> tuple[str, bytes]:
    """Return the file's name and content: what is written, a folder as a zip.

    folder: where it is written for a moment. Raises ExportError where the recognizer cannot leave
    so, MissingExtraError where a compiler is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as moment:
        place = Path(moment) / f"{name}{TARGETS[to].suffix}"
        TARGETS[to].write(Job(recognizer, place, name))
        if place.is_file():
            return place.name, read_bytes(place, LIMIT)
        return f"{place.name}.zip", zipped(_members(place))


def _members(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder.parent).as_posix(), read_bytes(path, LIMIT)
