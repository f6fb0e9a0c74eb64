"""Training a classical baseline: one fit by scikit-learn, then the test set, once. Scores only."""

import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from pilgi import machine
from pilgi.data import Split
from pilgi.errors import DataError, RecipeError
from pilgi.evaluate import Scores, fit_temperature, pages, probabilities_scores
from pilgi.files import write_json, write_text
from pilgi.learn import rng
from pilgi.learn.models import baselines
from pilgi.learn.models.baselines import BASELINES, Floats
from pilgi.learn.recipe import Recipe, to_toml
from pilgi.learn.run import Run, new_folder
from pilgi.learn.train.alone import alone_in
from pilgi.learn.train.datasets import Parts, load_parts
from pilgi.learn.train.events import Events
from pilgi.recognizer import softmax

SCORES_ONLY: Final = "a classical baseline leaves scores only, no recognizer"
SEEDS: Final = 2**32
"""scikit-learn takes seeds below it."""


@dataclass(frozen=True)
class Fit:
    """A fitted estimator: when that began, and the seconds it took."""

    estimator: Any
    started: str
    seconds: float


@dataclass(frozen=True)
class Calibration:
    """The temperature of the answers, and where it comes from, in words."""

    temperature: float
    source: str


def train_baseline(recipe: Recipe, out: Path | None, events: Events) -> Run:
    """Fit a resolved baseline's recipe and return its finished run: scores and a report.

    Raises RecipeError or DataError before anything is written, RunError where `out` is taken.
    """
    parts = load_parts(recipe)
    check(recipe, parts.train)
    run = Run(new_folder(recipe.name, out))
    with alone_in(run.folder):
        _fit_in(run, recipe, parts, events)
    return run


def _fit_in(run: Run, recipe: Recipe, parts: Parts, events: Events) -> None:
    write_text(run.recipe, to_toml(recipe))
    write_text(run.metrics, "")
    with _limited(recipe.threads):
        events.noted(
            f"fitting {recipe.model.name} to {len(parts.train):,} pictures in {run.folder}"
        )
        fit = _fit(recipe, parts.train)
        events.noted(f"fitted in {fit.seconds:.1f} s; scoring")
        calibration, validation, test = _score(fit.estimator, parts)
    summary = {
        **_scores_summary(run, recipe, validation, test),
        "temperature": calibration.temperature,
        "calibration": calibration.source,
        **_cost(recipe, fit),
        **_provenance(recipe, parts),
    }
    write_text(run.report, pages.render(summary, [], to_toml(recipe), test, parts.test))
    write_json(run.folder / "summary.json", summary)


def check(recipe: Recipe, train: Split) -> None:
    """Refuse what scikit-learn would stop at, before anything is written."""
    if len(np.unique(train.labels)) < 2:
        raise DataError(f"{train.name}: every training picture is of one class; add others")
    neighbours = getattr(recipe.model.options, "neighbours", 1)
    if neighbours > len(train):
        raise RecipeError(
            f"model.neighbours={neighbours} is more than the {len(train):,} training pictures; "
            "lower it"
        )


@contextmanager
def _limited(threads: int) -> Iterator[None]:
    """While inside, scikit-learn and the arithmetic under it use so many threads."""
    from joblib import parallel_config
    from threadpoolctl import threadpool_limits

    with threadpool_limits(threads), parallel_config(n_jobs=threads):
        yield


def _fit(recipe: Recipe, train: Split) -> Fit:
    from sklearn.exceptions import ConvergenceWarning

    seed = rng.derive(recipe.seed, "weights") % SEEDS
    estimator = BASELINES[recipe.model.name].build(recipe.model.options, seed)
    began, clock = datetime.now(UTC), time.perf_counter()
    with warnings.catch_warnings():
        # Said in the summary's `stopped` instead.
        warnings.simplefilter("ignore", ConvergenceWarning)
        estimator.fit(_vectors(train), train.labels)
    seconds = time.perf_counter() - clock
    return Fit(estimator, began.isoformat(timespec="seconds"), round(seconds, 3))


def _vectors(split: Split) -> Floats:
    """Return the pictures as float32 rows (n, pixels) in [0, 1]."""
    return split.images.reshape(len(split), -1).astype(np.float32) / 255


def _score(estimator: Any, parts: Parts) -> tuple[Calibration, Scores | None, Scores]:
    """Calibrate on validation, where that is needed, and score each part once."""
    splits = [split for split in (parts.test, parts.validation) if split is not None]
    answers = [baselines.answers(estimator, _vectors(s), len(s.classes)) for s in splits]
    if baselines.has_probabilities(estimator):
        calibration = Calibration(1.0, "none: the model's own probabilities")
        probabilities = answers
    else:
        calibration = _calibration(answers[1:], parts.validation)
        probabilities = [softmax(values, calibration.temperature) for values in answers]
    test, *validation = map(probabilities_scores, probabilities, splits)
    return calibration, validation[0] if validation else None, test


def _calibration(decision_values: list[Floats], validation: Split | None) -> Calibration:
    if validation is None:
        return Calibration(1.0, "none: softmax of its decision values, and validation=0")
    return Calibration(
        fit_temperature(decision_values[0], validation.labels),
        "softmax of its decision values, temperature fitted on "
        f"{len(validation):,} validation pictures",
    )


def _scores_summary(
    run: Run, recipe: Recipe, validation: Scores | None, test: Scores
) -> dict[str, Any]:
    return {
        "run": run.name,
        "recognizer": None,
        "note": SCORES_ONLY,
        "recipe": recipe.name,
        "data": recipe.data,
        "test": test.summary(),
        "validation": validation and validation.summary(),
    }


def _cost(recipe: Recipe, fit: Fit) -> dict[str, Any]:
    return {
        "kept": {"keep": "none", "epoch": None, "why": SCORES_ONLY},
        "stopped": baselines.ending(fit.estimator),
        "seed": recipe.seed,
        "parameters": baselines.parameters(fit.estimator),
        "stored": None,
        "multiply_accumulates": baselines.multiply_accumulates(fit.estimator),
        "train_seconds": fit.seconds,
        "epochs": 0,
        "steps": 0,
        "precision": "scikit-learn's own",
        "device": recipe.device,
        "started": fit.started,
    }


def _provenance(recipe: Recipe, parts: Parts) -> dict[str, Any]:
    threads = {"threads": str(recipe.threads)}
    fingerprint = machine.fingerprint({"device": recipe.device, **threads})
    return {
        "data_sha256": parts.hashes,
        "versions": machine.versions(),
        "machine": {**machine.describe(), **threads, "fingerprint": fingerprint},
    }
