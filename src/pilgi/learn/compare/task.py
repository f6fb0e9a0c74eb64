"""One run of a comparison: done, gone on with, or done again."""

import tomllib
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pilgi.errors import PilgiError
from pilgi.learn.recipe import Recipe, parse, to_toml
from pilgi.learn.run import Run
from pilgi.learn.train import complete


@dataclass(frozen=True)
class Task:
    """A run that is wanted: its name, its recipe, every `auto` resolved, and its folder."""

    name: str
    recipe: Recipe
    folder: Path

    @property
    def run(self) -> Run:
        """The run, whether it is there or not."""
        return Run(self.folder)

    @property
    def text(self) -> str:
        """The recipe as TOML, which is how it travels to another process or machine."""
        return to_toml(self.recipe)


@dataclass(frozen=True)
class Outcome:
    """What became of a task: None, or the sentence that says why it is not finished."""

    task: Task
    error: str | None


class Workers(Protocol):
    """Where runs are done. `threads` is what a run gets where its recipe leaves them open."""

    @property
    def threads(self) -> int:
        """Threads of one run."""

    def check(self) -> None:
        """Raise a PilgiError where no run could even start."""

    def run(self, tasks: Sequence[Task]) -> Generator[Outcome, None, None]:
        """Do the tasks, as many at once as there is room for; yield each as it ends."""


def perform(text: str, folder: Path) -> str | None:
    """Do the run of the recipe `text` in `folder`; return why it could not be finished, if so."""
    try:
        complete(parse(tomllib.loads(text)), Run(folder))
    except PilgiError as error:
        return str(error)
    return None
