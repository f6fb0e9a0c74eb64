"""How often a recognizer is right on pictures without labels: its confidence, corrected by shifts.

Tried, each by leaving every set out in turn, 26 sets of 1,000 pictures: average confidence, average
thresholded confidence (Garg et al. 2022, arXiv:2201.04234), difference of confidences (Guillory et
al. 2021, arXiv:2107.03315), isotonic and logistic correction. The last, of the margin between the
two likeliest classes, was the nearest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.evaluate.drift.known import Judged

Reals = NDArray[np.floating[Any]]

WIDE: Final = 1.96
COVERED: Final = 0.95
LEAST: Final = 0.01
"""Added to a margin before its logarithm: equals are as good as a hundredth apart."""


@dataclass(frozen=True)
class Estimate:
    """The accuracy to be expected, a fraction, and its 95 % interval.

    uncertainty: how far an estimate of sets left out was wrong, as a share of the error estimated,
    19 times in 20. sets: how many were left out in turn.
    """

    accuracy: float
    interval: tuple[float, float]
    uncertainty: float
    sets: int


def margins(found: Reals, classes: int, temperature: float) -> Reals:
    """Return (n, 2): log(m + 0.01) and m = (z_1 - z_2) / T, of the two likeliest classes."""
    best = np.sort(found[:, :classes].astype(np.float64), axis=1)
    margin = (best[:, -1] - best[:, -2]) / temperature
    return np.column_stack([np.log(margin + LEAST), margin])


def estimate(margin: Reals, sets: Sequence[tuple[str, Reals, NDArray[np.bool_]]]) -> Estimate:
    """Return the accuracy expected of pictures with these margins, (n, 2).

        P(right) = 1 / (1 + exp(-(a + b log(m + 0.01) + c m))),   accuracy = mean P(right)

    fitted to all pictures of `sets`, each (name, margins, right). Interval: with e = 1 - accuracy,
    +- sqrt((q e)^2 + (1.96 s)^2), s^2 = (accuracy e + 1 / n) / n the luck of n pictures, and q the
    95 % quantile over sets of |error estimated - true| / (estimated + 1 / n), each set estimated
    without those of its name: the other shifts know nothing of it. Platt 1999 for the fit;
    Vovk, Gammerman and Shafer 2005 for the quantile.
    """
    expected = float(fitted(sets)(margin).mean())
    wrong, n = 1 - expected, len(margin)
    uncertainty = float(np.quantile(_left_out(sets), COVERED))
    luck = (expected * wrong + 1 / n) / n
    half = sqrt((uncertainty * wrong) ** 2 + WIDE**2 * luck)
    interval = max(0.0, expected - half), min(1.0, expected + half)
    return Estimate(expected, interval, uncertainty, len(sets))


def fitted(
    sets: Sequence[tuple[str, Reals, NDArray[np.bool_]]],
) -> Callable[[Reals], Reals]:
    """Return the function from margins (n, 2) to P(right), (n,), fitted to the sets."""
    from sklearn.linear_model import LogisticRegression

    margin = np.concatenate([each for _, each, _ in sets])
    right = np.concatenate([each for *_, each in sets])
    if right.all():
        return lambda of: np.full(len(of), 1 - 0.5 / (len(right) + 1))
    middle, spread = margin.mean(axis=0), margin.std(axis=0) + 1e-9
    model = LogisticRegression(C=1e6).fit((margin - middle) / spread, right)

    def probability(of: Reals) -> Reals:
        found: Reals = model.predict_proba((of - middle) / spread)[:, 1]
        return found

    return probability


def _left_out(sets: Sequence[tuple[str, Reals, NDArray[np.bool_]]]) -> list[float]:
    """Return how wrong each set's error is estimated without the sets of its name."""
    found = []
    for name in dict.fromkeys(name for name, *_ in sets):
        others = [one for one in sets if one[0] != name]
        if not others:
            return [1.0]
        probability = fitted(others)
        for _, margin, right in (one for one in sets if one[0] == name):
            wrong = 1 - float(probability(margin).mean())
            true = 1 - float(right.mean())
            found.append(abs(wrong - true) / (wrong + 1 / len(right)))
    return found


def margins_of(
    sets: Sequence[Judged], classes: int, temperature: float
) -> list[tuple[str, Reals, NDArray[np.bool_]]]:
    """Return the sets as `estimate` takes them."""
    return [(one.name, margins(one.found, classes, temperature), one.right) for one in sets]
