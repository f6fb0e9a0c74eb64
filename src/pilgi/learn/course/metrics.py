"""What a row's figures are measured on: the runs of one seed -> one number."""

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from typing import Final

import numpy as np

from pilgi import data
from pilgi.evaluate import probabilities_scores
from pilgi.learn.course.row import Figure, Metric
from pilgi.learn.run import Run
from pilgi.recognizer import Recognizer

Measure = Callable[[Sequence[Run]], float]


def measure(figure: Figure, runs: Mapping[str, Run]) -> float:
    """Return the figure on the runs of one seed, by their trainings' names."""
    chosen = [runs[figure.of]] if figure.of else list(runs.values())
    return METRICS[figure.metric](chosen)


def _test(runs: Sequence[Run]) -> float:
    return float(runs[0].summary()["test"]["accuracy"])


def _train(runs: Sequence[Run]) -> float:
    """Return the accuracy over the last epoch's batches, each before its update, as in Keras."""
    return float(runs[0].history()[-1]["train"]["accuracy"])


def _train_loss(runs: Sequence[Run]) -> float:
    return float(runs[0].history()[-1]["train"]["loss"])


def _best_validation(runs: Sequence[Run]) -> float:
    return max(float(line["validation"]["accuracy"]) for line in runs[0].history())


def _parameters(runs: Sequence[Run]) -> float:
    return float(runs[0].summary()["parameters"])


def _ensemble(runs: Sequence[Run]) -> float:
    """Return the test accuracy of p = mean_i p_i, the members' calibrated probabilities."""
    split = data.load(runs[0].summary()["data"], "test")
    members = [Recognizer.load(run.folder).probabilities(split.images) for run in runs]
    return probabilities_scores(np.mean(members, axis=0), split).accuracy


def _best_single(runs: Sequence[Run]) -> float:
    return max(_test([run]) for run in runs)


def _mean_single(runs: Sequence[Run]) -> float:
    return fmean(_test([run]) for run in runs)


METRICS: Final[Mapping[Metric, Measure]] = {
    "test": _test,
    "train": _train,
    "train_loss": _train_loss,
    "best_validation": _best_validation,
    "parameters": _parameters,
    "ensemble": _ensemble,
    "best_single": _best_single,
    "mean_single": _mean_single,
}
