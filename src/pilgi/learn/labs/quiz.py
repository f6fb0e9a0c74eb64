"""quiz: what is learning? Two rules found from pairs, and then used on a number never seen.

x = 1, 2 go with y = 2, 4: what goes with 3? And 1, 2, 3 go with 1, -1, -2 with 0: what with -3?
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import Field
from pydantic.dataclasses import dataclass as validated

from pilgi.learn.labs.canvas import Canvas, Words, few_ticks, minus
from pilgi.learn.labs.lab import Findings, Table
from pilgi.learn.methods.entry import STRICT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Pairs = Sequence[tuple[float, float]]

DOUBLES: Final[Pairs] = ((1, 2), (2, 4))
SIGNS: Final[Pairs] = ((1, 1), (2, 1), (3, 1), (-1, 0), (-2, 0))
ASKED: Final = (3, -3)


@validated(frozen=True, config=STRICT)
class QuizOptions:
    """learning_rate: the size of a step. epochs: passes over the pairs."""

    learning_rate: Annotated[float, Field(gt=0, le=0.4)] = 0.1
    epochs: Annotated[int, Field(ge=1, le=10_000)] = 100


def learn_slope(pairs: Pairs, options: QuizOptions) -> float:
    """Return w of y = w x, from w = 0: w -= e (w x - y) x, pair by pair."""
    w = 0.0
    for _ in range(options.epochs):
        for x, y in pairs:
            w -= options.learning_rate * (w * x - y) * x
    return w


def learn_step(pairs: Pairs, options: QuizOptions) -> tuple[float, float]:
    """Return w, b of y = [w x + b > 0], from 0 and 0: w += e (y - [w x + b > 0]) x, likewise b."""
    w = b = 0.0
    for _ in range(options.epochs):
        for x, y in pairs:
            error = y - step(w * x + b)
            w += options.learning_rate * error * x
            b += options.learning_rate * error
    return w, b


def step(z: float) -> int:
    """Return [z > 0]."""
    return int(z > 0)


def run(options: QuizOptions, canvas: Canvas | None) -> Findings:
    """Learn both rules and answer what was asked."""
    slope = learn_slope(DOUBLES, options)
    w, b = learn_step(SIGNS, options)
    figures = {
        "doubled": slope * ASKED[0],
        "sign": step(w * ASKED[1] + b),
        "slope": slope,
        "step": [w, b],
    }
    ours = f"{figures['doubled']:.4g}; {figures['sign']}"
    pictures = draw(figures, canvas) if canvas else {}
    return Findings(figures, ours, (_table(figures),), pictures=pictures)


def _table(figures: Mapping[str, Any]) -> Table:
    w, b = figures["step"]
    doubled = (f"y = {figures['slope']:.4f} x", f"x = {ASKED[0]}", f"{figures['doubled']:.4f}")
    sign = (f"y = [{w:.1f} x {b:+.1f} > 0]", f"x = {ASKED[1]}", str(figures["sign"]))
    rows = ((_pairs(DOUBLES), *doubled), (_pairs(SIGNS), *sign))
    return Table(("pairs seen", "rule learnt", "asked", "answer>"), rows)


def _pairs(pairs: Pairs) -> str:
    return ", ".join(f"({x:g}, {y:g})" for x, y in pairs)


def draw(figures: Mapping[str, Any], canvas: Canvas) -> dict[str, "Figure"]:
    """Draw the pairs, the two rules and the answers."""
    words = Words(
        "What is learning?",
        "Dots are the pairs seen, the line is the rule found in them,\n"
        "the ring an answer to a number that was never shown.",
    )
    figure, (left, right) = canvas.panels(words, (768, 352), columns=2)
    w, b = figures["step"]
    left.plot([0, 3.5], [0, 3.5 * figures["slope"]])
    right.plot([-3.5, -b / w, -b / w, 3.5], [0, 0, 1, 1] if w > 0 else [1, 1, 0, 0])
    _mark(left, DOUBLES, (ASKED[0], figures["doubled"]), canvas)
    _mark(right, SIGNS, (ASKED[1], figures["sign"]), canvas)
    left.set_title("y = w x")
    right.set_title("y = [w x + b > 0]")
    right.set(yticks=[0, 1], ylim=(-0.25, 1.25))
    return {"rules": figure}


def _mark(axes: "Axes", pairs: Pairs, answer: tuple[float, float], canvas: Canvas) -> None:
    seal = canvas.palette.seal
    axes.plot(*zip(*pairs, strict=True), "o", color=canvas.palette.ink)
    axes.plot(*answer, "o", color=seal, fillstyle="none", markersize=8)
    few_ticks(axes, x=8)
    axes.locator_params(axis="x", integer=True)
    axes.annotate(
        minus(f"{answer[0]:g} → {answer[1]:.3g}"),
        answer,
        xytext=(-10, 8),
        textcoords="offset points",
        ha="right" if answer[0] > 0 else "left",
        color=seal,
    )
