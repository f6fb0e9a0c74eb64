"""The reliability diagram: how sure the answers are against how often they are right."""

from collections.abc import Sequence
from typing import Final

from pilgi.evaluate.calibration import Bin
from pilgi.report.charts.parts import chart, dot, line, text, tip
from pilgi.report.charts.scale import Certainty
from pilgi.report.markup import Markup, join, tag
from pilgi.report.numbers import SPACE, percent_tick, plural

WIDTH: Final = 416.0
HEIGHT: Final = 368.0
LEFT, RIGHT, TOP, BOTTOM = 72.0, 384.0, 32.0, 320.0


def reliability_diagram(bins: Sequence[Bin]) -> Markup:
    """Return the diagram: one point a bin, its Wilson interval drawn, the diagonal the ideal.

    Both axes spread what lies near 100 %, where the answers of a good recognizer are.
    """
    x, y = _scales(bins)
    ideal = line((x(x.low), y(x.low)), (RIGHT, TOP), "ideal")
    points = [_point(part, x, y) for part in bins]
    return chart(WIDTH, HEIGHT, _spoken(bins), _frame(x, y), ideal, *points)


def _scales(bins: Sequence[Bin]) -> tuple[Certainty, Certainty]:
    """One scale for both axes: from the least value to the surest, four decades at most."""
    least = min(min(part.confidence, part.interval[0]) for part in bins)
    low = max([value for value in (0.0, 0.5, 0.9) if value <= least], default=0.0)
    most = 5 if low == 0.9 else 4
    doubts = [1 - value for part in bins for value in (part.confidence, part.accuracy)]
    surest = min((doubt for doubt in doubts if doubt > 0), default=0.0)
    nines = next((i for i in range(2, most) if 10.0**-i <= surest), most)
    return Certainty(low, nines, LEFT, RIGHT), Certainty(low, nines, BOTTOM, TOP)


def _frame(x: Certainty, y: Certainty) -> Markup:
    drawn = [
        text((0, 13), "how often they are right", class_="name"),
        text((RIGHT, BOTTOM + 44), "how sure the answers are", "end", "name"),
    ]
    for value in x.ticks:
        drawn.append(line((LEFT, y(value)), (RIGHT, y(value))))
        drawn.append(text((LEFT - 8, y(value) + 4), percent_tick(value), "end", "tick"))
        drawn.append(text((x(value), BOTTOM + 20), percent_tick(value), "middle", "tick"))
    return join(drawn)


def _point(part: Bin, x: Certainty, y: Certainty) -> Markup:
    at, (low, high) = x(part.confidence), part.interval
    said = (
        f"{plural(part.n, 'picture')}: {100 * part.confidence:.2f}{SPACE}% sure, "
        f"{100 * part.accuracy:.2f}{SPACE}% right"
    )
    name = "bin faultless" if part.accuracy == 1 else "bin"
    interval = line((at, y(low)), (at, y(high)), "interval")
    return tag("g", tip(said), interval, dot((at, y(part.accuracy)), name))


def _spoken(bins: Sequence[Bin]) -> str:
    return (
        f"Reliability diagram of {len(bins)} bins: from {100 * bins[0].confidence:.1f} % sure and "
        f"{100 * bins[0].accuracy:.1f} % right to {100 * bins[-1].confidence:.3f} % sure and "
        f"{100 * bins[-1].accuracy:.2f} % right. The table below holds every bin."
    )
