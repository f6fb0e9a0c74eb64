"""and-or-xor, xor-one-unit, xor-by-hand: what one unit cannot, and three can."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Final

import numpy as np
from pydantic import Field
from pydantic.dataclasses import dataclass as validated

from pilgi.learn.labs.canvas import Canvas, Words, few_ticks, label_end
from pilgi.learn.labs.lab import Findings, Table
from pilgi.learn.labs.plane import AND, CORNERS, OR, XOR, Numbers, draw_regions, sigmoid
from pilgi.learn.methods.entry import STRICT, NoOptions

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Rate = Annotated[float, Field(gt=0, le=10)]


@dataclass(frozen=True)
class Unit:
    """z = w . x + b."""

    weights: Numbers
    bias: float

    def __call__(self, x: Numbers) -> Numbers:
        """Return z (n,) of x (n, 2)."""
        z: Numbers = x @ self.weights + self.bias
        return z

    def to_json(self) -> list[float]:
        """Return w1, w2, b."""
        return [*self.weights.tolist(), self.bias]


@validated(frozen=True, config=STRICT)
class LinearOptions:
    """learning_rate: the size of a step, unstable from 0.63. steps: full batches of four."""

    learning_rate: Annotated[float, Field(gt=0, le=0.6)] = 0.1
    steps: Annotated[int, Field(ge=1, le=100_000)] = 2000


FUNCTIONS: Final = {"AND": AND, "OR": OR, "XOR": XOR}


def least_squares(target: Numbers, options: LinearOptions) -> Unit:
    """Return the unit after gradient descent from zero on L = mean((z - y)^2).

    dL/dz = 2 (z - y) / n.
    """
    weights, bias = np.zeros(2), 0.0
    for _ in range(options.steps):
        error = CORNERS @ weights + bias - target
        weights = weights - options.learning_rate * 2 * CORNERS.T @ error / len(target)
        bias -= options.learning_rate * 2 * float(np.mean(error))
    return Unit(weights, bias)


def and_or_xor(options: LinearOptions, canvas: Canvas | None) -> Findings:
    """Let one linear unit learn each of the three functions; it answers 1 where z > 0.5."""
    units = {name: least_squares(target, options) for name, target in FUNCTIONS.items()}
    separable = {
        name: bool(((unit(CORNERS) > 0.5) == FUNCTIONS[name]).all()) for name, unit in units.items()
    }
    rows = tuple(
        (
            name,
            *(f"{z:.2f}" for z in unit(CORNERS)),
            _words(unit),
            "yes" if separable[name] else "no",
        )
        for name, unit in units.items()
    )
    figures = {
        "separable": separable,
        "outputs": {name: unit(CORNERS).tolist() for name, unit in units.items()},
        "units": {name: unit.to_json() for name, unit in units.items()},
    }
    ours = ", ".join(f"{name} {'yes' if yes else 'no'}" for name, yes in separable.items())
    columns = ("", *(f"z({x1:g}, {x2:g})>" for x1, x2 in CORNERS), "z", "separated")
    pictures = {"and-or-xor": draw_functions(units, canvas)} if canvas else {}
    return Findings(figures, f"separated: {ours}", (Table(columns, rows),), pictures=pictures)


def _words(unit: Unit) -> str:
    w1, w2 = unit.weights
    return f"{w1:.2f} x1 {w2:+.2f} x2 {unit.bias:+.2f}"


def draw_functions(units: dict[str, Unit], canvas: Canvas) -> "Figure":
    """Draw the three functions with the line that each unit has found."""
    words = Words(
        "One unit draws one line",
        "Full points should be 1, hollow ones 0. The unit's answer grows darker from 0 to 1 and\n"
        "is one half on the red line. No line parts the points of XOR: it answers 0.5 to all.",
    )
    figure, panels = canvas.panels(words, (768, 368), columns=3)
    for panel, (name, unit) in zip(panels, units.items(), strict=True):
        draw_regions(panel, unit, FUNCTIONS[name], canvas)
        panel.set_title(name)
    return figure


@validated(frozen=True, config=STRICT)
class OneUnitOptions:
    """learning_rate: the size of a step. steps: full batches of the four points."""

    learning_rate: Rate = 0.01
    steps: Annotated[int, Field(ge=1, le=100_000)] = 1001


ELSEWHERE: Final = Unit(np.array([2.0, -1.0]), 0.5)
"""A start that is not zero, to see where it goes."""


def logistic(start: Unit, options: OneUnitOptions) -> tuple[Unit, list[float]]:
    """Return the unit after gradient descent on XOR, and the loss before each step.

    L = -mean(y log p + (1 - y) log(1 - p)), p = sigmoid(z); dL/dz = (p - y) / n.
    """
    weights, bias = start.weights, start.bias
    losses = []
    for _ in range(options.steps):
        p = sigmoid(CORNERS @ weights + bias)
        losses.append(cross_entropy(p, XOR))
        weights = weights - options.learning_rate * CORNERS.T @ (p - XOR) / len(XOR)
        bias -= options.learning_rate * float(np.mean(p - XOR))
    return Unit(weights, bias), losses


def cross_entropy(p: Numbers, y: Numbers) -> float:
    """Return -mean(y log p + (1 - y) log(1 - p)), probabilities no nearer to 0 or 1 than 1e-12."""
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def one_unit(options: OneUnitOptions, canvas: Canvas | None) -> Findings:
    """Train one logistic unit on XOR from zero: every gradient cancels, so it never moves."""
    unit, losses = logistic(Unit(np.zeros(2), 0.0), options)
    p = sigmoid(unit(CORNERS))
    figures = {
        "accuracy": float(np.mean((p > 0.5) == XOR)),
        "loss": losses[-1],
        "probabilities": p.tolist(),
        "unit": unit.to_json(),
    }
    rows = tuple(
        (f"{x1:g}, {x2:g}", f"{y:g}", f"{probability:.4f}")
        for (x1, x2), y, probability in zip(CORNERS, XOR, p, strict=True)
    )
    return Findings(
        figures,
        f"{figures['accuracy']:.1f}, loss {losses[-1]:.4f}",
        (Table(("x1, x2", "XOR>", "p>"), rows),),
        (f"weights and bias after {options.steps} steps: {unit.to_json()}",),
        pictures={"xor-one-unit": draw_one_unit(unit, losses, options, canvas)} if canvas else {},
    )


def draw_one_unit(
    unit: Unit, losses: list[float], options: OneUnitOptions, canvas: Canvas
) -> "Figure":
    """Draw the flat answer, and the loss from zero and from elsewhere."""
    words = Words(
        "One unit on XOR never moves",
        "Left: the answer is 0.5 everywhere. Right: from zero the loss stays at ln 2 = 0.6931;\n"
        "from elsewhere it falls towards ln 2 and no lower: 0.5 is the best one unit can.",
    )
    figure, (left, right) = canvas.panels(words, (768, 400), columns=2, width_ratios=(2, 3))
    draw_regions(left, lambda x: sigmoid(unit(x)), XOR, canvas)
    left.set_title("p of x1 (across), x2 (up)")
    _, others = logistic(ELSEWHERE, options)
    for values, colour, name in (
        (others, canvas.palette.muted, "from elsewhere"),
        (losses, canvas.palette.ink, "from zero"),
    ):
        right.plot(values, color=colour)
        label_end(right, (len(values) - 1, values[-1]), name, colour)
    right.set(xlabel="step", ylim=(0.6, None))
    right.set_title("loss")
    few_ticks(right)
    return figure


HIDDEN: Final = (Unit(np.array([5.0, 5.0]), -8.0), Unit(np.array([-7.0, -7.0]), 3.0))
OUTPUT: Final = Unit(np.array([-11.0, -11.0]), 6.0)


def by_hand(x: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return h1, h2 and the output: three sigmoid units whose weights somebody thought out.

    h1 = AND (both), h2 = NOR (neither); the output is 1 where it is neither of the two: XOR.
    """
    h1, h2 = (sigmoid(unit(x)) for unit in HIDDEN)
    return h1, h2, sigmoid(OUTPUT(np.stack([h1, h2], axis=-1)))


def xor_by_hand(options: NoOptions, canvas: Canvas | None) -> Findings:
    """Compute XOR with three units, no learning."""
    del options
    h1, h2, output = by_hand(CORNERS)
    rounded = [int(value) for value in np.rint(output)]
    rows = tuple(
        (f"{x1:g}, {x2:g}", *(f"{value:.4f}" for value in values), str(answer))
        for (x1, x2), *values, answer in zip(CORNERS, h1, h2, output, rounded, strict=True)
    )
    return Findings(
        {"output": output.tolist(), "rounded": rounded},
        f"{', '.join(f'{value:.4f}' for value in output)}; rounded {rounded}",
        (Table(("x1, x2", "h1>", "h2>", "output>", "rounded>"), rows),),
        pictures={"xor-by-hand": draw_by_hand(canvas)} if canvas else {},
    )


def _by_hand(number: int, x: Numbers) -> Numbers:
    return by_hand(x)[number]


def draw_by_hand(canvas: Canvas) -> "Figure":
    """Draw the region of each of the three units."""
    words = Words(
        "Three units make XOR",
        "Each hidden unit draws one line: h1 is dark where both inputs are 1, h2 where neither\n"
        "is. The output is dark where neither h1 nor h2 is: between the two lines.",
    )
    figure, panels = canvas.panels(words, (768, 368), columns=3)
    names = (
        "h1 = σ(5 x1 + 5 x2 − 8)",
        "h2 = σ(−7 x1 − 7 x2 + 3)",
        "output = σ(−11 h1 − 11 h2 + 6)",
    )
    for number, (panel, name) in enumerate(zip(panels, names, strict=True)):
        target = XOR if number == 2 else None
        draw_regions(panel, partial(_by_hand, number), target, canvas)
        panel.set_title(name, fontsize=8.25)
    return figure
