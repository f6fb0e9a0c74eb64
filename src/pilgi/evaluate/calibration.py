"""Whether "99 % sure" is right 99 times in 100: calibration, measured and repaired."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.errors import DataError
from pilgi.evaluate.significance import wilson

BINS: Final = 15
COLDEST: Final = 0.1
HOTTEST: Final = 10.0
# The smallest normal float32: probabilities arrive as float32, so a smaller one reads as 0.
SMALLEST_PROBABILITY: Final = float(np.finfo(np.float32).tiny)

Floats = NDArray[np.floating[Any]]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Bin:
    """Pictures answered with about the same confidence.

    confidence: their mean confidence; accuracy: the fraction answered rightly;
    interval: Wilson 95 % of that accuracy.
    """

    n: int
    confidence: float
    accuracy: float
    interval: tuple[float, float]


def nll(probabilities: Floats, labels: Labels) -> float:
    """Return the negative log likelihood, the mean of -ln p(label), in nats.

    probabilities: (n, classes). Always finite: a probability below 1.2e-38 (the smallest normal
    float32) counts as 1.2e-38, so that one picture costs at most 87.3.
    """
    given = probabilities[np.arange(len(labels)), labels].astype(np.float64)
    return float(-np.log(np.clip(given, SMALLEST_PROBABILITY, 1.0)).mean())


def reliability(probabilities: Floats, labels: Labels, bins: int = BINS) -> tuple[Bin, ...]:
    """Return the pictures in bins of equal mass, least confident first.

    Bins of equal mass, because those of equal width are all but empty when most pictures are
    answered with near certainty. At most `bins` of them, none empty.
    """
    confidence = probabilities.max(axis=1).astype(np.float64)
    right = probabilities.argmax(axis=1) == labels
    order = np.argsort(confidence, kind="stable")
    parts = np.array_split(order, min(bins, len(order))) if len(order) else []
    return tuple(_bin(confidence[part], right[part]) for part in parts)


def _bin(confidence: Floats, right: NDArray[np.bool_]) -> Bin:
    n, hits = len(right), int(right.sum())
    return Bin(n, float(confidence.mean()), hits / n, wilson(hits, n))


def ece(probabilities: Floats, labels: Labels, bins: int = BINS) -> float:
    """Return the expected calibration error over bins of equal mass, a fraction in [0, 1].

        sum_b n_b / n |accuracy_b - confidence_b|

    Naeini et al. 2015; equal mass as in Nixon et al. 2019. Biased upwards when n is small: each
    bin's accuracy is itself an estimate.
    """
    return ece_of(reliability(probabilities, labels, bins))


def ece_of(bins: tuple[Bin, ...]) -> float:
    """Return the expected calibration error of reliability bins; see `ece`."""
    n = sum(part.n for part in bins)
    return sum(part.n * abs(part.accuracy - part.confidence) for part in bins) / n


def fit_temperature(logits: Floats, labels: Labels, weights: Floats | None = None) -> float:
    """Return the temperature T in [0.1, 10] that minimises the NLL of softmax(logits / T).

    logits: (n, classes); labels: (n,); weights: (n,), how much each picture counts, all alike
    without. The answers stay the same, only their confidence changes.
    Where every answer is right the likelihood has no maximum (it rises until every confidence is
    1), so nothing can be learned from it and T stays 1. Guo et al. 2017.
    Raises DataError where there is nothing to fit or a logit is not a number.
    """
    _check(logits, labels)
    if (logits.argmax(axis=1) == labels).all():
        return 1.0
    from scipy.optimize import minimize_scalar

    wide = logits.astype(np.float64)
    bounds = (np.log(COLDEST), np.log(HOTTEST))
    found = minimize_scalar(lambda t: _loss(wide, labels, np.exp(t), weights), bounds=bounds)
    return float(np.exp(found.x))


def _loss(logits: Floats, labels: Labels, temperature: float, weights: Floats | None) -> float:
    """NLL straight from the logits, by log-sum-exp: exact where softmax would give 0."""
    scaled = logits / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    given = scaled[np.arange(len(labels)), labels]
    return float(np.average(np.log(np.exp(scaled).sum(axis=1)) - given, weights=weights))


def _check(logits: Floats, labels: Labels) -> None:
    if not len(labels) or len(logits) != len(labels):
        raise DataError(
            f"a temperature cannot be fitted to {len(logits):,} answers for {len(labels):,} "
            "pictures; keep some pictures for validation"
        )
    if not np.isfinite(logits).all():
        raise DataError("a temperature cannot be fitted: some logits are NaN or infinite")
