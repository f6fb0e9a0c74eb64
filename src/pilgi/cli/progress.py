"""A training watched on standard error: a live bar on a terminal, a line an epoch elsewhere."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from pilgi.cli.console import stderr


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


def _score(part: str, scores: Mapping[str, float | None]) -> str:
    loss = "nan" if scores["loss"] is None else f"{scores['loss']:.4f}"
    return f"{part} {scores['accuracy']:.2%} (loss {loss})"
