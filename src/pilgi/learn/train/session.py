"""A Session: what one training works on, opened fresh or restored from a checkpoint."""

from dataclasses import dataclass

from pilgi.errors import RunError
from pilgi.learn.recipe import Recipe, to_toml
from pilgi.learn.run import Run
from pilgi.learn.train import checkpoint
from pilgi.learn.train.backend import prepare
from pilgi.learn.train.batches import Batches, Resident
from pilgi.learn.train.datasets import LineParts, Parts
from pilgi.learn.train.interruption import INTERRUPTED
from pilgi.learn.train.line_batches import LineBatches, ResidentLines
from pilgi.learn.train.parallel import ALONE, World
from pilgi.learn.train.state import State
from pilgi.learn.train.teacher import check_teacher
from pilgi.learn.train.warm_start import begin_from


@dataclass(frozen=True)
class Session:
    """The resolved recipe, its data on the device, and the state that changes with each step."""

    recipe: Recipe
    parts: Parts | LineParts
    batches: Batches | LineBatches
    state: State
    validation: Resident | ResidentLines | None

    @classmethod
    def open(cls, recipe: Recipe, parts: Parts | LineParts, world: World = ALONE) -> "Session":
        """Return a session before its first step; `world` trains it together."""
        if isinstance(parts, LineParts):
            return cls._open_lines(recipe, parts, world)
        check_teacher(recipe, parts.train)
        device = prepare(recipe)
        data = Resident(parts.train, device)
        batches = Batches(data, recipe, world)
        state = _begun(State.fresh(recipe, data.shape, data.classes, device, data.images), recipe)
        validation = Resident(parts.validation, device) if parts.validation else None
        return cls(recipe, parts, batches, state, validation)

    @classmethod
    def _open_lines(cls, recipe: Recipe, parts: LineParts, world: World) -> "Session":
        assert recipe.lines is not None  # whoever loaded such parts had a recipe that asks for them
        device = prepare(recipe)
        batches = LineBatches(parts.train, recipe, recipe.lines, device, world)
        state = _begun(State.fresh(recipe, batches.shape, batches.classes, device), recipe)
        validation = ResidentLines(parts.validation, device) if parts.validation else None
        return cls(recipe, parts, batches, state, validation)

    def restore(self, run: Run) -> None:
        """Take the newest checkpoint's state.

        Raises RunError where there is none, or where the run is at its end or beyond it.
        """
        newest = checkpoint.saved(run.checkpoints)
        if not newest:
            raise RunError(f"{run.folder}: no checkpoint to go on from; train again")
        checkpoint.load_state(newest[-1], self.state)
        progress = self.state.progress
        beyond = progress.step - self.batches.steps
        if beyond > 0 or (run.finished and not beyond):
            raise RunError(
                f"{run.folder}: already at step {progress.step:,} of {self.batches.steps:,}; "
                "to train longer, give more epochs (epochs=...)"
            )
        if run.finished or progress.stopped == INTERRUPTED:
            progress.stopped = ""

    def save(self, run: Run) -> None:
        """Write a checkpoint of this very step."""
        checkpoint.save_state(run.checkpoints, self.state, to_toml(self.recipe))


def _begun(state: State, recipe: Recipe) -> State:
    """Return `state` with the weights that the recipe starts from, where it names some."""
    if recipe.start is not None:
        begin_from(state.network, recipe.start)
    return state
