"""The confusion matrix, drawn so that the diagonal does not drown the mistakes."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.report.charts.parts import chart, line, text, tip
from pilgi.report.markup import Markup, join, tag
from pilgi.report.numbers import count, plural

CHARACTER: Final = 7.5
LONGEST: Final = 14
COUNTED: Final = 40
FAINTEST, STRONGEST = 0.12, 0.6

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Grid:
    """Where the cells lie: `cell` pixels each, right of and below the class names."""

    classes: tuple[str, ...]
    cell: float
    left: float
    top: float

    @property
    def turned(self) -> bool:
        """Whether the names above the columns are too long to stand upright."""
        return max(map(len, self.classes)) * CHARACTER > self.cell

    @property
    def right(self) -> float:
        """Where the last column ends."""
        return self.left + self.cell * len(self.classes)

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.top + self.cell * len(self.classes)


def confusion_matrix(confusion: Counts, classes: tuple[str, ...]) -> Markup:
    """Return the chart: rows are the truth, columns the answers, the seal's colour the mistakes.

    A mistake's tint grows with the square root of its count, so that a single one is seen.
    """
    grid = _grid(classes)
    height = grid.bottom + 24
    cells = [
        _cell(grid, confusion, row, column)
        for row, column in zip(*np.nonzero(confusion), strict=True)
    ]
    return chart(
        grid.right + 88, height, _spoken(confusion), _frame(grid), *cells, _names(grid, confusion)
    )


def _grid(classes: tuple[str, ...]) -> Grid:
    k = len(classes)
    cell = 40.0 if k <= 12 else 28.0 if k <= COUNTED else 14.0
    longest = min(LONGEST, max(map(len, classes))) * CHARACTER
    top = 32 + (longest * 0.75 if longest > cell else 16)
    return Grid(classes, cell, max(40.0, longest + 16), top)


def _frame(grid: Grid) -> Markup:
    steps = [i * grid.cell for i in range(len(grid.classes) + 1)]
    rows = [line((grid.left, grid.top + at), (grid.right, grid.top + at)) for at in steps]
    columns = [line((grid.left + at, grid.top), (grid.left + at, grid.bottom)) for at in steps]
    return join(rows + columns)


def _cell(grid: Grid, confusion: Counts, row: int, column: int) -> Markup:
    n = int(confusion[row, column])
    x, y = grid.left + column * grid.cell, grid.top + row * grid.cell
    right = row == column
    truth, answer = grid.classes[row], grid.classes[column]
    said = f"{truth} read rightly" if right else f"{truth} taken for {answer}"
    parts = [tip(f"{said}: {plural(n, 'time')}")]
    parts.append(_paper(x, y, grid.cell) if right else _tint(x, y, grid.cell, _share(n, confusion)))
    if len(grid.classes) <= COUNTED:
        size = "right" if right else "wrong"
        name = f"{size} small" if grid.cell < 40 else size
        centre = (x + grid.cell / 2, y + grid.cell / 2 + 4.5)
        parts.append(text(centre, _short(n), "middle", name))
    return tag("g", *parts)


def _share(n: int, confusion: Counts) -> float:
    mistakes = confusion - np.diag(confusion.diagonal())
    return FAINTEST + (STRONGEST - FAINTEST) * sqrt(n / int(mistakes.max()))


def _tint(x: float, y: float, cell: float, share: float) -> Markup:
    return tag("rect", x=x, y=y, width=cell, height=cell, class_="tint", fill_opacity=share)


def _paper(x: float, y: float, cell: float) -> Markup:
    return tag("rect", x=x, y=y, width=cell, height=cell, class_="diagonal")


def _short(n: int) -> str:
    """Counts of five digits and more do not fit a cell: 12,345 becomes 12k."""
    return str(n) if n < 10_000 else f"{n // 1000}k"


def _names(grid: Grid, confusion: Counts) -> Markup:
    middle = grid.cell / 2
    wrong = confusion.sum(axis=1) - confusion.diagonal()
    drawn = [
        text((0, 13), "down: the truth · across: the answer", class_="tick"),
        text((grid.right + 12, grid.top - 10), "missed", class_="tick"),
    ]
    for i, name in enumerate(grid.classes):
        across, down = grid.left + i * grid.cell + middle, grid.top + i * grid.cell + middle + 4.5
        drawn.append(text((grid.left - 10, down), _cut(name), "end", "label"))
        drawn.append(_above(grid, across, _cut(name)))
        drawn.append(text((grid.right + 12, down), _missed(int(wrong[i])), class_="label"))
    return join(drawn)


def _above(grid: Grid, x: float, name: str) -> Markup:
    if not grid.turned:
        return text((x, grid.top - 10), name, "middle", "label")
    at = f"translate({x:.1f} {grid.top - 10:.1f}) rotate(-45)"
    return tag("text", name, transform=at, class_="label")


def _missed(wrong: int) -> str:
    return "–" if wrong == 0 else count(wrong)


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _spoken(confusion: Counts) -> str:
    wrong = int(confusion.sum() - confusion.trace())
    return (
        f"Confusion matrix of {len(confusion)} classes: {plural(wrong, 'mistake')} among "
        f"{plural(int(confusion.sum()), 'picture')}. The table below holds every count."
    )
