"""What `pilgi eval` says of pictures and of lines alike; needs no torch."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pilgi.recognizer import Recognizer

Row = tuple[str, str, str]


class Judged(Protocol):
    """How many of n were wrong, and how sure that makes the accuracy."""

    @property
    def data(self) -> str:
        """What was scored on."""

    @property
    def n(self) -> int:
        """How many there are."""

    @property
    def errors(self) -> int:
        """How many were wrong, an answer forced for all."""

    @property
    def accuracy(self) -> float:
        """The fraction that was right."""

    @property
    def interval(self) -> tuple[float, float]:
        """95 % of the accuracy."""


def provenance(recognizer: "Recognizer", data_sha256: str) -> dict[str, str]:
    """Return which file was scored on what, as the JSON has it."""
    return {
        "recognizer": recognizer.source,
        "recognizer_sha256": recognizer.metadata.sha256,
        "data_sha256": data_sha256,
    }


def accuracy_rows(right: str, scores: Judged) -> list[Row]:
    """Return the first rows of a score; right: what the accuracy is called."""
    from rich.markup import escape

    from pilgi.report.numbers import count, percent, span

    n = scores.n
    interval = muted(f"95 % interval {span(scores.interval, n)}")
    return [
        ("data", escape(scores.data), ""),
        (right, f"[bold]{percent(scores.accuracy, n)}[/bold]", interval),
        ("errors", f"{count(scores.errors)} of {count(n)}", ""),
    ]


def declined_rows(declined: int, answered: int, errors: int) -> list[Row]:
    """Return how many were declined and how the others fared; nothing where none was."""
    from pilgi.report.numbers import count, percent

    if not declined:
        return []
    right = percent((answered - errors) / answered, answered) if answered else None
    rest = f"{right} of {count(answered)} answered right" if right else "none answered"
    return [("declined", f"{count(declined)} of {count(declined + answered)}", muted(rest))]


def muted(words: str) -> str:
    """Return words that stand back."""
    return f"[muted]{words}[/muted]"
