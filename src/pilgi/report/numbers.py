"""Numbers as people read them: as many digits as they deserve, units beside them."""

from math import ceil, isfinite, log10
from typing import Final

# A number and its unit stay on one line.
SPACE: Final = "\u00a0"
UNKNOWN: Final = "–"


def percent(fraction: float | None, n: int) -> str:
    """Return a proportion of n as per cent, with as many digits as n supports.

    One picture in n must show: 10,000 pictures deserve two decimals, 100 none.

    >>> percent(0.9964, 10_000)
    '99.64\\xa0%'
    """
    if fraction is None:
        return UNKNOWN
    return f"{100 * fraction:.{decimals(n)}f}{SPACE}%"


def decimals(n: int) -> int:
    """Return how many decimals of a per cent n pictures support: those that one error moves."""
    return max(0, ceil(log10(n)) - 2) if n else 0


def span(interval: tuple[float, float], n: int) -> str:
    """Return an interval of proportions, "99.50 to 99.74 %"."""
    low, high = interval
    return f"{100 * low:.{decimals(n)}f} to {percent(high, n)}"


def count(value: int | None) -> str:
    """Return a count with separators, "1,234,567"."""
    return UNKNOWN if value is None else f"{value:,}"


def plural(value: int, noun: str) -> str:
    """Return a count with its noun, "1 picture", "2 pictures"."""
    return f"{value:,} {noun}{'' if value == 1 else 's'}"


def significant(value: float | None, digits: int = 3) -> str:
    """Return `value` to so many significant digits, without an exponent where one is not needed."""
    if value is None or not isfinite(value):
        return UNKNOWN
    if value == 0:
        return "0"
    places = max(0, digits - 1 - int(log10(abs(value)) // 1))
    return f"{value:,.{places}f}" if places <= 6 else f"{value:.{digits - 1}e}"


def confidence(fraction: float) -> str:
    """Return how sure an answer is; what would round to certainty says how near it is.

    >>> confidence(0.99999)
    '>\\xa099.9\\xa0%'
    """
    shown = f"{100 * fraction:.1f}"
    return f">{SPACE}99.9{SPACE}%" if shown == "100.0" else f"{shown}{SPACE}%"


def tick(value: float) -> str:
    """Return a round value beside an axis, without zeros that say nothing."""
    return f"{value:.6g}"


def percent_tick(fraction: float) -> str:
    """Return a round proportion beside an axis, as per cent."""
    return f"{tick(100 * fraction)}{SPACE}%"


def rate(fraction: float) -> str:
    """Return a small proportion, an error rate, as per cent to two significant digits."""
    return f"{significant(100 * fraction, 2)}{SPACE}%"


def duration(seconds: float | None) -> str:
    """Return a time with its units, "34.2 s", "2 min 5 s", "1 h 3 min"."""
    if seconds is None or not isfinite(seconds):
        return UNKNOWN
    if seconds < 99.95:
        return f"{seconds:.1f}{SPACE}s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes}{SPACE}min {rest}{SPACE}s"
    return f"{minutes // 60:,}{SPACE}h {minutes % 60}{SPACE}min"
