"""backprop, graph: a computational graph, forward to its value and back to its gradients.

Forward, each node computes z = op(x, y) from its inputs. Backward, it hands dL/dz times its local
derivative to each: dx = dz dop/dx. For z = x y that is dx = dz y; for z = x + y, dx = dz.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass as validated

from pilgi.learn.labs.canvas import Canvas, Words, bare, minus
from pilgi.learn.labs.lab import Findings, Table
from pilgi.learn.methods.entry import STRICT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Number = Annotated[float, Field(ge=-1e6, le=1e6)]
Place = tuple[float, float]


@validated(frozen=True, config=STRICT)
class BackpropOptions:
    """w, x, b: the inputs of f = w x + b."""

    w: Number = -2.0
    x: Number = 5.0
    b: Number = 3.0


@validated(frozen=True, config=STRICT)
class GraphOptions:
    """a, b: the constants. c: what is fed, of e = b c, d = b + a, f = e + d."""

    a: Number = 5.0
    b: Number = 2.0
    c: Number = 3.0


@dataclass
class Node:
    """A value with the operation that made it, and df/d(it) once `backward` has run."""

    name: str
    value: float
    inputs: tuple["Node", ...] = ()
    operation: Literal["", "+", "×"] = ""
    gradient: float = 0.0

    def local_gradients(self) -> tuple[float, ...]:
        """Return d(value)/d(input) for each input: (1, 1) for a sum, (y, x) for a product."""
        if self.operation == "×":
            return self.inputs[1].value, self.inputs[0].value
        return tuple(1.0 for _ in self.inputs)


def add(name: str, x: Node, y: Node) -> Node:
    """Return the node x + y."""
    return Node(name, x.value + y.value, (x, y), "+")


def multiply(name: str, x: Node, y: Node) -> Node:
    """Return the node x y."""
    return Node(name, x.value * y.value, (x, y), "×")


def order(root: Node) -> list[Node]:
    """Return every node that `root` depends on, inputs first, each once."""
    found: dict[int, Node] = {}
    for node in chain.from_iterable(order(node) for node in root.inputs):
        found.setdefault(id(node), node)
    return [*found.values(), root]


def backward(root: Node) -> None:
    """Set every node's gradient, from df/df = 1 back to the inputs (the chain rule)."""
    nodes = order(root)
    for node in nodes:
        node.gradient = 0.0
    root.gradient = 1.0
    for node in reversed(nodes):
        for source, local in zip(node.inputs, node.local_gradients(), strict=True):
            source.gradient += node.gradient * local


def linear(options: BackpropOptions) -> Node:
    """Return f = g + b with g = w x."""
    product = multiply("g", Node("w", options.w), Node("x", options.x))
    return add("f", product, Node("b", options.b))


def sums(options: GraphOptions) -> Node:
    """Return f = e + d with e = b c and d = b + a; b is used twice, so its gradients add up."""
    a, b, c = Node("a", options.a), Node("b", options.b), Node("c", options.c)
    return add("f", multiply("e", b, c), add("d", b, a))


LINEAR_PLACES: Mapping[str, Place] = {
    "w": (0, 2),
    "x": (0, 1),
    "b": (0, 0),
    "g": (1, 1.5),
    "f": (2, 0.75),
}
SUMS_PLACES: Mapping[str, Place] = {
    "c": (0, 2),
    "b": (0, 1),
    "a": (0, 0),
    "e": (1, 1.5),
    "d": (1, 0.5),
    "f": (2, 1),
}


def backprop(options: BackpropOptions, canvas: Canvas | None) -> Findings:
    """Run f = w x + b forward and backward."""
    return _findings(linear(options), canvas, "f = w x + b", LINEAR_PLACES)


def graph(options: GraphOptions, canvas: Canvas | None) -> Findings:
    """Run e = b c, d = b + a, f = e + d forward and backward."""
    return _findings(sums(options), canvas, "e = b c,  d = b + a,  f = e + d", SUMS_PLACES)


def _findings(
    root: Node, canvas: Canvas | None, formula: str, places: Mapping[str, Place]
) -> Findings:
    backward(root)
    nodes = order(root)
    values = {node.name: node.value for node in nodes}
    gradients = {f"df/d{node.name}": node.gradient for node in nodes}
    rows = tuple(
        (node.name, _origin(node), f"{node.value:g}", f"{node.gradient:g}") for node in nodes
    )
    computed = [f"{node.name}={node.value:g}" for node in nodes if node.inputs]
    derived = [f"df/d{node.name}={node.gradient:g}" for node in nodes if not node.inputs]
    return Findings(
        {**values, **gradients},
        f"{', '.join(computed)}; {', '.join(derived)}",
        (Table(("node", "is", "forward>", "backward, df/d(node)>"), rows),),
        pictures={"graph": draw(nodes, places, formula, canvas)} if canvas else {},
    )


def _origin(node: Node) -> str:
    return f" {node.operation} ".join(source.name for source in node.inputs) or "given"


def draw(
    nodes: Sequence[Node], places: Mapping[str, Place], formula: str, canvas: Canvas
) -> "Figure":
    """Draw the graph: above each edge the value that goes forward, below it the gradient back."""
    words = Words(
        formula,
        "Left to right, in black: each value. Right to left, in red: how much f moves when that\n"
        "value moves by one, the product of the local slopes on the way (the chain rule).",
    )
    figure, (axes,) = canvas.panels(words, (768, 440))
    bare(axes)
    axes.set(xlim=(-0.55, 2.75), ylim=(-0.35, 2.35))
    for node in nodes:
        for source, local in zip(node.inputs, node.local_gradients(), strict=True):
            ends = places[source.name], places[node.name]
            _edge(axes, ends, (source.value, node.gradient * local), canvas)
    root = nodes[-1]
    _edge(axes, (places[root.name], (2.7, places[root.name][1])), (root.value, 1.0), canvas)
    for node in nodes:
        _node(axes, node, places[node.name], canvas)
    return figure


def _edge(
    axes: "Axes", ends: tuple[Place, Place], numbers: tuple[float, float], canvas: Canvas
) -> None:
    """Draw an arrow with the value above it and the gradient, after its own arrow, below."""
    start, end = ends
    arrow: dict[str, Any] = {
        "arrowstyle": "-|>,head_width=0.18,head_length=0.36",
        "color": canvas.palette.muted,
        "shrinkA": 17,
        "shrinkB": 17,
        "linewidth": 0.75,
    }
    axes.annotate("", end, start, arrowprops=arrow)
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    for words, offset, colour in (
        (minus(f"{numbers[0]:g}"), 10, canvas.palette.ink),
        (minus(f"← {numbers[1]:g}"), -11, canvas.palette.seal),
    ):
        axes.annotate(
            words,
            middle,
            xytext=(0, offset),
            textcoords="offset points",
            ha="center",
            va="center",
            color=colour,
            bbox={"facecolor": canvas.palette.paper, "edgecolor": "none", "pad": 1},
        )


def _node(axes: "Axes", node: Node, place: Place, canvas: Canvas) -> None:
    """Draw a circle with the operation; beside a given node what f owes to it in all."""
    colour = canvas.palette.ink if node.inputs else canvas.palette.muted
    axes.plot(*place, "o", markersize=27, markerfacecolor=canvas.palette.paper, color=colour)
    axes.annotate(node.operation or node.name, place, ha="center", va="center", fontsize=13.5)
    total = minus(f"df/d{node.name} = {node.gradient:g}")
    words, offset, colour = (
        (node.name, (0, 24), canvas.palette.muted)
        if node.inputs
        else (total, (-54, 0), canvas.palette.seal)
    )
    axes.annotate(
        words,
        place,
        xytext=offset,
        textcoords="offset points",
        ha="center",
        va="center",
        color=colour,
    )
