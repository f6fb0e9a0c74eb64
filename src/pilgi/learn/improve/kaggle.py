"""A competition's two files -> an answer for each test picture, and what to expect of it.

K trainings of one recipe, each without one part of the labelled pictures, which is its test set:
every picture is answered once by a net that never saw it, and nothing is chosen by these answers.
The K nets answer the competition's pictures together, by the mean of their probabilities.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from pilgi.data import Split, partition
from pilgi.data.formats import kaggle, npz
from pilgi.data.split import Labels, Pictures
from pilgi.errors import PilgiError, RecipeError, RunError, StoppedError
from pilgi.evaluate.significance import predicted, wilson
from pilgi.files import write_bytes, write_json, write_text
from pilgi.learn import rng
from pilgi.learn.recipe import Recipe
from pilgi.learn.run import Run, new_folder
from pilgi.learn.train import rehearse
from pilgi.learn.train.complete import complete
from pilgi.learn.train.events import Events, Silence
from pilgi.recognizer import Recognizer

SUBMISSION: Final = "submission.csv"
SUMMARY: Final = "summary.json"
DATA: Final = "data"


@dataclass(frozen=True)
class Entry:
    """What came of it: the folder, an answer for each test picture, the folds' scores.

    by_fold: of each fold, n, errors, accuracy and interval on the part it held out.
    """

    folder: Path
    recipe: str
    answers: Labels
    by_fold: tuple[dict[str, Any], ...]

    @property
    def submission(self) -> Path:
        """The file to submit."""
        return self.folder / SUBMISSION

    def to_json(self) -> dict[str, Any]:
        """Return the documented JSON of `pilgi kaggle`."""
        n, errors = (sum(fold[key] for fold in self.by_fold) for key in ("n", "errors"))
        return {
            "submission": str(self.submission),
            "rows": len(self.answers),
            "recipe": self.recipe,
            "folds": len(self.by_fold),
            "held_out": {
                "n": n,
                "errors": errors,
                "accuracy": (n - errors) / n,
                "interval": list(wilson(n - errors, n)),
            },
            "expected": {
                "n": len(self.answers),
                "accuracy": (n - errors) / n,
                "interval": list(predicted(n - errors, n, len(self.answers))),
            },
            "by_fold": list(self.by_fold),
        }


def enter(  # noqa: PLR0913, PLR0917  (two files, how to learn, where to put it, who watches)
    recipe: Recipe,
    train: Split,
    test: Pictures,
    folds: int,
    out: Path | None = None,
    events: Events | None = None,
) -> Entry:
    """Train `recipe` once a fold, answer `test` and write submission.csv and summary.json.

    A folder whose trainings were interrupted is gone on with. Nobody noted the writers of a CSV
    file: a recipe that holds out whole writers holds out a share of each class instead.
    Raises RecipeError for a recipe without recognizers or with folds of its own, RunError where
    `out` holds anything else, DataError for impossible folds, and what training raises.
    """
    _check(recipe)
    parts = list(partition.folds(train, folds, rng.derive(recipe.seed, "split")))
    folder = _folder(out)
    recipes = _prepared(recipe, parts, folder)
    runs = [_trained(one, folder, number, events) for number, one in enumerate(recipes)]
    members = [Recognizer.load(run.folder, recipe.threads) for run in runs]
    shares = np.mean([member.probabilities(test) for member in members], axis=0)
    scores = tuple(run.summary()["test"] for run in runs)
    entry = Entry(folder, recipe.name, shares.argmax(axis=1), scores)
    write_text(entry.submission, kaggle.submission(entry.answers))
    write_json(folder / SUMMARY, entry.to_json())
    return entry


def _check(recipe: Recipe) -> None:
    if recipe.classical or recipe.lines is not None:
        raise RecipeError(f"{recipe.name} trains no recognizer of single digits; choose another")
    if recipe.folds:
        raise RecipeError(f"recipe {recipe.name} has folds of its own; use --folds instead")


def _folder(out: Path | None) -> Path:
    """Return a new folder, or one whose trainings are not finished."""
    if out is None or not (out / DATA).is_dir():
        return new_folder("kaggle", out)
    if (out / SUMMARY).is_file():
        raise RunError(f"{out}: holds a finished entry; choose another --out")
    return out


def _prepared(recipe: Recipe, parts: list[tuple[Split, Split]], folder: Path) -> list[Recipe]:
    """Return each fold's recipe; a new folder goes again where none of them can be trained."""
    new = not (folder / DATA).is_dir()
    recipes = list(_of_each(recipe, parts, folder))
    try:
        rehearse(recipes[0])
    except PilgiError:
        if new:
            shutil.rmtree(folder)
        raise
    return recipes


def _of_each(recipe: Recipe, parts: list[tuple[Split, Split]], folder: Path) -> Iterator[Recipe]:
    """Yield each fold's recipe, its data written where the recipe says."""
    split = "stratified" if recipe.split == "writers" else recipe.split
    for number, (rest, held) in enumerate(parts):
        path = folder / DATA / f"fold-{number}-{rest.sha256[:8]}.npz"
        if not path.is_file():
            write_bytes(path, npz.encode({"train": rest, "test": held}))
        yield replace(recipe, data=str(path), split=split)


def _trained(recipe: Recipe, folder: Path, number: int, events: Events | None) -> Run:
    (events or Silence()).noted(f"fold {number}")
    try:
        return complete(recipe, Run(folder / f"fold-{number}"), events)
    except StoppedError as error:
        raise StoppedError(
            f"interrupted in fold {number}; the same call with --out {folder} goes on"
        ) from error
