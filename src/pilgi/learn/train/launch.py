"""Whoever starts a training starts it here: one run, a cross validation, or torchrun's processes.

The command line does, and so may a server's child process: who watches is handed in as a context
that opens once it is clear that this process is the one to speak.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from pilgi.errors import RecipeError
from pilgi.learn.recipe import Recipe, load_recipe
from pilgi.learn.run import Run
from pilgi.learn.train.events import Events
from pilgi.learn.train.folds import cross_validate, resume_folds
from pilgi.learn.train.parallel import joined
from pilgi.learn.train.training import assist, assist_resumed, resume, train

Watching = AbstractContextManager[Events]


def launch(
    recipe: Recipe, out: Path | None, watching: Watching, *, histograms: bool = False
) -> Run | None:
    """Train and return the run; with folds, that of the cross validation.

    Of the processes that torchrun starts, the others than the first get None.
    Raises RecipeError for `histograms` of several trainings, and as `train` does.
    """
    with joined() as world:
        if world.rank:
            assist(recipe, world)
            return None
        with watching as events:
            if world.size > 1 or not recipe.cross_validated:
                return train(recipe, out, events=events, histograms=histograms, world=world)
            _refuse_histograms(histograms)
            return cross_validate(recipe, out, events=events)


def relaunch(
    run: Run, settings: Sequence[str], watching: Watching, *, histograms: bool = False
) -> Run | None:
    """Go on with a run, with `settings` changed, and return it; see `launch` and `resume`."""
    recipe = load_recipe(run.recipe)
    with joined() as world:
        if world.rank:
            assist_resumed(run, settings, world)
            return None
        with watching as events:
            if world.size > 1 or not recipe.cross_validated:
                resume(run, settings, events=events, histograms=histograms, world=world)
            else:
                _refuse_histograms(histograms)
                _refuse_settings(settings)
                resume_folds(run, events=events)
    return run


def _refuse_histograms(histograms: bool) -> None:
    if histograms:
        raise RecipeError("--histograms is for one training; leave it out, or name a fold=0")


def _refuse_settings(settings: Sequence[str]) -> None:
    if settings:
        raise RecipeError(
            f"{settings[0]}: a cross validation goes on as it is; start a new one for another "
            "setting"
        )
