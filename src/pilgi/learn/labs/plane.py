"""The square on which AND, OR and XOR live: four points, and the regions a net makes of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.learn.labs.canvas import Canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Numbers = NDArray[np.float64]

CORNERS: Final = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
AND: Final = np.array([0.0, 0.0, 0.0, 1.0])
OR: Final = np.array([0.0, 1.0, 1.0, 1.0])
XOR: Final = np.array([0.0, 1.0, 1.0, 0.0])

FLAT: Final = 1e-6
"""Less than this much change is rounding, and has no line."""

_EDGES: Final = (-0.4, 1.4)
_STEPS: Final = 121


def sigmoid(z: Numbers) -> Numbers:
    """Return 1 / (1 + exp(-z)), by tanh, which cannot overflow."""
    answer: Numbers = 0.5 * np.tanh(0.5 * z) + 0.5
    return answer


def draw_regions(
    axes: "Axes", output: Callable[[Numbers], Numbers], target: Numbers | None, canvas: Canvas
) -> None:
    """Shade the square by `output` in [0, 1] (n, 2) -> (n,): ink is 1; the line is 0.5.

    target: what each corner should be, full where 1 and hollow where 0; None: whatever it is.
    """
    at = np.linspace(*_EDGES, _STEPS)
    points = np.stack(np.meshgrid(at, at), axis=-1).reshape(-1, 2)
    values = output(points).reshape(_STEPS, _STEPS)
    axes.imshow(
        values,
        extent=(*_EDGES, *_EDGES),
        origin="lower",
        cmap=canvas.tint_map,
        vmin=0,
        vmax=1,
        interpolation="bilinear",
    )
    if values.min() < 0.5 < values.max() and np.ptp(values) > FLAT:
        axes.contour(at, at, values, [0.5], colors=canvas.palette.seal, linewidths=1.1)
    _corners(axes, output(CORNERS) if target is None else target, canvas)
    axes.set(xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set_visible(True)


def _corners(axes: "Axes", target: Numbers, canvas: Canvas) -> None:
    for (x, y), value in zip(CORNERS, target, strict=True):
        face = canvas.palette.ink if value > 0.5 else canvas.palette.paper
        axes.plot(x, y, "o", color=canvas.palette.ink, markerfacecolor=face, markersize=7)
