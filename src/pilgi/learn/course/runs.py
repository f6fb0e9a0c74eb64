"""The runs of a row: each in its own folder, done once, gone on with where it was interrupted."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pilgi.learn.course.row import Row, Training
from pilgi.learn.recipe import Recipe, load_recipe
from pilgi.learn.run import Run
from pilgi.learn.train import complete, refuse_another
from pilgi.learn.train.events import Events

MINUTE: Final = 60.0
MOST_SEEDS: Final = 5


def seeds_for(seconds: float) -> int:
    """Return how many seeds a run of so many seconds is repeated with.

    5 under a minute, 3 under ten, else 1.
    """
    if seconds < MINUTE:
        return MOST_SEEDS
    return 3 if seconds < 10 * MINUTE else 1


@dataclass(frozen=True)
class Workshop:
    """Where the runs go, and who watches them."""

    out: Path
    events: Events

    def run(self, row: Row, training: Training, seed: int) -> Run:
        """Return the finished run: one that is there, gone on with, or done now."""
        return complete(_recipe(training, seed), self._place(row, training, seed), self.events)

    def seed(self, row: Row, seed: int) -> dict[str, Run]:
        """Return the finished runs of one seed, by their trainings' names."""
        return {training.name: self.run(row, training, seed) for training in row.trainings}

    def check(self, rows: Iterable[Row], seeds: int) -> None:
        """Raise RunError where a run lies in the way that another recipe made."""
        for row in rows:
            for training in row.trainings:
                for seed in range(seeds):
                    refuse_another(_recipe(training, seed), self._place(row, training, seed))

    def _place(self, row: Row, training: Training, seed: int) -> Run:
        return Run(self.out / row.id / f"{training.name}-seed{seed}")


def _recipe(training: Training, seed: int) -> Recipe:
    return load_recipe(training.recipe, (*training.settings, f"seed={seed}"))
