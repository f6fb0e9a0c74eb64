"""A recognizer that leaves by the page: one file to download, or what reads in the browser."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from pilgi.export.writers import TARGETS, Job
from pilgi.export.writers.browser import Maps, digit_module, shown_layers
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
        TARGETS[to].write(Job(recognizer, place, name, fetch=False))
        if place.is_file():
            return place.name, read_bytes(place, LIMIT)
        return f"{place.name}.zip", zipped(_members(place))


class Compiled(NamedTuple):
    """A reader of digits in WebAssembly, the names of its answers, and the layers it shows."""

    module: bytes
    classes: tuple[str, ...]
    layers: tuple[Maps, ...]


@lru_cache(maxsize=2)
def compiled(path: Path, written: int, name: str) -> Compiled:
    """Return what a browser reads digits with, of a recognizer's file, written at that time.

    Raises as `exported` does.
    """
    del written
    job = Job(Recognizer.load(path), path, name, fetch=False)  # a server asks nobody
    return Compiled(digit_module(job), job.network.classes, shown_layers(job))


def _members(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder.parent).as_posix(), read_bytes(path, LIMIT)
