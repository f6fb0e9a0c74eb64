"""xor-deep, xor-deep-board: a deep net of sigmoid units learns XOR, watched."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final

import numpy as np
from pydantic import Field
from pydantic.dataclasses import dataclass as validated

from pilgi.learn.labs.canvas import Canvas, Words, bare, few_ticks, label_end
from pilgi.learn.labs.lab import Findings, Table
from pilgi.learn.labs.plane import CORNERS, XOR, Numbers, draw_regions
from pilgi.learn.labs.sigmoid_net import Net, descend, forward, fresh, output
from pilgi.learn.labs.xor import cross_entropy
from pilgi.learn.methods.entry import STRICT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Count = Annotated[int, Field(ge=0)]
Steps = Annotated[int, Field(ge=1, le=200_000)]
Rate = Annotated[float, Field(gt=0, le=100)]
Widths = Annotated[
    tuple[Annotated[int, Field(ge=1, le=100)], ...], Field(min_length=1, max_length=8)
]

CELL: Final = 22
"""The side of a weight in pixels."""


@validated(frozen=True, config=STRICT)
class DeepOptions:
    """widths: hidden units, layer by layer. learning_rate, steps: of SGD on all four points.

    seed: of the initial weights and biases, normal(0, 1).
    """

    widths: Widths = (10, 10, 10)
    learning_rate: Rate = 0.01
    steps: Steps = 20_000
    seed: Count = 0


@validated(frozen=True, config=STRICT)
class BoardOptions:
    """widths, learning_rate, steps, seed: as in xor-deep. interval: steps between histograms."""

    widths: Widths = (10, 10, 10)
    learning_rate: Rate = 0.01
    steps: Steps = 3000
    seed: Count = 0
    interval: Annotated[int, Field(ge=1)] = 1


def train(net: Net, options: DeepOptions | BoardOptions) -> Iterator[tuple[int, list[Numbers]]]:
    """Yield each step's number and the layers' outputs before it; last, those after the end."""
    for step in range(options.steps):
        outputs = forward(net, CORNERS)
        yield step, outputs
        descend(net, outputs, options.learning_rate)
    yield options.steps, forward(net, CORNERS)


@dataclass(frozen=True)
class History:
    """losses: (step, loss), sparsely. snapshots: the net at some steps, the last one included."""

    losses: list[tuple[int, float]]
    snapshots: dict[int, Net]


def watch(
    net: Net,
    training: Iterable[tuple[int, list[Numbers]]],
    options: DeepOptions | BoardOptions,
    every: int,
) -> History:
    """Run the training to its end, noting the loss each `every` steps and six snapshots."""
    kept = {round(options.steps * share) for share in (0, 0.1, 0.25, 0.5, 0.75, 1)}
    history = History([], {})
    for step, outputs in training:
        if step % every == 0 or step == options.steps:
            history.losses.append((step, cross_entropy(outputs[-1][:, 0], XOR)))
        if step in kept:
            history.snapshots[step] = [layer.copy() for layer in net]
    return history


def xor_deep(options: DeepOptions, canvas: Canvas | None) -> Findings:
    """Train the net and say how many of the four answers are right."""
    net = fresh(options.widths, options.seed)
    history = watch(net, train(net, options), options, max(1, options.steps // 200))
    pictures = _pictures(history, options, canvas) if canvas else {}
    return _findings(history, options, pictures)


def xor_deep_board(options: BoardOptions, canvas: Canvas | None) -> Findings:
    """Train the net, writing what TensorBoard shows into the canvas's folder, `tensorboard`."""
    net = fresh(options.widths, options.seed)
    training = train(net, options)
    if canvas is None:
        return _findings(watch(net, training, options, 50), options, {})
    from pilgi.learn.labs.board import Board

    with Board(canvas.folder / "tensorboard", options.interval) as board:
        history = watch(net, board.recorded(net, training), options, 50)
    line = f"tensorboard --logdir {board.folder} shows every weight, bias and layer"
    return _findings(history, options, _pictures(history, options, canvas), (line,))


def _findings(
    history: History,
    options: DeepOptions | BoardOptions,
    pictures: Mapping[str, "Figure"],
    lines: tuple[str, ...] = (),
) -> Findings:
    p = output(history.snapshots[options.steps], CORNERS)
    accuracy, loss = float(np.mean((p > 0.5) == XOR)), history.losses[-1][1]
    rows = tuple(_row(step, net) for step, net in history.snapshots.items())
    figures: dict[str, Any] = {
        "accuracy": accuracy,
        "loss": loss,
        "probabilities": p.tolist(),
        "losses": [[step, loss] for step, loss in history.losses],
    }
    columns = ("step>", *(f"p({x1:g}, {x2:g})>" for x1, x2 in CORNERS), "right>", "loss>")
    ours = f"accuracy {accuracy:.2f}, loss {loss:.4f}"
    return Findings(figures, ours, (Table(columns, rows),), lines, pictures)


def _row(step: int, net: Net) -> tuple[str, ...]:
    p = output(net, CORNERS)
    right = int(np.sum((p > 0.5) == XOR))
    shown = (f"{value:.3f}" for value in p)
    return (str(step), *shown, f"{right} of 4", f"{cross_entropy(p, XOR):.4f}")


def _pictures(
    history: History, options: DeepOptions | BoardOptions, canvas: Canvas
) -> dict[str, "Figure"]:
    return {
        "regions": draw_learning(history, canvas),
        "loss": draw_loss(history, canvas),
        "weights": draw_weights(history, options, canvas),
    }


def draw_learning(history: History, canvas: Canvas) -> "Figure":
    """Draw the regions at each snapshot."""
    words = Words(
        "A deep net bends its line around XOR",
        "Each square is all the inputs there are: dark where the net answers 1, red where it is\n"
        "at one half. Full points should be 1, hollow ones 0.",
    )
    figure, panels = canvas.panels(words, (768, 608), 2, 3)
    for panel in panels:
        bare(panel)
    for panel, (step, net) in zip(panels, history.snapshots.items(), strict=False):
        draw_regions(panel, partial(output, net), XOR, canvas)
        panel.set_title(f"step {step:,}")
    return figure


def draw_loss(history: History, canvas: Canvas) -> "Figure":
    """Draw the loss by step, with ln 2, the loss of knowing nothing."""
    words = Words(
        "The loss, and the long plain before it falls",
        "The dotted line is ln 2 = 0.693: the loss of answering one half to everything.",
    )
    figure, (axes,) = canvas.panels(words, (768, 352))
    axes.axhline(np.log(2), color=canvas.palette.muted, linestyle=":", linewidth=0.75)
    label_end(axes, (history.losses[-1][0] * 1.05, np.log(2)), "ln 2", canvas.palette.muted)
    axes.plot(*zip(*history.losses, strict=True), "-")
    axes.set(xlabel="step", ylim=(0, None))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    few_ticks(axes)
    return figure


def draw_weights(history: History, options: DeepOptions | BoardOptions, canvas: Canvas) -> "Figure":
    """Draw every layer's weights and biases as they started and as they ended."""
    words = Words(
        "The weights, before and after",
        "A row of a square is an input, a column a unit, the row apart its bias; black is\n"
        "positive, red negative. Much of what training found was there by chance: compare the two.",
    )
    count = len(options.widths) + 1
    ends = history.snapshots[0], history.snapshots[options.steps]
    reach = max(float(np.abs(layer.weights).max()) for net in ends for layer in net)
    tallest = max(2, *options.widths) + 2
    widths = [max(4, len(layer.biases)) for layer in ends[0]]
    size = (max(640, CELL * sum(widths) + 32 * count), 2 * (CELL * tallest + 32) + 112)
    figure, panels = canvas.panels(words, size, 2, count, width_ratios=widths)
    layers = [
        (when, *one)
        for when, net in zip(("before", "after"), ends, strict=True)
        for one in enumerate(net, 1)
    ]
    for panel, (when, number, layer) in zip(panels, layers, strict=True):
        gap = np.full((1, len(layer.biases)), np.nan)
        shown = np.concatenate([layer.weights, gap, layer.biases[None]])
        panel.imshow(shown, cmap=canvas.signed_map, vmin=-reach, vmax=reach)
        panel.set_xlim(-0.5, widths[number - 1] - 0.5)
        panel.set_anchor("NW")
        bare(panel)
        panel.set_title(f"layer {number}, {when}", fontsize=8.25)
    return figure
