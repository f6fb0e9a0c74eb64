"""A Lab: one small exact experiment of the course, what it finds, and what it should find."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any

from pilgi.errors import DivergedError
from pilgi.learn.labs.canvas import Canvas

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Table:
    """What a terminal shows in columns; a column whose name ends in `>` holds numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Target:
    """A figure the course gives, and how far from it still counts as the same."""

    value: Any
    tolerance: float = 0.0

    def met_by(self, ours: Any) -> bool:
        """Return whether `ours` is the figure; numbers within the tolerance, the rest exactly."""
        if isinstance(self.value, float) and isinstance(ours, float | int):
            return abs(ours - self.value) <= self.tolerance
        return bool(ours == self.value)


@dataclass(frozen=True)
class Findings:
    """What a lab found.

    figures: plain JSON values by name; those the course gives are compared with it.
    ours: the same in words, as short as the course's own figure.
    tables, lines: for a terminal. pictures: by name, only where a canvas was given.
    reproduced: whether every target was met; None where the course gives no figure, or where
    other settings than the course's were chosen.
    """

    figures: Mapping[str, Any]
    ours: str
    tables: tuple[Table, ...] = ()
    lines: tuple[str, ...] = ()
    pictures: Mapping[str, "Figure"] = field(default_factory=dict)
    reproduced: bool | None = None


@dataclass(frozen=True)
class Lab:
    """A row of the course.

    run: makes the findings from the options; draws where a canvas is given.
    Options: a frozen dataclass, validated by pydantic; its defaults are the course's settings.
    summary: what it shows, in English ("en") and Korean ("ko").
    course: the figure the course gives, in words, or None.
    targets: the same figure as data, by its name in the findings' figures.
    reference: where the idea was published.
    """

    run: Callable[[Any, Canvas | None], Findings]
    Options: type[Any]
    summary: Mapping[str, str]
    course: str | None
    targets: Mapping[str, Target]
    reference: str

    def judge(self, findings: Findings, options: Any) -> bool | None:
        """Return whether the course's figures were reproduced, with its own settings."""
        if not self.targets or not self.has_course_settings(options):
            return None
        return all(target.met_by(findings.figures[key]) for key, target in self.targets.items())

    def has_course_settings(self, options: Any) -> bool:
        """Return whether nothing but the seed differs from the course's settings."""
        course = vars(self.Options())
        return all(value == course[key] for key, value in vars(options).items() if key != "seed")


def finite(loss: float, step: int) -> float:
    """Return `loss`, or raise DivergedError: it is what a learning rate too large ends in."""
    if not isfinite(loss):
        raise DivergedError(
            f"step {step}: the loss is no longer a finite number; choose a smaller learning_rate"
        )
    return loss
