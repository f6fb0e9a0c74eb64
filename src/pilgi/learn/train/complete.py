"""One run of many: finished already, gone on with, or done again."""

import shutil

from pilgi.errors import RunError
from pilgi.learn.recipe import Recipe
from pilgi.learn.run import Run
from pilgi.learn.train import checkpoint
from pilgi.learn.train.events import Events
from pilgi.learn.train.training import resume, train


def complete(recipe: Recipe, run: Run, events: Events | None = None) -> Run:
    """Return the finished run of `recipe` in the folder that was set aside for it.

    What is there and cannot be gone on with is removed and done again.
    Raises what `train` and `resume` raise.
    """
    if run.finished:
        return run
    if _can_go_on(run):
        return resume(run, events=events)
    shutil.rmtree(run.folder, ignore_errors=True)
    return train(recipe, run.folder, events=events)


def _can_go_on(run: Run) -> bool:
    """Return whether the newest checkpoint and the metrics are whole."""
    saved = checkpoint.saved(run.checkpoints)
    if not saved or not run.recipe.is_file():
        return False
    try:
        checkpoint.read(saved[-1])
        run.history()
    except RunError:
        return False
    return True
