"""What `pilgi eval` says of a recognizer of single pictures; needs no torch."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilgi.cli.console import grid, stderr, stdout, table
from pilgi.cli.evaluation import accuracy_rows, declined_rows, muted, provenance

if TYPE_CHECKING:
    from rich.table import Table

    from pilgi.data.split import Split
    from pilgi.evaluate import Scores
    from pilgi.recognizer import Recognizer

WIDEST_CONFUSION = 10


@dataclass(frozen=True)
class PictureEvaluation:
    """The scores of a recognizer on single pictures."""

    recognizer: "Recognizer"
    split: "Split"
    scores: "Scores"

    def to_json(self) -> dict[str, Any]:
        """Return the answer as the documentation has it."""
        return {
            **self.scores.to_json(),
            **provenance(self.recognizer, self.split.sha256),
        }

    def page(self) -> str:
        """Return the scores as one HTML file."""
        from pilgi.evaluate import render_evaluation

        return render_evaluation(self.scores, self.split, self.recognizer)

    def show(self) -> None:
        """Print the figures, the classes and, of few classes, who is taken for whom."""
        _show(self.scores)


def evaluate_pictures(
    recognizer: "Recognizer", data: str, least: float | None
) -> PictureEvaluation:
    """Return the scores on `data`; see `evaluate`."""
    from pilgi.evaluate import evaluate

    split = load_scored(data, recognizer)
    return PictureEvaluation(recognizer, split, evaluate(recognizer, split, least))


def load_scored(data: str, recognizer: "Recognizer") -> "Split":
    """Return what to score on; of data it was trained on, only what training never saw."""
    from pilgi.data import default_part, load

    part = default_part(data)
    known = recognizer.metadata.provenance
    if _is_one_of(data, [known.get("adapted", {}).get("data")]):
        stderr().print(f"{data}: it was adapted to these; others tell more", soft_wrap=True)
    if part == "all" and _is_one_of(data, [known.get("data"), *known.get("extra", ())]):
        told = f"{data}: scoring the fifth held out; the rest was trained on"
        stderr().print(told, soft_wrap=True)
        part = "test"
    return load(data, part)


def _is_one_of(data: str, learnt: Sequence[str | None]) -> bool:
    """Say whether a data set is among others, however the path to it is spelt."""
    from pilgi.data import CATALOG

    if data in CATALOG:
        return data in learnt
    paths = [Path(each).resolve() for each in learnt if each and each not in CATALOG]
    return Path(data).resolve() in paths


def _show(scores: "Scores") -> None:
    console = stdout()
    console.print(_headline(scores))
    console.print()
    console.print(_classes(scores))
    if len(scores.classes) <= WIDEST_CONFUSION:
        console.print()
        console.print("[muted]down: the truth; across: the answer[/muted]")
        console.print(_confusion(scores))


def _headline(scores: "Scores") -> "Table":
    from pilgi.report.numbers import rate, significant

    known = scores.answered
    return grid(
        [
            *accuracy_rows("accuracy", scores),
            *declined_rows(scores.declined, known["n"], known["errors"]),
            ("NLL", f"{significant(scores.nll)} nats", muted("0 is perfect")),
            ("ECE", rate(scores.ece), muted("confidence against accuracy")),
        ]
    )


def _classes(scores: "Scores") -> "Table":
    from rich.markup import escape

    from pilgi.report.numbers import UNKNOWN, count, percent

    drawn = table("class", "recall>", "precision>", "F1>", "pictures>")
    for one in scores.per_class:
        f1 = UNKNOWN if one.f1 is None else f"{one.f1:.4f}"
        shares = (percent(value, scores.n) for value in (one.recall, one.precision))
        drawn.add_row(escape(one.name), *shares, f1, count(one.support))
    return drawn


def _confusion(scores: "Scores") -> "Table":
    from rich.markup import escape

    names = [escape(name) for name in scores.classes]
    drawn = table("", *(f"{name}>" for name in names))
    for i, (name, row) in enumerate(zip(names, scores.confusion.tolist(), strict=True)):
        cells = (_cell(n, i == j) for j, n in enumerate(row))
        drawn.add_row(f"[muted]{name}[/muted]", *cells)
    return drawn


def _cell(n: int, right: bool) -> str:
    """The diagonal is muted so that it does not drown the mistakes; a zero is left out."""
    if n == 0:
        return ""
    return f"[muted]{n}[/muted]" if right else f"[seal]{n}[/seal]"
