"""`pilgi reproduce [ROW ...]`: the course's experiments, its figures beside ours."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pilgi.cli.console import print_json, stdout, table
from pilgi.cli.learning import require_torch
from pilgi.cli.progress import ProgressBar

if TYPE_CHECKING:
    from pilgi.learn.course import Outcome


def reproduce(
    rows: Annotated[
        list[str] | None,
        typer.Argument(help="Rows of the course; without any, those of seconds.", metavar="ROW"),
    ] = None,
    *,
    every: Annotated[
        bool, typer.Option("--all", help="Every row; hours, but it can be interrupted.")
    ] = False,
    seeds: Annotated[
        int | None,
        typer.Option(min=1, help="Runs a row; else 5 under a minute, 3 under ten, 1 beyond."),
    ] = None,
    out: Annotated[
        Path, typer.Option(help="Where runs and tables are kept; finished runs are not repeated.")
    ] = Path("reproduce"),
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Run the course's experiments and set its figures beside ours."""
    require_torch()
    from pilgi.learn import course

    chosen = course.choose(rows or (), every=every)
    with Watcher() as events:
        outcomes = course.reproduce(chosen, out, seeds=seeds, events=events)
    if as_json:
        print_json([outcome.to_json() for outcome in outcomes])
        return
    _show(outcomes, out)


class Watcher(ProgressBar):
    """One bar for all trainings, one line each; the epochs are in their run folders."""

    def started(self, name: str, folder: str, step: int, steps: int) -> None:
        """Draw the bar of this training in the place of the last one's."""
        if self._task is not None:
            self._bar.remove_task(self._task)
        super().started(name, folder, step, steps)

    def epoch_ended(self, metrics: Mapping[str, Any]) -> None:
        """Say nothing."""


def _show(outcomes: "list[Outcome]", out: Path) -> None:
    from rich.markup import escape

    from pilgi.learn.course import ROWS
    from pilgi.learn.course.table import lines, tally

    drawn = table("row", "course", "ours", "reproduced", "why")
    for column in drawn.columns:
        column.overflow = "fold"
    for outcome in outcomes:
        for line in lines(ROWS[outcome.row], outcome):
            cells = line.row, line.course, line.ours, line.reproduced, line.why
            drawn.add_row(*map(escape, cells))
    console = stdout()
    console.print(drawn)
    console.print(f"\n{tally(outcomes)}")
    console.print(f"every row known so far: {escape(str(out / 'course.html'))}", soft_wrap=True)
