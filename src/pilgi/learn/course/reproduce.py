"""`reproduce(rows, out) -> outcomes`: run rows of the course and set its figures beside ours."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pilgi import machine
from pilgi.errors import DataError, DivergedError, RunError
from pilgi.files import write_text
from pilgi.learn import labs
from pilgi.learn.course.course_page import render
from pilgi.learn.course.data_shapes import show_shapes
from pilgi.learn.course.metrics import measure
from pilgi.learn.course.outcome import (
    Origin,
    Outcome,
    load,
    measured,
    not_run,
    of_figures,
    of_words,
    store,
)
from pilgi.learn.course.row import Row
from pilgi.learn.course.rows import ROWS
from pilgi.learn.course.runs import MOST_SEEDS, Workshop, seeds_for
from pilgi.learn.course.table import markdown
from pilgi.learn.run import Run
from pilgi.learn.train.events import Events, Silence

HOME: Final = Path("reproduce")


def reproduce(
    rows: Sequence[Row],
    out: Path = HOME,
    *,
    seeds: int | None = None,
    events: Events | None = None,
) -> list[Outcome]:
    """Run the rows one after another; keep runs, results and tables in `out`.

    seeds: how many; else 5 where a run takes under a minute, 3 under ten minutes, 1 beyond.
    Finished runs are kept and skipped, so the next call goes on where one was interrupted.
    Raises RunError where `out` cannot be used, where a run of another recipe lies in the way, or
    where a training was interrupted. A row whose data cannot be had is an outcome that says so.
    """
    workshop = Workshop(out, events or Silence())
    _prepare(out)
    workshop.check(rows, seeds or MOST_SEEDS)
    outcomes = []
    for row in rows:
        workshop.events.noted(f"{row.id}: {row.words['en']}")
        outcomes.append(_outcome(row, workshop, seeds))
        store(_place(out, row.id), outcomes[-1])
        write_tables(out)
    return outcomes


def known(out: Path) -> dict[str, Outcome]:
    """Return what is known so far of the course's rows; RunError where a result is damaged."""
    return {name: load(path) for name in ROWS if (path := _place(out, name)).is_file()}


def write_tables(out: Path) -> None:
    """Write `course.md` and `course.html` of all that is known in `out`."""
    found = known(out)
    write_text(out / "course.md", markdown(found))
    write_text(out / "course.html", render(found))


def _place(out: Path, row: str) -> Path:
    return out / f"{row}.json"


def _prepare(out: Path) -> None:
    """Make `out`; what is known there must be readable before hours are spent."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(f"{out}: cannot be made ({error.strerror}); choose another --out") from error
    known(out)


def _outcome(row: Row, workshop: Workshop, seeds: int | None) -> Outcome:
    try:
        if row.lab:
            return _lab(row, row.lab)
        if row.shows:
            return _shown(row, row.shows, workshop.out)
        return _trained(row, workshop, seeds)
    except (DataError, DivergedError) as error:
        course = labs.LABS[row.lab].course if row.lab else None
        return not_run(row, course, str(error), _origin(0.0))


def _lab(row: Row, name: str) -> Outcome:
    findings, seconds = _timed(lambda: labs.run(name))
    course = labs.LABS[name].course
    verdict = findings.reproduced
    return of_words(row, course, findings.ours, _origin(seconds), reproduced=verdict)


def _shown(row: Row, recipe: str, out: Path) -> Outcome:
    words, seconds = _timed(lambda: show_shapes(recipe, out / f"{row.id}.png"))
    return of_words(row, None, words, _origin(seconds), reproduced=None)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    return work(), round(time.perf_counter() - started, 3)


def _trained(row: Row, workshop: Workshop, seeds: int | None) -> Outcome:
    """Train the first seed; the time of all its trainings says how many more."""
    first = workshop.seed(row, 0).values()
    n = seeds or seeds_for(sum(run.summary()["train_seconds"] for run in first))
    by_seed = [workshop.seed(row, seed) for seed in range(n)]
    figures = tuple(
        measured(figure, row.id, [measure(figure, runs) for runs in by_seed])
        for figure in row.figures
    )
    return of_figures(row, figures, _origin_of(run for runs in by_seed for run in runs.values()))


def _origin_of(runs: Iterable[Run]) -> Origin:
    """Return when and where the runs were trained, the last one speaking for all but the time."""
    summaries = [run.summary() for run in runs]
    last = max(summaries, key=lambda summary: str(summary["started"]))
    return Origin(
        seconds=round(sum(summary["train_seconds"] for summary in summaries), 3),
        date=str(last["started"])[:10],
        machine=_machine(last["machine"], last["device"]),
        versions=_versions(last["versions"]),
    )


def _origin(seconds: float) -> Origin:
    """Return here and now."""
    day = datetime.now(UTC).date().isoformat()
    return Origin(seconds, day, _machine(machine.describe(), "cpu"), _versions(machine.versions()))


def _machine(facts: Mapping[str, str], device: str) -> str:
    cores = "1 core" if facts["cores"] == "1" else f"{facts['cores']} cores"
    words = f"{facts['processor']}, {cores}, {facts['system']}"
    return words if device == "cpu" else f"{words}, device {device}"


def _versions(found: Mapping[str, str]) -> str:
    named = ("pilgi", "python", "torch", "numpy", "onnxruntime")
    return ", ".join(f"{name} {found[name]}" for name in named if name in found)
