"""Runs of many, each in its own folder: finished already, gone on with, or done again."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pilgi.errors import RunError, StoppedError
from pilgi.learn.recipe import Recipe, Words, load_recipe, to_toml
from pilgi.learn.run import Run, new_folder
from pilgi.learn.train import checkpoint
from pilgi.learn.train.alone import alone_in
from pilgi.learn.train.backend import resolve
from pilgi.learn.train.events import Events
from pilgi.learn.train.teacher import with_known_teacher
from pilgi.learn.train.training import resume, train


def complete(recipe: Recipe, run: Run, events: Events | None = None) -> Run:
    """Return the finished run of `recipe` in the folder that was set aside for it.

    An unfinished run that cannot be gone on with is removed and done again. Raises RunError where
    the folder holds the run of another recipe or no run at all, and what training raises.
    """
    refuse_another(recipe, run)
    if run.finished:
        return run
    if _can_go_on(run):
        return resume(run, events=events)
    if run.recipe.is_file():
        with alone_in(run.folder):
            shutil.rmtree(run.folder)
    return train(recipe, run.folder, events=events)


def complete_all(
    recipes: Mapping[str, Recipe], folder: Path, events: Events | None = None
) -> list[Run]:
    """Return the finished runs of the recipes, each in the folder of its name inside `folder`."""
    try:
        return [complete(one, Run(folder / name), events) for name, one in recipes.items()]
    except StoppedError as error:
        raise StoppedError(
            f"interrupted; what is finished is kept, and the same call with --out {folder} goes on"
        ) from error


def folder_of_runs(name: str, out: Path | None) -> Path:
    """Return `out` where it holds unfinished work, runs and nothing else; else a new folder."""
    inside = list(out.iterdir()) if out is not None and out.is_dir() else []
    if out is not None and inside and all((path / "recipe.toml").is_file() for path in inside):
        return out
    return new_folder(name, out)


def refuse_another(recipe: Recipe, run: Run) -> None:
    """Raise RunError where the run was made from a recipe that decides other figures."""
    if not run.recipe.is_file():
        return
    found, ours = _essence(load_recipe(run.recipe)), _essence(recipe)
    if found == ours:
        return
    theirs = [line for line in found if line not in ours] or ["some settings are missing"]
    raise RunError(
        f"{run.folder}: made from another recipe ({theirs[0]}); remove that folder or choose "
        "another --out"
    )


def _essence(recipe: Recipe) -> list[str]:
    """Return as lines of TOML what decides a figure: not words, nor where it is computed."""
    # What "auto" is depends on the device: that is forgotten only after.
    resolved = resolve(with_known_teacher(replace(recipe, summary=Words(), expect=None)))
    return to_toml(replace(resolved, device="cpu", threads=1)).splitlines()


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
