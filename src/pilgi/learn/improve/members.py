"""Who votes: runs, files, the folds of a cross validation, or seeds of one recipe trained now."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pilgi.errors import RecipeError, RunError
from pilgi.learn.recipe import Recipe
from pilgi.learn.run import HOME, Run
from pilgi.learn.train import complete_all, rehearse
from pilgi.learn.train.events import Events
from pilgi.recognizer import Recognizer


def find_members(names: Sequence[str]) -> list[Recognizer]:
    """Return the recognizers of runs and files; a cross validation gives one a fold.

    Raises RecipeError for fewer than two members or one named twice, RecognizerError where a name
    has no recognizer.
    """
    sources = [source for name in names for source in _sources(name)]
    members = [Recognizer.load(source) for source in sources]
    check(members)
    return members


def plan_members(recipe: Recipe, count: int) -> list[Recipe]:
    """Return `count` recipes that differ in their seed, from the recipe's own upwards.

    Raises RecipeError for fewer than two, and what loading their data raises.
    """
    if count < 2:
        raise RecipeError(f"--train {count}: an ensemble has at least 2 members")
    if recipe.classical:
        raise RecipeError(f"{recipe.name} leaves scores only, and no recognizer; choose a network")
    rehearse(recipe)
    return [replace(recipe, seed=recipe.seed + number) for number in range(count)]


def train_members(
    recipes: Sequence[Recipe], folder: Path, events: Events | None = None
) -> list[Recognizer]:
    """Return the recipes' recognizers, trained in `folder`.

    Finished ones are kept and interrupted ones gone on with. Raises what a training raises.
    """
    runs = complete_all({f"seed-{one.seed}": one for one in recipes}, folder, events)
    return [Recognizer.load(run.folder) for run in runs]


def check(members: Sequence[Recognizer]) -> None:
    """Raise RecipeError where the members cannot vote: too few, the same, or of other questions."""
    if len(members) < 2:
        raise RecipeError("an ensemble has at least 2 members; name more, or use --train N")
    twice = _repeated(member.metadata.sha256 for member in members)
    if twice is not None:
        raise RecipeError(f"{members[twice].source} is named twice; an ensemble needs others")
    first = members[0]
    for other in members[1:]:
        for what in ("classes", "input", "kind", "ink"):
            ours, theirs = getattr(first.metadata, what), getattr(other.metadata, what)
            if ours != theirs:
                raise RecipeError(
                    f"{other.source}: its {what} ({theirs}) is not that of {first.source} "
                    f"({ours}); members answer the same question"
                )


def _sources(name: str) -> list[Path | str]:
    """Return `name`, or its folds' folders where it is a cross validation."""
    for folder in (Path(name), HOME / name):
        if (folder / "recognizer.onnx").is_file():
            return [folder]
        if (folder / "fold-0").is_dir():
            return _folds(folder)
    return [name]


def _folds(folder: Path) -> list[Path | str]:
    run = Run(folder)
    if not run.finished:
        raise RunError(
            f"{folder}: this cross validation is not finished; go on with "
            f"`pilgi train --resume {folder}`"
        )
    return [folder / f"fold-{number}" for number in range(run.summary()["folds"])]


def _repeated(items: Iterable[str]) -> int | None:
    """Return the index of the first item that was there before, or None."""
    seen = set[str]()
    for index, item in enumerate(items):
        if item in seen:
            return index
        seen.add(item)
    return None
