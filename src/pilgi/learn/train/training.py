"""`train(recipe) -> Run`: from a recipe to a folder with a recognizer in it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pilgi.errors import RecipeError, RunError, StoppedError
from pilgi.files import write_text
from pilgi.learn.recipe import Recipe, load_recipe, to_toml
from pilgi.learn.run import Run, new_folder
from pilgi.learn.train.alone import alone_in
from pilgi.learn.train.backend import resolve
from pilgi.learn.train.classical import check, train_baseline
from pilgi.learn.train.datasets import load_any, load_parts
from pilgi.learn.train.epoch import EpochEnd
from pilgi.learn.train.events import Events, Silence
from pilgi.learn.train.finish import finish
from pilgi.learn.train.interruption import INTERRUPTED, interruptible
from pilgi.learn.train.loop import fit
from pilgi.learn.train.parallel import ALONE, World
from pilgi.learn.train.session import Session
from pilgi.learn.train.teacher import with_known_teacher
from pilgi.learn.train.tracking import Tracker

CHANGEABLE: Final = ("epochs", "steps", "patience", "device", "threads")
"""What may be set anew when a run goes on."""


def train(
    recipe: Recipe,
    out: Path | None = None,
    *,
    events: Events | None = None,
    histograms: bool = False,
    world: World = ALONE,
) -> Run:
    """Train `recipe` and return its finished run; `out` is used exactly as given.

    A classical baseline leaves scores and a report, and no recognizer. In a `world` of several
    processes this is what the first one does, and `assist` what the others do meanwhile.

    Raises RecipeError, DataError or RunError before anything is written, DivergedError where the
    loss is no longer a number, RunError where it was interrupted (the run can go on).
    """
    resolved = _settled(recipe, world)
    if resolved.classical:
        if histograms:
            raise RecipeError(f"{recipe.model.name} has no layers; leave out --histograms")
        return train_baseline(resolved, out, events or Silence())
    session = Session.open(resolved, load_any(resolved), world)
    run = Run(new_folder(recipe.name, out))
    with alone_in(run.folder):
        write_text(run.recipe, to_toml(resolved))
        session.save(run)
        _complete(run, session, events or Silence(), histograms=histograms)
    return run


def resume(
    run: Run,
    overrides: Sequence[str] = (),
    *,
    events: Events | None = None,
    histograms: bool = False,
    world: World = ALONE,
) -> Run:
    """Go on with an interrupted run, or a longer one where `overrides` say so; same bits.

    Raises RunError where another process trains it, where nothing is left to do or no checkpoint is
    whole, RecipeError where an override would make it another experiment.
    """
    with alone_in(run.folder):
        recipe, session = _resumed(run, overrides, world)
        write_text(run.recipe, to_toml(recipe))
        _complete(run, session, events or Silence(), histograms=histograms)
    return run


def rehearse(recipe: Recipe) -> None:
    """Open once everything that training `recipe` needs; raise what `train` would at its start."""
    resolved = _settled(recipe, ALONE)
    if resolved.classical:
        check(resolved, load_parts(resolved).train)
    else:
        Session.open(resolved, load_any(resolved))


def assist(recipe: Recipe, world: World) -> None:
    """Train with the first process of `world`, which is not this one; leave nothing.

    Raises what `train` raises.
    """
    resolved = _settled(recipe, world)
    _assist(Session.open(resolved, load_any(resolved), world), resolved)


def assist_resumed(run: Run, overrides: Sequence[str], world: World) -> None:
    """Go on with `run` as the first process of `world` does; leave nothing."""
    recipe, session = _resumed(run, overrides, world)
    _assist(session, recipe)


def _settled(recipe: Recipe, world: World) -> Recipe:
    """Return the recipe as it is run here: nothing left open, its teacher's hash written down."""
    return resolve(world.fitted(with_known_teacher(recipe)))


def _assist(session: Session, recipe: Recipe) -> None:
    session.batches.world.wait()
    with interruptible(session.state.progress):
        end_epoch = session.state.progress.new_epoch
        fit(session.state, session.batches, recipe, Silence(), end_epoch)


def _resumed(run: Run, overrides: Sequence[str], world: World) -> tuple[Recipe, Session]:
    """Return the recipe to go on with and a session at the newest checkpoint's step."""
    recipe = _settled(_resumed_recipe(run, overrides), world)
    if recipe.classical:
        raise RunError(f"{run.folder}: a classical baseline is fitted in one go; train it again")
    session = Session.open(recipe, load_any(recipe), world)
    session.restore(run)
    return recipe, session


def _resumed_recipe(run: Run, overrides: Sequence[str]) -> Recipe:
    for override in overrides:
        key = override.partition("=")[0]
        if key not in CHANGEABLE:
            raise RecipeError(
                f"'{key}' cannot change when a run goes on (only {', '.join(CHANGEABLE)} can); "
                "start a new run for another setting"
            )
    return load_recipe(run.recipe, overrides)


def _complete(run: Run, session: Session, events: Events, *, histograms: bool) -> None:
    """Train to the end, then leave the recognizer, its scores and the report."""
    recipe, batches, progress = session.recipe, session.batches, session.state.progress
    tracker = Tracker(run, progress.step, histograms=histograms)
    tracker.record_pictures(batches.batch(0)[0])
    events.started(recipe.name, str(run.folder), progress.step, batches.steps)
    batches.world.wait()  # before signals wait for a step's end, which may never come
    try:
        with interruptible(progress):
            fit(session.state, batches, recipe, events, EpochEnd(run, session, tracker, events))
        _leave_if_interrupted(run, session)
        tracker.record_end(recipe, finish(run, session).accuracy)
    finally:
        tracker.close()


def _leave_if_interrupted(run: Run, session: Session) -> None:
    progress = session.state.progress
    if progress.stopped != INTERRUPTED:
        return
    session.save(run)
    raise StoppedError(
        f"interrupted at step {progress.step:,} of {session.batches.steps:,}; "
        f"go on with `pilgi train --resume {run.folder}`"
    )
