"""Who reads what was cut out: a recognizer of digits, and one of lines."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pilgi import ink
from pilgi.errors import RecognizerError
from pilgi.ink.geometry import Grey
from pilgi.ink.views import slanted_views
from pilgi.read.decode import Decoded, decode
from pilgi.recognizer import Digit, Recognizer, file_of


class DigitReader(Protocol):
    """Reads a picture of one character, as `Recognizer.read` does."""

    def read(self, picture: NDArray[Any]) -> Digit:
        """Return the digit and its calibrated probability."""


class LineReader(Protocol):
    """Reads a picture of one line of digits."""

    def read(self, picture: NDArray[Any], pattern: str | None = None) -> Decoded:
        """Return the likeliest number, its text empty where nothing fits."""


@dataclass(frozen=True)
class CtcReader:
    """A recognizer of lines that is shown three views, and the decoder of its lattices."""

    recognizer: Recognizer

    def decoded(self, line: Grey, pattern: str | None = None) -> Decoded:
        """Return the likeliest number in line ink, uint8 (32, w); see `slanted_views` and `decode`.

        Raises DataError where the ink has another shape or type, PatternError for a pattern that
        cannot be read.
        """
        self.recognizer.check_line(line)
        lattices = [self.recognizer.lattice(view) for view in slanted_views(line)]
        return decode(np.stack(lattices), pattern)

    def read(self, picture: NDArray[Any], pattern: str | None = None) -> Decoded:
        """Return the likeliest number in a picture of one line."""
        return self.decoded(ink.from_line(picture), pattern)


def readers(model: str | None = None) -> tuple[Recognizer, LineReader]:
    """Return who reads digits and who reads lines; `model` takes the place of its kind's.

    Raises RecognizerError where there is no such model, or where it reads other pictures.
    """
    return _readers(model, _written(model))


def _written(model: str | None) -> int:
    """Return when a run's recognizer was written: after more training it is another one."""
    file = None if model is None else file_of(model)
    return file.stat().st_mtime_ns if file is not None and file.is_file() else 0


@lru_cache(maxsize=4)
def _readers(model: str | None, _written: int) -> tuple[Recognizer, LineReader]:
    chosen = {"digit": Recognizer.load("digit"), "line": Recognizer.load("line")}
    if model is not None:
        named = Recognizer.load(model)
        if named.metadata.kind not in chosen:
            raise RecognizerError(f"{model}: a recognizer of other pictures; name one of digits")
        chosen[named.metadata.kind] = named
    return chosen["digit"], CtcReader(chosen["line"])
