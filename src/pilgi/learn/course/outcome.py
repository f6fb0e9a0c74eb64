"""What came of a row: the course's figures beside ours, and whether they agree."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean, stdev
from typing import Any, Final

from pydantic import TypeAdapter

from pilgi.errors import DataError, RunError
from pilgi.files import read_bytes, write_json
from pilgi.learn.course.row import Figure, Metric, Row

FORMAT: Final = 1
SIZE_LIMIT: Final = 2**20
STRICT: Final = 0.98
"""Above this an accuracy is judged by its errors."""
NO_ACCURACY: Final[tuple[Metric, ...]] = ("train_loss", "parameters")

WORDS: Final[Mapping[Metric, str]] = {
    "test": "test accuracy",
    "train": "training accuracy, last epoch",
    "train_loss": "training loss, last epoch",
    "best_validation": "best validation accuracy",
    "parameters": "parameters",
    "ensemble": "test accuracy together",
    "best_single": "test accuracy of the best member",
    "mean_single": "mean test accuracy of the members",
}


@dataclass(frozen=True)
class Measured:
    """One figure: what it is, the course's value, our mean and sd over n seeds (None for n=1)."""

    figure: str
    metric: Metric
    course: float | None
    ours: float
    sd: float | None
    n: int
    reproduced: bool | None


@dataclass(frozen=True)
class Origin:
    """Where and when a row was measured: seconds of training, day, machine, versions, in words."""

    seconds: float
    date: str
    machine: str
    versions: str


@dataclass(frozen=True)
class Outcome:
    """What came of a row.

    course, ours, sd, n: of the row's first figure; words where the row is a lab.
    reproduced: whether every figure that the course gives was; None where it gives none.
    why: what has to be known beside the figures, None where nothing has.
    figures: every figure; none in a lab or where the row could not be run.
    """

    row: str
    course: float | str | None
    ours: float | str | None
    sd: float | None
    n: int
    reproduced: bool | None
    why: str | None
    figures: tuple[Measured, ...]
    origin: Origin

    def to_json(self) -> dict[str, Any]:
        """Return the documented JSON of `pilgi reproduce`."""
        return asdict(self)


def reproduces(
    course: float | None, ours: float, sd: float | None, metric: Metric = "test"
) -> bool | None:
    """Return whether |ours - course| <= `tolerance`; None where the course gives no figure.

    Decimal figures a rounding apart count as equal.
    """
    if course is None:
        return None
    return abs(ours - course) <= tolerance(course, sd or 0.0, metric) + 1e-9


def tolerance(course: float, sd: float, metric: Metric) -> float:
    """Return how far ours may lie from the course's figure; sd is ours over seeds, 0 for one.

    An accuracy above 0.98 is judged by its errors, e = 1 - accuracy, since 0.5 points are
    all the errors of 99.5 %: ours +- 2 sd must touch 0.75 e_course .. 1.25 e_course, so that
    |e_ours - e_course| <= e_course / 4 + 2 sd. (At 0.98 a quarter is 0.5 points: the rules meet.)
    Any other figure: max(2 sd, 0.005), or 0.02 where the course's is below 0.9.
    """
    if course > STRICT and metric not in NO_ACCURACY:
        return (1 - course) / 4 + 2 * sd
    return 0.02 if course < 0.9 else max(2 * sd, 0.005)


def measured(figure: Figure, row: str, values: Sequence[float]) -> Measured:
    """Return a figure of `row` from its value in each seed."""
    ours, sd = fmean(values), stdev(values) if len(values) > 1 else None
    return Measured(
        figure=named(figure, row),
        metric=figure.metric,
        course=figure.value,
        ours=ours,
        sd=sd,
        n=len(values),
        reproduced=reproduces(figure.value, ours, sd, figure.metric),
    )


def named(figure: Figure, row: str) -> str:
    """Say what a figure of `row` is, "test accuracy, sigmoid"."""
    return ", ".join(filter(None, [WORDS[figure.metric], figure.of.removeprefix(f"{row}-")]))


def of_figures(row: Row, figures: tuple[Measured, ...], origin: Origin) -> Outcome:
    """Return the outcome of a row that was trained."""
    first = figures[0]
    return Outcome(
        row=row.id,
        course=first.course,
        ours=first.ours,
        sd=first.sd,
        n=first.n,
        reproduced=_every([one.reproduced for one in figures]),
        why=_why(row, figures),
        figures=figures,
        origin=origin,
    )


def of_words(
    row: Row, course: str | None, ours: str, origin: Origin, *, reproduced: bool | None
) -> Outcome:
    """Return the outcome of a lab or of a look at data."""
    why = "; ".join(filter(None, [row.remark, (row.why or "not known") * (reproduced is False)]))
    return Outcome(row.id, course, ours, None, 1, reproduced, why or None, (), origin)


def not_run(row: Row, course: str | None, reason: str, origin: Origin) -> Outcome:
    """Return the outcome of a row that could not be run, and why."""
    value = row.figures[0].value if row.figures else course
    return Outcome(row.id, value, None, None, 0, None, f"not run: {reason}", (), origin)


def _every(verdicts: Sequence[bool | None]) -> bool | None:
    judged = [verdict for verdict in verdicts if verdict is not None]
    return all(judged) if judged else None


def _why(row: Row, figures: Sequence[Measured]) -> str | None:
    """Return the row's remark, and which figures were not reproduced and why."""
    missed = [one.figure for one in figures if one.reproduced is False]
    names = f"{', '.join(missed)}: " if len(figures) > 1 else ""
    reason = f"{names}{row.why or 'not known'}" if missed else ""
    return "; ".join(filter(None, [row.remark, reason])) or None


def store(path: Path, outcome: Outcome) -> None:
    """Write the outcome to `path`."""
    write_json(path, {"format": FORMAT, **outcome.to_json()})


def load(path: Path) -> Outcome:
    """Return the outcome in `path`; RunError where it is damaged or of another version."""
    remedy = "remove it and reproduce the row again; finished runs are kept"
    try:
        content = json.loads(read_bytes(path, SIZE_LIMIT))
        version = content.pop("format")
        if version == FORMAT:
            return TypeAdapter(Outcome).validate_python(content)
    except (DataError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunError(f"{path}: damaged ({type(error).__name__}); {remedy}") from error
    raise RunError(f"{path}: format {version}, but this Pilgi reads {FORMAT}; {remedy}")
