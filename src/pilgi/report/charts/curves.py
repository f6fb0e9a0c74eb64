"""Learning curves: training in ink, validation in the seal's colour, one value an epoch."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

from pilgi.report.charts.parts import Point, apart, chart, dot, line, polyline, text
from pilgi.report.charts.scale import Linear, Logarithmic, logarithmic, whole_numbers
from pilgi.report.markup import Markup, join

WIDTH: Final = 416.0
HEIGHT: Final = 272.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 320.0, 24.0, 232.0
LABEL_HEIGHT: Final = 36.0
PARTS: Final = ("train", "validation")
NAMES: Final = {"train": "training", "validation": "validation"}

Write = Callable[[float], str]


@dataclass(frozen=True)
class Unit:
    """How a figure is written: round values beside the axis, measured ones at a line's end."""

    tick: Write
    value: Write


@dataclass(frozen=True)
class Series:
    """The values of one part by epoch; epochs without a finite value are left out."""

    part: str
    values: tuple[tuple[int, float], ...]

    @property
    def runs(self) -> list[list[tuple[int, float]]]:
        """The values in runs of consecutive epochs: a gap in the history is a gap in the line."""
        runs: list[list[tuple[int, float]]] = []
        for epoch, value in self.values:
            if runs and runs[-1][-1][0] == epoch - 1:
                runs[-1].append((epoch, value))
            else:
                runs.append([(epoch, value)])
        return runs

    def complement(self) -> "Series":
        """Return 1 - value: error rates from accuracies."""
        return Series(self.part, tuple((epoch, 1 - value) for epoch, value in self.values))


def series(history: Sequence[Mapping[str, Any]], key: str) -> list[Series]:
    """Return the parts that have any finite value under `key` ("loss", "accuracy")."""
    found = [Series(part, _values(history, part, key)) for part in PARTS]
    return [one for one in found if one.values]


def _values(
    history: Sequence[Mapping[str, Any]], part: str, key: str
) -> tuple[tuple[int, float], ...]:
    pairs = ((int(row["epoch"]), (row.get(part) or {}).get(key)) for row in history)
    return tuple((epoch, float(v)) for epoch, v in pairs if v is not None and isfinite(v))


def curves(title: str, parts: Sequence[Series], unit: Unit, kept: int | None = None) -> Markup:
    """Return the chart of one figure by epoch, on a logarithmic scale.

    kept: the epoch whose weights were kept.
    """
    if not parts:
        return Markup("")
    last = max(epoch for one in parts for epoch, _ in one.values)
    x = Linear(1, last, LEFT + 8, RIGHT) if last > 1 else Linear(0, 1, LEFT, RIGHT)
    y = logarithmic([value for one in parts for _, value in one.values], BOTTOM, TOP + 16)
    drawn = [_frame(title, x, y, unit.tick, last)]
    drawn += [_kept(x, kept)] if kept and last > 1 else []
    drawn += [_drawn(one, x, y) for one in parts]
    drawn += [_ends(parts, x, y, unit.value)]
    return chart(WIDTH, HEIGHT, _spoken(title, parts, unit.value), *drawn)


def _frame(title: str, x: Linear, y: Logarithmic, write: Write, last: int) -> Markup:
    rules = [line((LEFT, y(at)), (RIGHT, y(at))) for at in y.ticks]
    names = [text((LEFT - 8, y(at) + 4), write(at), "end", "tick") for at in y.ticks]
    epochs = [
        text((x(epoch), BOTTOM + 20), str(epoch), "middle", "tick") for epoch in whole_numbers(last)
    ]
    unit = text((RIGHT, BOTTOM + 36), "epoch", "end", "tick")
    return join([*rules, *names, *epochs, unit, text((0, 13), title, class_="name")])


def _kept(x: Linear, epoch: int) -> Markup:
    at = x(epoch)
    return join(
        [
            line((at, TOP + 8), (at, BOTTOM), "kept"),
            text((at, TOP + 2), "kept", "middle", "tick"),
        ]
    )


def _drawn(one: Series, x: Linear, y: Logarithmic) -> Markup:
    lines = [[(x(epoch), y(value)) for epoch, value in run] for run in one.runs]
    single = [dot(points[0], f"{one.part} dot", 2.5) for points in lines if len(points) == 1]
    return join([*(polyline(points, f"{one.part} curve") for points in lines), *single])


def _ends(parts: Sequence[Series], x: Linear, y: Logarithmic, write: Write) -> Markup:
    ends: list[Point] = [(x(one.values[-1][0]), y(one.values[-1][1])) for one in parts]
    heights = apart([at for _, at in ends], LABEL_HEIGHT)
    drawn: list[Markup] = []
    for one, end, height in zip(parts, ends, heights, strict=True):
        drawn.append(dot(end, f"{one.part} dot"))
        drawn.append(text((RIGHT + 12, height), NAMES[one.part], class_=f"{one.part} label"))
        drawn.append(text((RIGHT + 12, height + 16), write(one.values[-1][1]), class_="tick"))
    return join(drawn)


def _spoken(title: str, parts: Sequence[Series], write: Write) -> str:
    ends = ", ".join(f"{NAMES[one.part]} ends at {write(one.values[-1][1])}" for one in parts)
    return f"{title} by epoch: {ends}. The table below holds every value."
