"""What a recognizer of lines is worth: the share of lines of which every digit is read."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilgi.data.lines import Lines, number_in, spelt
from pilgi.errors import DataError
from pilgi.evaluate.significance import wilson
from pilgi.recognizer import Recognizer


@dataclass(frozen=True)
class LineMistake:
    """One line read wrongly: its index, its text, what was read, and how many digits mend that."""

    index: int
    text: str
    read: str
    edits: int


@dataclass(frozen=True)
class LineScores:
    """What a recognizer is worth on lines.

    errors: lines with anything wrong in them. interval: Wilson 95 % of the accuracy. digits: how
    many there are; digit_errors: digits to replace, remove or insert, the least that mend them.
    mistakes: the wrong ones, those with most to mend first.
    """

    data: str
    n: int
    errors: int
    interval: tuple[float, float]
    digits: int
    digit_errors: int
    mistakes: tuple[LineMistake, ...] = ()

    @property
    def accuracy(self) -> float:
        """The fraction of lines read without an error."""
        return (self.n - self.errors) / self.n

    def summary(self) -> dict[str, Any]:
        """Return the figures that `summary.json` keeps."""
        return {
            "n": self.n,
            "errors": self.errors,
            "accuracy": self.accuracy,
            "interval": list(self.interval),
            "digits": self.digits,
            "digit_errors": self.digit_errors,
        }


def evaluate_lines(recognizer: Recognizer, lines: Lines) -> LineScores:
    """Score `recognizer` on `lines` by the best path through its lattice.

    Raises DataError where there are none or the recognizer reads no lines.
    """
    read = [best_path(recognizer.lattice(ink)) for ink in lines.inks]
    return text_scores(lines.name, read, lines.texts)


def text_scores(data: str, read: list[str], texts: tuple[str, ...]) -> LineScores:
    """Score what was read against what is written, in the same order."""
    if not texts:
        raise DataError(f"{data}: no lines to score; choose other data")
    answers = enumerate(zip(texts, read, strict=True))
    found = [LineMistake(at, text, ours, edits(ours, text)) for at, (text, ours) in answers]
    wrong = sorted((one for one in found if one.edits), key=lambda one: -one.edits)
    n, digits, mended = len(texts), sum(map(len, texts)), sum(one.edits for one in wrong)
    interval = wilson(n - len(wrong), n)
    return LineScores(data, n, len(wrong), interval, digits, mended, tuple(wrong))


def best_path(lattice: NDArray[np.float32]) -> str:
    """Return the digits of the likeliest class a step, (t, classes + 1), blank last.

    Equal neighbours are one; blanks and separators go, and what is no digit is `?`.
    """
    blank = lattice.shape[1] - 1
    return number_in(spelt([at for at, _ in groupby(lattice.argmax(1).tolist()) if at != blank]))


def edits(one: str, other: str) -> int:
    """Return how many digits to replace, remove or insert to make them one (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for i, mine in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, theirs in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (mine != theirs))
    return row[-1]
