"""Coverage against accuracy: what declining the least sure answers buys."""

from collections.abc import Sequence
from typing import Final

from pilgi.evaluate.coverage import Balance
from pilgi.report.charts.parts import chart, dot, line, polyline, text, tip
from pilgi.report.charts.scale import Certainty, Logarithmic
from pilgi.report.markup import Markup, join, tag
from pilgi.report.numbers import SPACE, percent_tick

WIDTH: Final = 416.0
HEIGHT: Final = 368.0
LEFT, RIGHT, TOP, BOTTOM = 72.0, 384.0, 32.0, 320.0
DECADES: Final = (0.001, 0.01, 0.1)
MOST: Final = 0.5


def coverage_curve(balances: Sequence[Balance]) -> Markup:
    """Return the curve of the answers' accuracy over the share declined, none of which is 0."""
    x, y = Logarithmic(DECADES[0], MOST, LEFT, RIGHT), _accuracy_scale(balances)
    points = [(x(each.declined), y(each.accuracy)) for each in balances]
    dots = [
        tag("g", tip(spoken(each)), dot(point, "bin"))
        for each, point in zip(balances, points, strict=True)
    ]
    label = f"Accuracy of the answers given: {spoken(balances[0])}; {spoken(balances[-1])}."
    return chart(WIDTH, HEIGHT, label, _frame(x, y), polyline(points, "validation curve"), *dots)


def spoken(each: Balance) -> str:
    """Return one balance in words."""
    right = f"{100 * each.accuracy:.2f}{SPACE}% of the rest right"
    return f"{100 * each.declined:.1f}{SPACE}% declined, {right}"


def _accuracy_scale(balances: Sequence[Balance]) -> Certainty:
    least = min(each.accuracy for each in balances)
    low = max([value for value in (0.0, 0.5, 0.9, 0.99) if value <= least], default=0.0)
    doubts = [1 - each.accuracy for each in balances if each.errors]
    nines = next((i for i in range(2, 5) if 10.0**-i <= min(doubts, default=1.0)), 4)
    return Certainty(low, max(nines, 3 if low >= 0.9 else 2), BOTTOM, TOP)


def _frame(x: Logarithmic, y: Certainty) -> Markup:
    drawn = [
        text((0, 13), "how often the answers are right", class_="name"),
        text((RIGHT, BOTTOM + 44), "share declined, the least sure first", "end", "name"),
    ]
    for value in y.ticks:
        drawn.append(line((LEFT, y(value)), (RIGHT, y(value))))
        drawn.append(text((LEFT - 8, y(value) + 4), percent_tick(value), "end", "tick"))
    shares = [
        text((x(value), BOTTOM + 20), percent_tick(value), "middle", "tick")
        for value in (*DECADES, MOST)
    ]
    return join([*drawn, *shares])
