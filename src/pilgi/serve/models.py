"""The recognizers that can be asked by name: the shipped ones, and those that runs left."""

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from pilgi.errors import DataError
from pilgi.files import read_bytes, write_json
from pilgi.read import CtcReader, Reader
from pilgi.read.reading import SURE
from pilgi.recognizer import Recognizer, shipped
from pilgi.serve.problems import NotFoundError
from pilgi.serve.runs import Runs

DEFAULT: Final = "digit"
LINE: Final = "line"
LIMIT: Final = 2**16


class Models:
    """Recognizers by name, kept in memory once they were asked; and the one that is in use."""

    def __init__(self, runs: Runs, kept: Path) -> None:
        self._runs, self.shipped = runs, shipped()
        self._kept = kept / "in-use.json"
        self._used = _named_in(self._kept)

    def names(self) -> list[str]:
        """Return the names: the shipped recognizers, then the runs that left one."""
        left = [run.name for run in self._runs.all() if run.recognizer.is_file()]
        return [*self.shipped, *(name for name in left if name not in self.shipped)]

    def file(self, name: str) -> Path:
        """Return the file of the recognizer of that name. Raises NotFoundError without one."""
        if name in self.shipped:
            return self.shipped[name]
        path = self._runs.open(name).recognizer
        if not path.is_file():
            raise NotFoundError(f"{name}: a run that left no recognizer, or not yet")
        return path

    def load(self, name: str = DEFAULT) -> Recognizer:
        """Return the recognizer of that name; one thread each, so that requests do not wait."""
        path = self.file(name)
        return _loaded(path, path.stat().st_mtime_ns)

    @property
    def used(self) -> str:
        """The recognizer that reads digits where none is named; DEFAULT, unless another is used."""
        try:
            self.file(self._used)
        except NotFoundError:  # its run was deleted
            return DEFAULT
        return self._used

    def use(self, name: str) -> None:
        """Let that recognizer read digits where none is named.

        Raises NotFoundError where there is none of that name or where it reads no single digits.
        """
        if self.load(name).metadata.kind != "digit":
            raise NotFoundError(f"{name}: reads no single digits; name one that does")
        self._kept.parent.mkdir(parents=True, exist_ok=True)
        write_json(self._kept, {"name": name})
        self._used = name

    def reader(self, name: str | None = None) -> Reader:
        """Return who reads drawings: the shipped recognizers, `name` in its kind's place.

        Raises NotFoundError where there is none of that name or where it reads no digits.
        """
        reader = self._shipped()
        name = self.used if name is None else name
        named = self.load(name)
        if named.metadata.kind == "line":
            return replace(reader, line=CtcReader(named))
        if named.metadata.kind == "picture":
            raise NotFoundError(f"{name}: a recognizer of other pictures; name one of digits")
        return replace(reader, digit=named, least_alone=_least(named))

    def _shipped(self) -> Reader:
        digit = self.load(DEFAULT)
        return Reader(digit, CtcReader(self.load(LINE)), least_alone=_least(digit))


def _named_in(path: Path) -> str:
    try:
        return str(json.loads(read_bytes(path, LIMIT))["name"])
    except (DataError, ValueError, KeyError, TypeError):
        return DEFAULT  # none was chosen yet


def _least(digit: Recognizer) -> float:
    own = digit.metadata.min_confidence
    return SURE if own is None else own


@lru_cache(maxsize=16)
def _loaded(path: Path, written: int) -> Recognizer:
    """Return the recognizer in `path`, anew where it was written anew."""
    del written
    return Recognizer.load(path, threads=1)
