"""conv, conv-binary: a filter slides over a picture.

y(i, j) = sum_uv k(u, v) x(i s + u - p, j s + v - p), stride s, p zeros of padding around x. (The
field calls it convolution; as the filter is not turned round, it is a cross-correlation.)
"""

from typing import TYPE_CHECKING, Annotated, Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from pydantic.dataclasses import dataclass as validated

from pilgi.learn.labs.canvas import Canvas, Words, bare
from pilgi.learn.labs.lab import Findings
from pilgi.learn.methods.entry import STRICT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Grid = NDArray[np.int64]


def grid(rows: str) -> Grid:
    """Return a grid of digits: grid("12/34") is [[1, 2], [3, 4]]."""
    return np.array([[int(digit) for digit in row] for row in rows.split("/")])


PICTURE: Final = grid("1230/0123/3012/2301")
FILTER: Final = grid("201/012/102")
BINARY_PICTURE: Final = grid("11100/01110/00111/00110/01100")
BINARY_FILTER: Final = grid("101/010/101")

Stride = Annotated[int, Field(ge=1, le=3)]
Padding = Annotated[int, Field(ge=0, le=2)]


@validated(frozen=True, config=STRICT)
class ConvOptions:
    """stride: cells a step. padding: zeros around the picture, the second time it is slid."""

    stride: Stride = 1
    padding: Padding = 1


@validated(frozen=True, config=STRICT)
class BinaryOptions:
    """stride: cells a step. padding: zeros around the picture."""

    stride: Stride = 1
    padding: Padding = 0


def convolve(picture: NDArray[Any], kernel: NDArray[Any], stride: int = 1) -> NDArray[Any]:
    """Return y(i, j) = sum_uv k(u, v) x(i s + u, j s + v), every place where the filter fits."""
    side = kernel.shape[0]
    places = np.lib.stride_tricks.sliding_window_view(picture, (side, side))[::stride, ::stride]
    answer: NDArray[Any] = (places * kernel).sum(axis=(2, 3))
    return answer


def conv(options: ConvOptions, canvas: Canvas | None) -> Findings:
    """Slide the 3x3 filter over the 4x4 picture, without padding and then with it."""
    padded = np.pad(PICTURE, options.padding)
    answers = {
        "no_padding": convolve(PICTURE, FILTER, options.stride),
        "padded": convolve(padded, FILTER, options.stride),
    }
    pictures = {}
    if canvas:
        for name, one in (("no-padding", PICTURE), ("padded", padded)):
            pictures[name] = draw_sliding(one, FILTER, options.stride, canvas)
    return Findings(
        {name: answer.tolist() for name, answer in answers.items()},
        "; ".join(written(answer) for answer in answers.values()),
        lines=(
            "no padding:",
            *written(answers["no_padding"], "\n").split("\n"),
            f"padding {options.padding}:",
            *written(answers["padded"], "\n").split("\n"),
        ),
        pictures=pictures,
    )


def conv_binary(options: BinaryOptions, canvas: Canvas | None) -> Findings:
    """Slide a 3x3 filter of zeros and ones over a 5x5 picture, and say each step."""
    picture = np.pad(BINARY_PICTURE, options.padding)
    answer = convolve(picture, BINARY_FILTER, options.stride)
    steps = [
        f"step {number}: rows {row * options.stride}..{row * options.stride + 2}, "
        f"columns {column * options.stride}..{column * options.stride + 2} give {value}"
        for number, ((row, column), value) in enumerate(np.ndenumerate(answer), 1)
    ]
    drawn = draw_sliding(picture, BINARY_FILTER, options.stride, canvas) if canvas else None
    return Findings(
        {"first": int(answer.flat[0]), "all": answer.tolist()},
        f"{answer.flat[0]} first; {written(answer, '/', '')}",
        lines=(*steps, *written(answer, "\n").split("\n")),
        pictures={"sliding": drawn} if drawn else {},
    )


def written(answer: Grid, between_rows: str = " / ", between: str = " ") -> str:
    """Return a grid in text, numbers flush right."""
    width = max(len(str(value)) for value in answer.flat) if "\n" in between_rows else 0
    rows = (between.join(f"{value:>{width}}" for value in row) for row in answer.tolist())
    return between_rows.join(rows)


CELL: Final = 32
"""The side of a cell in pixels."""

Place = tuple[int, int]


def draw_sliding(picture: Grid, kernel: Grid, stride: int, canvas: Canvas) -> "Figure":
    """Draw one panel a step: the window on the picture, and the answers so far beside it."""
    answer = convolve(picture, kernel, stride)
    words = Words(
        f"A {len(kernel)}x{len(kernel)} filter slides, {answer.size} steps",
        "In the frame: picture × filter, cell by cell; their sum is the new number on the right.\n"
        "The same few weights look at every place.",
    )
    columns = min(answer.shape[1], 4)
    rows = -(-answer.size // columns)
    width = len(picture) + 1 + len(answer)
    size = (columns * (width + 1) * CELL, rows * (len(picture) + 2) * CELL + 96)
    figure, panels = canvas.panels(words, size, rows, columns)
    for step, panel in enumerate(panels):
        bare(panel)
        if step < answer.size:
            _draw_step(panel, (picture, kernel, answer), (step, stride), canvas)
    return figure


def _draw_step(
    axes: "Axes", grids: tuple[Grid, Grid, Grid], moment: tuple[int, int], canvas: Canvas
) -> None:
    picture, kernel, answer = grids
    step, stride = moment
    row, column = divmod(step, answer.shape[1])
    top, left = row * stride, column * stride
    beside = picture.shape[1] + 1
    axes.set(
        xlim=(-0.1, beside + answer.shape[1] + 0.1),
        ylim=(len(picture) + 0.1, -0.1),
        aspect="equal",
    )
    axes.set_title(f"{step + 1}", color=canvas.palette.muted, fontsize=8.25)
    for place, value in np.ndenumerate(picture):
        _cell(axes, (place[0], place[1]), str(value), canvas.palette.muted, canvas)
    for (u, v), weight in np.ndenumerate(kernel):
        _weight(axes, (top + u, left + v), int(weight), canvas)
    _frame(axes, (top, left), len(kernel), canvas)
    for number, (place, value) in enumerate(np.ndenumerate(answer)):
        words = str(value) if number <= step else ""
        colour = canvas.palette.seal if number == step else canvas.palette.ink
        _cell(axes, (place[0], place[1] + beside), words, colour, canvas)


def _cell(axes: "Axes", place: Place, words: str, colour: str, canvas: Canvas) -> None:
    from matplotlib.patches import Rectangle

    row, column = place
    axes.add_patch(Rectangle((column, row), 1, 1, fill=False, edgecolor=canvas.palette.line))
    axes.text(column + 0.45, row + 0.45, words, ha="center", va="center", color=colour)


def _weight(axes: "Axes", place: Place, weight: int, canvas: Canvas) -> None:
    """Write the filter's weight small into the corner of the cell that it multiplies."""
    row, column = place
    axes.text(
        column + 0.93,
        row + 0.95,
        f"×{weight}",
        ha="right",
        va="bottom",
        color=canvas.palette.seal,
        fontsize=6,
    )


def _frame(axes: "Axes", corner: Place, side: int, canvas: Canvas) -> None:
    from matplotlib.patches import Rectangle

    row, column = corner
    frame = Rectangle(
        (column, row),
        side,
        side,
        fill=False,
        edgecolor=canvas.palette.seal,
        linewidth=1.1,
        zorder=3,
    )
    axes.add_patch(frame)
