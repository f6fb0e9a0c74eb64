"""A difference in one plain sentence."""

from math import floor, log10
from typing import Final

from pilgi.evaluate.significance import Paired, pairs_needed
from pilgi.report.numbers import decimals

LEVEL: Final = 0.05


def verdict(found: Paired, p: float, comparisons: int, pictures: int) -> str:
    """Return what may be said of the difference a - b.

    p: after Holm's correction for the number of comparisons; pictures: how many were scored.
    """
    if found.mean == 0 and found.sd == 0:
        return "the same score at every seed"
    if p <= LEVEL:
        return f"{_direction(found)} by {_amount(found, pictures)}"
    return f"{_doubt(found, comparisons, pictures)} at n={found.n}; {_needed(found, comparisons)}"


def signed_points(fraction: float, places: int) -> str:
    """Return a difference in percentage points with its sign, "+0.12"."""
    return f"{100 * fraction:+.{places}f}".replace("-", "\N{MINUS SIGN}")


def places(found: Paired, pictures: int) -> int:
    """Return how many decimals a difference deserves: one figure of the ± at least."""
    half = 100 * (found.interval[1] - found.mean)
    own = min(4, -floor(log10(half))) if half > 0 else 0
    return max(decimals(pictures), own)


def _direction(found: Paired) -> str:
    return "better" if found.mean > 0 else "worse"


def _amount(found: Paired, pictures: int) -> str:
    digits = places(found, pictures)
    mean = f"{100 * abs(found.mean):.{digits}f}"
    if found.sd == 0:
        return f"{mean} points at each of {found.n} seeds"
    return f"{mean} ± {100 * (found.interval[1] - found.mean):.{digits}f} points"


def _doubt(found: Paired, comparisons: int, pictures: int) -> str:
    """Say how near to a difference it came."""
    low, high = found.interval
    if low <= 0 <= high:
        return "no difference seen"
    if found.sd == 0:
        return f"{_direction(found)} by {_amount(found, pictures)}, too few to be sure"
    return (
        f"perhaps {_direction(found)} by {_amount(found, pictures)}, but one of "
        f"{comparisons} comparisons may look so by luck"
    )


def _needed(found: Paired, comparisons: int) -> str:
    n = pairs_needed(found, LEVEL / comparisons)
    return "more than 1,000 seeds would be needed" if n is None else f"n={n} would be needed"
