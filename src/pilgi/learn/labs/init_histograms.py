"""init-histograms: what the initial weights alone do to a deep net's activations.

1,000 inputs x ~ N(0, 1) of 100 numbers go through five layers (inferred) of 100 units, h_i =
f(W_i h_(i-1)), nothing is learnt. Wide sigmoid weights push every unit to 0 or 1, where its slope
h (1 - h) is nothing; narrow ones leave all units alike; Xavier's 1/sqrt(n) keeps a spread. ReLU
halves the variance at each layer, so Xavier fades, and He's sqrt(2/n) does not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch import Tensor

from pilgi.learn import rng
from pilgi.learn.labs.canvas import Canvas, Words
from pilgi.learn.labs.lab import Findings, Table
from pilgi.learn.methods import ACTIVATIONS, INITIALIZERS
from pilgi.learn.methods.entry import STRICT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@validated(frozen=True, config=STRICT)
class HistogramOptions:
    """layers: how deep. width: inputs and units a layer. inputs: how many. seed: of all draws."""

    layers: Annotated[int, Field(ge=1, le=10)] = 5
    width: Annotated[int, Field(ge=2, le=1000)] = 100
    inputs: Annotated[int, Field(ge=10, le=10_000)] = 1000
    seed: Annotated[int, Field(ge=0)] = 0


@dataclass(frozen=True)
class Case:
    """An activation with an initializer, both by their names in the methods' tables."""

    activation: str
    initializer: str
    settings: Mapping[str, Any]
    name: str


CASES: Final = (
    Case("sigmoid", "normal", {"std": 1.0}, "sigmoid, std 1"),
    Case("sigmoid", "normal", {"std": 0.01}, "sigmoid, std 0.01"),
    Case("sigmoid", "xavier", {}, "sigmoid, Xavier"),
    Case("relu", "normal", {"std": 0.01}, "ReLU, std 0.01"),
    Case("relu", "xavier", {}, "ReLU, Xavier"),
    Case("relu", "he_normal", {}, "ReLU, He"),
)


def activations(case: Case, options: HistogramOptions) -> list[Tensor]:
    """Return each layer's output (inputs, width); every case starts from the same draws."""
    entry = INITIALIZERS[case.initializer]
    fill = entry.build(entry.Options(**case.settings))
    activation = ACTIVATIONS[case.activation]
    function = activation.build(activation.Options())
    draws = rng.generator(options.seed, "order")
    hidden = torch.randn(options.inputs, options.width, generator=draws)
    outputs = []
    for layer in range(options.layers):
        weight = torch.empty(options.width, options.width)
        fill(weight, rng.generator(options.seed, "weights", layer))
        hidden = function(hidden @ weight.T)
        outputs.append(hidden)
    return outputs


def spread(output: Tensor, activation: str) -> dict[str, float]:
    """Return mean, standard deviation, and the share of units stuck.

    Stuck is a slope below 1 % of the activation's largest: a sigmoid within 0.0025 of 0 or 1, a
    ReLU at 0.
    """
    at_an_end = (output < 0.0025) | (output > 0.9975)
    stuck = at_an_end if activation == "sigmoid" else output == 0
    return {
        "mean": output.mean().item(),
        "std": output.std().item(),
        "stuck": stuck.float().mean().item(),
    }


def run(options: HistogramOptions, canvas: Canvas | None) -> Findings:
    """Send the inputs through every case and say how the last layer is spread."""
    layers = {case.name: activations(case, options) for case in CASES}
    figures = {
        case.name: [spread(output, case.activation) for output in layers[case.name]]
        for case in CASES
    }
    rows = tuple(
        (name, *(f"{at['mean']:.2g} ± {at['std']:.2g}" for at in spreads))
        for name, spreads in figures.items()
    )
    columns = ("mean ± deviation", *(f"layer {n}>" for n in range(1, options.layers + 1)))
    last = ", ".join(f"{name}: {spreads[-1]['std']:.2g}" for name, spreads in figures.items())
    return Findings(
        figures,
        f"deviation of the last layer, {last}",
        (Table(columns, rows),),
        pictures={"histograms": draw(layers, canvas)} if canvas else {},
    )


CEILING: Final = 0.12
"""The share at which a bar is cut off and its height written beside it."""
REACH: Final = {"sigmoid": 1.0, "relu": 3.0}
"""What the histograms reach to; larger values are gathered in the last bar."""
BARS: Final = 40


def draw(layers: Mapping[str, list[Tensor]], canvas: Canvas) -> "Figure":
    """Draw a row a case, a histogram a layer, every height by the same scale."""
    words = Words(
        "What the first weights do to every layer",
        "A good start keeps every layer's histogram wide. All in one place means that the\n"
        "units are alike (narrow weights) or stuck at an end (wide ones). Red: bars cut off here.",
    )
    columns = len(next(iter(layers.values())))
    size = (max(640, 168 * columns), 128 * len(CASES) + 112)
    figure, panels = canvas.panels(words, size, len(CASES), columns)
    for row, case in enumerate(CASES):
        rank = panels[row * columns : (row + 1) * columns]
        rank[0].set_title(case.name)
        for number, (panel, output) in enumerate(zip(rank, layers[case.name], strict=True), 1):
            _histogram(panel, output, REACH[case.activation], canvas)
            if case is CASES[-1]:
                panel.set_xlabel(f"layer {number}")
    return figure


def _histogram(axes: "Axes", output: Tensor, reach: float, canvas: Canvas) -> None:
    values = np.clip(output.numpy().ravel(), 0, reach)
    counts, edges = np.histogram(values, bins=BARS, range=(0, reach))
    shares = counts / len(values)
    axes.stairs(shares, edges, fill=True, color=canvas.palette.ink)
    axes.set(xlim=(0, reach), ylim=(0, CEILING), xticks=[0, reach], yticks=[])
    axes.spines["left"].set_visible(False)
    for peak in _cut_off(shares):
        share = float(shares[peak].sum())
        _label_peak(axes, edges[peak.start], edges[peak.stop], f"{share:.0%}", canvas)


def _cut_off(shares: NDArray[np.float64]) -> Iterator[slice]:
    """Yield each run of neighbouring bars that are taller than the ceiling."""
    for tall, run in groupby(range(BARS), lambda bar: bool(shares[bar] > CEILING)):
        bars = list(run)
        if tall:
            yield slice(bars[0], bars[-1] + 1)


def _label_peak(axes: "Axes", left: float, right: float, words: str, canvas: Canvas) -> None:
    inside = right < 0.8 * axes.get_xlim()[1]
    axes.annotate(
        words.replace("%", " %"),
        (right if inside else left, CEILING * 0.96),
        xytext=(4 if inside else -4, 0),
        textcoords="offset points",
        ha="left" if inside else "right",
        va="top",
        color=canvas.palette.seal,
        fontsize=8.25,
    )
