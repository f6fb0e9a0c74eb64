"""The charts of a comparison: every arm's curve on one axis, every difference with its interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from statistics import fmean
from typing import Any, Final

from pilgi.learn.compare.comparison import Difference
from pilgi.learn.compare.verdict import places, signed_points
from pilgi.report.charts.curves import Series, series
from pilgi.report.charts.parts import Point, chart, dot, line, polyline, text, tip
from pilgi.report.charts.scale import Linear, Logarithmic, logarithmic, whole_numbers
from pilgi.report.markup import Markup, join, tag
from pilgi.report.numbers import percent_tick, rate, tick

WIDTH: Final = 848.0
LEFT, RIGHT, TOP = 64.0, 592.0, 40.0
LOWEST: Final = 232.0
LABEL_HEIGHT: Final = 20.0
LONGEST: Final = 28
FOREST_LEFT, FOREST_RIGHT = 296.0, 720.0
ROW: Final = 32.0
MOST_TICKS: Final = 5

# Okabe and Ito's darker four, the last a shade darker: each has 3:1 on paper, light and dark.
STYLE: Final = Markup(
    ".arm-0{--arm:#0072B2}.arm-1{--arm:#D55E00}.arm-2{--arm:#009E73}.arm-3{--arm:#B3588B}"
    ".arm.curve{stroke:var(--arm);stroke-width:2}.arm.dot{fill:var(--arm)}"
    ".seed.arm.curve{stroke-width:1;opacity:.35}"
    ".dashes-1{stroke-dasharray:8 4}.dashes-2{stroke-dasharray:2 3}"
)
COLOURS: Final = 4
DASHES: Final = 3

History = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class ArmCurves:
    """The error rates of one arm by epoch, a series a seed."""

    name: str
    seeds: tuple[Series, ...]

    @property
    def mean(self) -> Series:
        """The mean over seeds, at the epochs that every seed has."""
        tables = [dict(one.values) for one in self.seeds]
        epochs = sorted(set.intersection(*(set(table) for table in tables)))
        means = tuple((epoch, fmean(table[epoch] for table in tables)) for epoch in epochs)
        return Series(self.seeds[0].part, means)


def error_curves(
    names: Sequence[str], histories: Sequence[Sequence[History]], part: str
) -> list[ArmCurves]:
    """Return each arm's error rates on `part` ("train", "validation"), where there are any."""
    arms = []
    for name, runs in zip(names, histories, strict=True):
        found = [one for run in runs for one in series(run, "accuracy") if one.part == part]
        if found and len(found) == len(runs):
            arms.append(ArmCurves(name, tuple(one.complement() for one in found)))
    return [arm for arm in arms if arm.mean.values]


def overlay(title: str, arms: Sequence[ArmCurves], ground: Sequence[ArmCurves]) -> Markup:
    """Return the arms' curves laid over each other: the mean thick, every seed thin.

    ground: all curves that are to have the same axes, these among them.
    """
    points = [pair for arm in ground for one in arm.seeds for pair in one.values]
    last = max(epoch for epoch, _ in points)
    bottom = max(LOWEST, TOP + LABEL_HEIGHT * len(arms))
    x = Linear(1, last, LEFT + 8, RIGHT) if last > 1 else Linear(0, 2, LEFT + 8, RIGHT)
    y = logarithmic([value for _, value in points], bottom, TOP)
    drawn = [_drawn(arm, look(i), x, y) for i, arm in enumerate(arms)]
    return chart(
        WIDTH,
        bottom + 40,
        _spoken(title, arms),
        tag("style", STYLE),
        _frame(title, x, y, last),
        *drawn,
        _labels(arms, x, y),
    )


def look(index: int) -> str:
    """Return the classes that give the arm `index` its colour and, after four, its dashes."""
    return f"arm arm-{index % COLOURS} dashes-{index // COLOURS % DASHES}"


def _frame(title: str, x: Linear, y: Logarithmic, last: int) -> Markup:
    rules = [line((LEFT, y(at)), (RIGHT, y(at))) for at in y.ticks]
    names = [text((LEFT - 8, y(at) + 4), percent_tick(at), "end", "tick") for at in y.ticks]
    epochs = [
        text((x(epoch), y.start + 20), str(epoch), "middle", "tick")
        for epoch in whole_numbers(last)
    ]
    unit = text((RIGHT, y.start + 36), "epoch", "end", "tick")
    return join([*rules, *names, *epochs, unit, text((0, 13), title, class_="name")])


def _drawn(arm: ArmCurves, colour: str, x: Linear, y: Logarithmic) -> Markup:
    seeds = [_path(one, f"seed {colour} curve", x, y) for one in arm.seeds]
    end = arm.mean.values[-1]
    mean = _path(arm.mean, f"mean {colour} curve", x, y)
    return join([*seeds, mean, dot((x(end[0]), y(end[1])), f"{colour} dot")])


def _path(one: Series, class_: str, x: Linear, y: Logarithmic) -> Markup:
    lines = [[(x(epoch), y(value)) for epoch, value in run] for run in one.runs]
    return join([polyline(points, class_) for points in lines if len(points) > 1])


def _labels(arms: Sequence[ArmCurves], x: Linear, y: Logarithmic) -> Markup:
    """Name each line at its end; a thin rule leads from a label that had to move."""
    ends: list[Point] = [(x(arm.mean.values[-1][0]), y(arm.mean.values[-1][1])) for arm in arms]
    drawn = []
    for i, (arm, end, height) in enumerate(
        zip(arms, ends, spread([at for _, at in ends]), strict=True)
    ):
        drawn.append(line(end, (RIGHT + 24, height)))
        drawn.append(dot((RIGHT + 24, height), f"{look(i)} dot"))
        words = f"{short(arm.name)}  {rate(arm.mean.values[-1][1])}"
        drawn.append(text((RIGHT + 36, height + 4), words, class_="label"))
    return join(drawn)


def spread(positions: Sequence[float]) -> list[float]:
    """Move labels apart until each has its height, as little as that takes on the whole.

    >>> spread([10.0, 10.0])
    [0.0, 20.0]
    """
    order = sorted(range(len(positions)), key=positions.__getitem__)
    moved, lowest = list(positions), float("-inf")
    for index in order:
        lowest = moved[index] = max(positions[index], lowest)
        lowest += LABEL_HEIGHT
    excess = fmean(moved) - fmean(positions)
    return [position - excess for position in moved]


def short(name: str) -> str:
    """Return a name that fits beside a chart."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _spoken(title: str, arms: Sequence[ArmCurves]) -> str:
    ends = ", ".join(f"{arm.name} ends at {rate(arm.mean.values[-1][1])}" for arm in arms)
    return f"{title} by epoch, mean over seeds: {ends}."


def forest(differences: Sequence[Difference], pictures: int) -> Markup:
    """Return one row a difference: its interval as a line, its mean as a point.

    The point is full where the verdict is certain, hollow where it is not.
    """
    bounds = [bound for one in differences for bound in one.test.interval]
    ticks = round_values(100 * min(0.0, *bounds), 100 * max(0.0, *bounds))
    x = Linear(ticks[0], ticks[-1], FOREST_LEFT, FOREST_RIGHT)
    bottom = ROW * len(differences) + 8
    rows = [_row(one, x, ROW * i + 20, pictures) for i, one in enumerate(differences)]
    said = "; ".join(f"{one.a} against {one.b}: {one.verdict}" for one in differences)
    return chart(WIDTH, bottom + 40, f"Differences: {said}.", _axis(ticks, x, bottom), *rows)


def _row(one: Difference, x: Linear, y: float, pictures: int) -> Markup:
    low, high = (x(100 * bound) for bound in one.test.interval)
    names = f"{one.a} against {one.b}"
    shown = tag("g", tip(names), text((0, y + 4), _both(one), class_="label"))
    value = signed_points(one.test.mean, places(one.test, pictures))
    return join(
        [
            shown,
            line((low, y), (high, y), "curve"),
            dot((x(100 * one.test.mean), y), "dot" if one.certain else "faultless", 4.0),
            text((FOREST_RIGHT + 32, y + 4), value, class_="label"),
        ]
    )


def _both(one: Difference) -> str:
    names = f"{one.a} against {one.b}"
    if len(names) <= 2 * LONGEST - 14:
        return names
    half = LONGEST - 12
    return " against ".join(n if len(n) <= half else f"{n[: half - 1]}…" for n in (one.a, one.b))


def _axis(ticks: Sequence[float], x: Linear, bottom: float) -> Markup:
    rules = [line((x(at), 4), (x(at), bottom), "ideal" if at == 0 else "rule") for at in ticks]
    names = [text((x(at), bottom + 16), _tick(at), "middle", "tick") for at in ticks]
    unit = text((x.end, bottom + 34), "percentage points of test accuracy", "end", "tick")
    return join([*rules, *names, unit])


def _tick(points: float) -> str:
    return tick(points).replace("-", "\N{MINUS SIGN}")


def round_values(low: float, high: float) -> list[float]:
    """Return few round values that enclose low..high, 0 among them.

    >>> round_values(-0.3, 1.1)
    [-0.5, 0.0, 0.5, 1.0, 1.5]
    """
    wanted = max(high - low, 1e-3) / (MOST_TICKS - 1)
    power = 10.0 ** floor(log10(wanted))
    step = next(s * power for s in (1, 2, 5, 10) if s * power >= wanted * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [i * step for i in range(first, max(last, first + 1) + 1)]
