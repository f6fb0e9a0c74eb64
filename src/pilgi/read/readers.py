"""Who reads what was cut out: a recognizer of digits, and one of lines."""

from functools import lru_cache
from typing import Any, Protocol

from numpy.typing import NDArray

from pilgi.errors import RecognizerError
from pilgi.recognizer import Digit, Recognizer


class DigitReader(Protocol):
    """Reads a picture of one character, as `Recognizer.read` does."""

    def read(self, picture: NDArray[Any]) -> Digit:
        """Return the digit and its calibrated probability."""


class LineReader(Protocol):
    """Reads a picture of one line of digits."""

    def read(
        self, picture: NDArray[Any], pattern: str | None = None
    ) -> tuple[str | None, float, tuple[Digit, ...]]:
        """Return the text, None where nothing fits, its probability, and the digits."""


class NoLines:
    """Stands where no recognizer of lines is shipped: whole numbers are refused by name."""

    def read(
        self, picture: NDArray[Any], pattern: str | None = None
    ) -> tuple[str | None, float, tuple[Digit, ...]]:
        """Raise RecognizerError."""
        del picture, pattern
        raise RecognizerError(
            "numbers are read by the recognizer 'line', which this version does not ship; "
            "single digits that stand apart are read"
        )


@lru_cache(maxsize=4)
def readers(model: str | None = None) -> tuple[Recognizer, LineReader]:
    """Return who reads digits and who reads lines; `model` takes the place of its kind's.

    Raises RecognizerError where there is no such model, or where it reads other pictures.
    """
    if model is None:
        return Recognizer.load("digit"), NoLines()
    chosen = Recognizer.load(model)
    if chosen.metadata.kind != "digit" or chosen.metadata.input != (28, 28):
        raise RecognizerError(f"{model}: a recognizer of other pictures; name one of digits")
    return chosen, NoLines()
