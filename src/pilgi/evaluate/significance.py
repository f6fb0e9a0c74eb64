"""How far a figure can be trusted: intervals of a proportion, differences over seeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, stdev

import numpy as np


def wilson(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of the proportion successes / n, as fractions.

        (p + z²/2n ± z sqrt(p(1 - p)/n + z²/4n²)) / (1 + z²/n),   p = successes / n

    z is the normal quantile of (1 + confidence) / 2. Unlike p ± z·se it stays inside [0, 1] and
    holds near 0 and 1, where good recognizers live. With n = 0 nothing is known: (0, 1).
    Wilson 1927; Brown, Cai and DasGupta 2001.

    >>> [round(bound, 4) for bound in wilson(9964, 10_000)]
    [0.995, 0.9974]
    """
    if n == 0:
        return 0.0, 1.0
    p = successes / n
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    centre = p + z * z / (2 * n)
    margin = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if successes == 0 else (centre - margin) / scale
    high = 1.0 if successes == n else (centre + margin) / scale
    return low, high


def predicted(successes: int, n: int, m: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return where the share of successes among m new cases lies, having seen so many of n.

        K ~ BetaBinomial(m, successes + 1/2, n - successes + 1/2),   K / m

    Two doubts in one: what the rate is (Jeffreys' prior), and how m cases happen to fall. Wider
    than `wilson`, which is of the rate alone. Brown, Cai and DasGupta 2001; Aitchison and Dunsmore
    1975, Statistical Prediction Analysis.

    >>> [round(bound, 4) for bound in predicted(9964, 10_000, 1000)]
    [0.992, 0.999]
    """
    from scipy.stats import betabinom

    spread = betabinom(m, successes + 0.5, n - successes + 0.5)
    low, high = (
        float(spread.ppf(part)) / m for part in ((1 - confidence) / 2, (1 + confidence) / 2)
    )
    return low, high


@dataclass(frozen=True)
class Paired:
    """What n paired differences say: their mean, sd and interval, and the two-sided p-value."""

    n: int
    mean: float
    sd: float
    interval: tuple[float, float]
    p: float


def paired(differences: Sequence[float], confidence: float = 0.95) -> Paired:
    """Return the t interval and test of the mean of n >= 2 paired differences.

        d̄ ± t(n - 1) s / sqrt(n),   p = P(|T(n - 1)| >= |d̄| sqrt(n) / s)

    Student 1908. Where all differences are the same, s is 0 and t says nothing: the interval has
    no width, and p is the sign test's, 2^(1 - n), or 1 where the differences are all 0.

    >>> round(paired([0.1, 0.2, 0.3]).p, 3)
    0.074
    """
    from scipy import stats

    n, mean, sd = len(differences), fmean(differences), stdev(differences)
    if sd == 0:
        return Paired(n, mean, 0.0, (mean, mean), 2.0 ** (1 - n) if mean else 1.0)
    error = sd / sqrt(n)
    half = float(stats.t.ppf((1 + confidence) / 2, n - 1)) * error
    p = 2 * float(stats.t.sf(abs(mean) / error, n - 1))
    return Paired(n, mean, sd, (mean - half, mean + half), p)


def holm(p_values: Sequence[float]) -> list[float]:
    """Return the p-values corrected for their number, in the same order.

    The k-th smallest of m becomes the largest (m - j + 1) p_j of all j <= k, at most 1, so the
    chance of even one false alarm among the m stays below the level. Holm 1979.

    >>> [round(p, 2) for p in holm([0.04, 0.01, 0.03])]
    [0.06, 0.03, 0.06]
    """
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    corrected, largest = [0.0] * len(p_values), 0.0
    for rank, index in enumerate(order):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[index]))
        corrected[index] = largest
    return corrected


def pairs_needed(found: Paired, alpha: float = 0.05, power: float = 0.8) -> int | None:
    """Return how many pairs a difference like `found` needs to be seen, None above 1,000.

    The smallest n at which a two-sided paired t test at level alpha sees a true difference d̄ with
    spread s in a share `power` of the tries: P(T'(n - 1, |d̄| sqrt(n) / s) > t), T' noncentral;
    the other tail is too small to count (Cohen 1988). With s = 0 it is the sign test's:
    2^(1 - n) <= alpha.
    """
    from scipy import stats

    n = np.arange(2, 1001)
    if found.sd == 0:
        enough = (2.0 ** (1 - n) <= alpha) & (found.mean != 0)
    else:
        # Beyond 1,000 deviations scipy's series fails, and nothing is in doubt.
        shift = np.minimum(abs(found.mean) / found.sd * np.sqrt(n), 1000)
        enough = stats.nct.sf(stats.t.isf(alpha / 2, n - 1), n - 1, shift) >= power
    return int(n[enough.argmax()]) if enough.any() else None
