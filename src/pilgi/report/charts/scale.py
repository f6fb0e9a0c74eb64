"""From values to positions: linear, logarithmic, and the scale of near certainty."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Linear:
    """Values low..high on positions start..end."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the position of `value`; beyond the ends it stays at the end."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)


@dataclass(frozen=True)
class Logarithmic:
    """Values low..high, both positive, on positions start..end; equal ratios, equal lengths."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the position of `value`; zero and below stay at the low end."""
        inner = Linear(log10(self.low), log10(self.high), self.start, self.end)
        return inner(log10(max(value, self.low)))

    @property
    def ticks(self) -> list[float]:
        """Powers of ten, or 1-2-5 multiples where fewer than three powers fit."""
        powers = _multiples(self.low, self.high, (1,))
        return powers if len(powers) >= 3 else _multiples(self.low, self.high, STEPS)


@dataclass(frozen=True)
class Certainty:
    """Proportions on a scale that spreads what lies near 1: each ninth nine as long as the first.

    The position of p is that of log10(1 - p), from `low` up to 1 - 10^-nines.
    """

    low: float
    nines: int
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the position of the proportion `value`."""
        doubt = max(1 - value, 10.0**-self.nines)
        inner = Linear(-log10(1 - self.low), self.nines, self.start, self.end)
        return inner(-log10(doubt))

    @property
    def ticks(self) -> list[float]:
        """0, 90 %, 99 %, ... and 50 % where there is room."""
        decades = [1 - 10.0**-i for i in range(self.nines + 1)]
        halves = [0.5] if self.nines <= 2 else []
        return sorted(value for value in decades + halves if value >= self.low - 1e-9)


def logarithmic(values: Sequence[float], start: float, end: float) -> Logarithmic:
    """Return the scale that holds `values`, from a 1-2-5 number to a 1-2-5 number.

    Zeros are drawn at the low end, half the smallest positive value or less.
    """
    positive = [value for value in values if value > 0] or [1.0]
    least = min(positive) / (2 if min(values) <= 0 else 1)
    low, high = _below(least), _above(max(positive))
    return Logarithmic(low, high if high > low else low * 10, start, end)


def whole_numbers(last: int, most: int = 6) -> list[int]:
    """Return at most `most` round numbers from 1 to `last`, both meant for an axis of epochs."""
    step = next(s * 10**e for e in range(9) for s in STEPS if last / (s * 10**e) <= most - 1)
    return [1, *(v for v in range(step, last + 1, step) if v > 1)]


def _below(value: float) -> float:
    power = 10.0 ** floor(log10(value))
    return max(step for step in STEPS if step * power <= value * (1 + 1e-9)) * power


def _above(value: float) -> float:
    power = 10.0 ** floor(log10(value))
    return min(step for step in (*STEPS, 10) if step * power >= value * (1 - 1e-9)) * power


def _multiples(low: float, high: float, steps: Sequence[int]) -> list[float]:
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    values = [step * 10.0**power for power in powers for step in steps]
    return [value for value in values if low * (1 - 1e-9) <= value <= high * (1 + 1e-9)]
