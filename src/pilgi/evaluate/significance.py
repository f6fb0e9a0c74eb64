"""How far a figure can be trusted: intervals of a proportion."""

from math import sqrt
from statistics import NormalDist


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
