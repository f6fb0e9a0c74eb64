"""k-fold cross validation: k trainings, each picture held out of exactly one of them.

Every picture of the training part is answered once, by the recognizer that never saw it, so the
figure rests on all of them: the test set is not needed to choose. Stone 1974.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean, stdev
from typing import Any, Final

import numpy as np

from pilgi import machine
from pilgi.data import Split
from pilgi.errors import RecipeError, RunError, StoppedError
from pilgi.evaluate import Scores, pages, probabilities_scores, wilson
from pilgi.files import write_json, write_text
from pilgi.learn.recipe import Recipe, load_recipe, to_toml
from pilgi.learn.run import Run, new_folder
from pilgi.learn.train.backend import resolve
from pilgi.learn.train.complete import complete
from pilgi.learn.train.datasets import load_parts
from pilgi.learn.train.events import Events, Silence
from pilgi.learn.train.teacher import with_known_teacher
from pilgi.learn.train.training import rehearse
from pilgi.recognizer import Recognizer

NOTE: Final = "a cross validation: its recognizers lie in the folds' own folders"


def cross_validate(recipe: Recipe, out: Path | None = None, *, events: Events | None = None) -> Run:
    """Train `recipe` once a fold and return the run that sums them up.

    Fold i is the run in `fold-i` of its folder. summary.json holds `held_out`, the scores over all
    pictures, each by the fold that held it out, and `by_fold`; the test set plays no part in them.

    Raises RecipeError where the recipe has no folds, and what `train` raises.
    """
    if not recipe.folds:
        raise RecipeError(f"recipe {recipe.name}: no folds to train; set folds, say folds=5")
    rehearse(_fold(recipe, 0))
    resolved = resolve(with_known_teacher(recipe))
    run = Run(new_folder(recipe.name, out))
    write_text(run.recipe, to_toml(resolved))
    return _complete(run, resolved, events or Silence())


def resume_folds(run: Run, *, events: Events | None = None) -> Run:
    """Go on with the cross validation in `run`; finished folds are kept.

    Raises RunError where nothing is left to do.
    """
    if run.finished:
        raise RunError(f"{run.folder}: every fold is finished; nothing is left to do")
    return _complete(run, resolve(load_recipe(run.recipe)), events or Silence())


def _fold(recipe: Recipe, number: int) -> Recipe:
    return replace(recipe, fold=number)


def _complete(run: Run, recipe: Recipe, events: Events) -> Run:
    """Do what is missing of the folds, then sum them up."""
    folds = [_trained(run, _fold(recipe, number), events) for number in range(recipe.folds)]
    summary = _summary(run, recipe, [fold.summary() for fold in folds])
    if not recipe.classical:
        scores, held_out = _scored(recipe, folds)
        page = pages.render_cross_validation(summary, to_toml(recipe), scores, held_out)
        write_text(run.report, page)
    write_json(run.folder / "summary.json", summary)
    return run


def _trained(run: Run, recipe: Recipe, events: Events) -> Run:
    events.noted(f"fold {recipe.fold} of {recipe.folds}")
    try:
        return complete(recipe, Run(run.folder / f"fold-{recipe.fold}"), events)
    except StoppedError as error:
        raise StoppedError(
            f"interrupted in fold {recipe.fold} of {recipe.folds}; go on with "
            f"`pilgi train --resume {run.folder}`"
        ) from error


def _scored(recipe: Recipe, folds: Sequence[Run]) -> tuple[Scores, Split]:
    """Return the scores of every picture by the recognizer that never saw it, and the pictures."""
    held = [_held_out(_fold(recipe, number)) for number in range(len(folds))]
    answers = [
        Recognizer.load(fold.recognizer, recipe.threads).probabilities(split.images)
        for fold, split in zip(folds, held, strict=True)
    ]
    whole = Split(
        f"{recipe.data}, training pictures held out",
        np.concatenate([split.images for split in held]),
        np.concatenate([split.labels for split in held]),
        held[0].classes,
    )
    return probabilities_scores(np.concatenate(answers), whole), whole


def _held_out(recipe: Recipe) -> Split:
    held_out = load_parts(recipe).validation
    assert held_out is not None  # a fold always holds something out
    return held_out


def _summary(run: Run, recipe: Recipe, folds: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what summary.json holds."""
    held = [fold["validation"] for fold in folds]
    accuracies = [scores["accuracy"] for scores in held]
    n, errors = (sum(scores[key] for scores in held) for key in ("n", "errors"))
    return {
        "run": run.name,
        "recognizer": None,
        "note": NOTE,
        "recipe": recipe.name,
        "data": recipe.data,
        "folds": recipe.folds,
        "held_out": {
            "n": n,
            "errors": errors,
            "accuracy": (n - errors) / n,
            "interval": list(wilson(n - errors, n)),
        },
        "by_fold": held,
        "mean": fmean(accuracies),
        "deviation": stdev(accuracies),
        "kept": recipe.keep,
        "temperature": fmean(fold["temperature"] for fold in folds),
        "seed": recipe.seed,
        "parameters": folds[0]["parameters"],
        "train_seconds": round(sum(fold["train_seconds"] for fold in folds), 3),
        "epochs": sum(fold["epochs"] for fold in folds),
        "versions": machine.versions(),
        "machine": {**folds[0]["machine"]},
    }
