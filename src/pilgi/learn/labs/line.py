"""line: one linear unit learns y = 1 - x from four points.

Full batches (inferred: four points fit into any batch), starting from weight and bias 0
(inferred). With X = (x, 1), the loss L = mean((X v - y)^2) has the gradient 2 X^T (X v - y) / n,
and each epoch is v -= e dL/dv.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

import numpy as np
from pydantic import Field
from pydantic.dataclasses import dataclass as validated

from pilgi.learn.labs.canvas import Canvas, Words, few_ticks, label_end, minus
from pilgi.learn.labs.lab import Findings, Table, finite
from pilgi.learn.methods.entry import STRICT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

X: Final = np.array([1.0, 2.0, 3.0, 4.0])
Y: Final = np.array([0.0, -1.0, -2.0, -3.0])
Start = Annotated[float, Field(ge=-1000, le=1000)]


@validated(frozen=True, config=STRICT)
class LineOptions:
    """learning_rate: from 0.12 it diverges. epochs: steps. weight, bias: the start. x: asked."""

    learning_rate: Annotated[float, Field(gt=0, le=1)] = 0.1
    epochs: Annotated[int, Field(ge=1, le=20_000)] = 200
    weight: Start = 0.0
    bias: Start = 0.0
    x: Start = 5.0


@dataclass(frozen=True)
class Path:
    """The weight, the bias and the loss before each epoch and after the last."""

    weights: list[float]
    biases: list[float]
    losses: list[float]


def descend(options: LineOptions) -> Path:
    """Return the path of gradient descent; raises DivergedError where it runs away."""
    path = Path([], [], [])
    weight, bias = options.weight, options.bias
    for epoch in range(options.epochs + 1):
        error = weight * X + bias - Y
        path.weights.append(weight)
        path.biases.append(bias)
        path.losses.append(finite(float(np.mean(error**2)), epoch))
        weight -= options.learning_rate * 2 * float(np.mean(error * X))
        bias -= options.learning_rate * 2 * float(np.mean(error))
    return path


def run(options: LineOptions, canvas: Canvas | None) -> Findings:
    """Learn the line and ask it for y at `x`."""
    with np.errstate(over="ignore"):
        path = descend(options)
    weight, bias, loss = path.weights[-1], path.biases[-1], path.losses[-1]
    prediction = weight * options.x + bias
    figures = {"prediction": prediction, "weight": weight, "bias": bias, "loss": loss}
    kept = [0, *(epoch for epoch in (1, 2, 10, 50, 100) if epoch < options.epochs), options.epochs]
    rows = tuple(
        (
            str(epoch),
            f"{path.weights[epoch]:.4f}",
            f"{path.biases[epoch]:.4f}",
            f"{path.losses[epoch]:.3g}",
            f"{path.weights[epoch] * options.x + path.biases[epoch]:.4f}",
        )
        for epoch in kept
    )
    return Findings(
        figures,
        f"{prediction:.3f} after {options.epochs} epochs",
        (Table(("epoch>", "weight>", "bias>", "loss>", f"y at x = {options.x:g}>"), rows),),
        pictures={"line": draw(path, options, kept, canvas)} if canvas else {},
    )


def draw(path: Path, options: LineOptions, kept: list[int], canvas: Canvas) -> "Figure":
    """Draw the line as it turns into place, and the loss."""
    words = Words(
        "One linear unit finds y = 1 − x",
        "Left: the line after some epochs, ever darker; the ring is the answer at a new x.\n"
        "Right: the loss falls quickly along the steep direction, then slowly along the flat one.",
    )
    figure, (left, right) = canvas.panels(words, (768, 384), columns=2)
    _lines(left, path, options, kept, canvas)
    right.plot(np.maximum(path.losses, 1e-16))
    right.set(yscale="log", xlabel="epoch")
    right.set_title("loss")
    right.locator_params(axis="x", nbins=5)
    return figure


def _lines(axes: "Axes", path: Path, options: LineOptions, kept: list[int], canvas: Canvas) -> None:
    ends = np.array([min(0.5, options.x), max(4.5, options.x) + 0.3])
    for rank, epoch in enumerate(kept):
        y = path.weights[epoch] * ends + path.biases[epoch]
        colour = canvas.between(rank / max(1, len(kept) - 1))
        axes.plot(ends, y, "-", color=colour)
        if epoch in (0, options.epochs):
            shade = canvas.palette.ink if epoch else canvas.palette.muted
            label_end(axes, (ends[1], y[1]), f"epoch {epoch}", shade)
    axes.plot(X, Y, "o", color=canvas.palette.ink)
    answer = path.weights[-1] * options.x + path.biases[-1]
    axes.plot(options.x, answer, "o", color=canvas.palette.seal, fillstyle="none", markersize=8)
    axes.annotate(
        minus(f"{answer:.3f}"),
        (options.x, answer),
        xytext=(-10, -8),
        textcoords="offset points",
        ha="right",
        color=canvas.palette.seal,
    )
    axes.set_title("y by x")
    few_ticks(axes, 6, 5)
