"""A training watched on standard error: a live bar on a terminal, a line an epoch elsewhere.

A program that watches has the events in a file, see `EventLog`.
"""

import json
import math
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from pilgi.cli.console import stderr
from pilgi.files import append_line

STEP_SECONDS: Final = 0.5


class Bar:
    """A bar on standard error while a context lasts; no bar where that is no terminal."""

    def __init__(self, *columns: ProgressColumn) -> None:
        """Draw the first column, the bar, then the others and the time that is left."""
        self.console = stderr()
        self._bar = Progress(
            columns[0],
            BarColumn(bar_width=30, style="muted", complete_style="default"),
            *columns[1:],
            TimeRemainingColumn(),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        )

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()


class ProgressBar(Bar):
    """The Events of a training, shown to a person. A context manager."""

    def __init__(self) -> None:
        super().__init__(
            TextColumn("{task.description}"),
            TextColumn("{task.completed:,.0f}/{task.total:,.0f} steps"),
            TextColumn("loss {task.fields[loss]}"),
        )
        self._task: TaskID | None = None

    def started(self, name: str, folder: str, step: int, steps: int) -> None:
        """Draw the bar."""
        self.console.print(f"training [bold]{name}[/bold] in {folder}", soft_wrap=True)
        self._task = self._bar.add_task("training", total=steps, completed=step, loss="-")

    def stepped(self, step: int, loss: float) -> None:
        """Move the bar; Rich itself limits how often it draws."""
        if self._task is not None and step % 8 == 0:
            self._bar.update(self._task, completed=step, loss=f"{loss:.3f}")

    def epoch_ended(self, metrics: Mapping[str, Any]) -> None:
        """Say how the epoch went."""
        parts = [f"epoch {metrics['epoch']:>3}", _score("training", metrics["train"])]
        if metrics["validation"]:
            parts.append(f"[seal]{_score('validation', metrics['validation'])}[/seal]")
        parts.append(f"[muted]{metrics['seconds']:.1f} s[/muted]")
        self.console.print("  ".join(parts), soft_wrap=True)

    def noted(self, sentence: str) -> None:
        """Say it."""
        self.console.print(sentence, soft_wrap=True)


class EventLog:
    """The Events of a training, appended to a file as a line of JSON each; a context manager.

    `{"event": "started"|"step"|"epoch"|"note", ...}`. Of the steps a line each half second.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._told, self._steps = path, 0.0, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing is open."""

    def started(self, name: str, folder: str, step: int, steps: int) -> None:
        """Say it."""
        self._steps = steps
        self._tell("started", name=name, folder=folder, step=step, steps=steps)

    def stepped(self, step: int, loss: float) -> None:
        """Say it now and then: a step may take a millisecond."""
        if time.monotonic() - self._told >= STEP_SECONDS:
            self._told = time.monotonic()
            known = loss if math.isfinite(loss) else None
            self._tell("step", step=step, steps=self._steps, loss=known)

    def epoch_ended(self, metrics: Mapping[str, Any]) -> None:
        """Say it."""
        self._tell("epoch", **metrics)

    def noted(self, sentence: str) -> None:
        """Say it."""
        self._tell("note", sentence=sentence)

    def _tell(self, event: str, **facts: Any) -> None:
        append_line(self._path, json.dumps({"event": event, **facts}, ensure_ascii=False))


def _score(part: str, scores: Mapping[str, float | None]) -> str:
    loss = "nan" if scores["loss"] is None else f"{scores['loss']:.4f}"
    return f"{part} {scores['accuracy']:.2%} (loss {loss})"
