"""Accuracies with their intervals, one above the other on one axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

from pilgi.report.charts.parts import chart, dot, line, text
from pilgi.report.charts.scale import Linear
from pilgi.report.markup import Markup, join
from pilgi.report.numbers import percent, percent_tick, span

WIDTH: Final = 416.0
LEFT, RIGHT = 80.0, 328.0
ROW: Final = 32.0
MOST_TICKS: Final = 4


@dataclass(frozen=True)
class Estimate:
    """One proportion of n with its interval; `part` names it and gives it its colour."""

    part: str
    accuracy: float
    interval: tuple[float, float]
    n: int


def intervals(estimates: Sequence[Estimate]) -> Markup:
    """Return one row an estimate: its interval as a line, its value as a point and a number."""
    low = min(one.interval[0] for one in estimates)
    high = max(one.interval[1] for one in estimates)
    ticks = _ticks(low, high)
    x = Linear(min(low, ticks[0]), max(high, ticks[-1]), LEFT, RIGHT)
    bottom = ROW * len(estimates) + 8
    rows = [_row(one, x, ROW * i + 20) for i, one in enumerate(estimates)]
    said = "; ".join(
        f"{one.part} {percent(one.accuracy, one.n)}, 95 % interval {span(one.interval, one.n)}"
        for one in estimates
    )
    return chart(WIDTH, bottom + 24, f"Accuracy: {said}.", _axis(ticks, x, bottom), *rows)


def _row(one: Estimate, x: Linear, y: float) -> Markup:
    low, high = one.interval
    return join(
        [
            text((0, y + 4), one.part, class_=f"{one.part} label"),
            line((x(low), y), (x(high), y), f"{one.part} curve"),
            dot((x(one.accuracy), y), f"{one.part} dot", 4.0),
            text((RIGHT + 16, y + 4), percent(one.accuracy, one.n), class_=f"{one.part} label"),
        ]
    )


def _axis(ticks: Sequence[float], x: Linear, bottom: float) -> Markup:
    rules = [line((x(tick), 4), (x(tick), bottom)) for tick in ticks]
    names = [text((x(tick), bottom + 16), percent_tick(tick), "middle", "tick") for tick in ticks]
    return join(rules + names)


def _ticks(low: float, high: float) -> list[float]:
    """Return round values that enclose low..high, at most 100 %."""
    wanted = max(high - low, 1e-5) / (MOST_TICKS - 1)
    power = 10.0 ** floor(log10(wanted))
    step = next(s * power for s in (1, 2, 5, 10) if s * power >= wanted * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [i * step for i in range(first, last + 1) if i * step <= 1 + 1e-9]
