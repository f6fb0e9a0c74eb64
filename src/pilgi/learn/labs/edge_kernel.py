"""edge-kernel: the filter 010 / 1 -4 1 / 010 over a picture, max and average pooling beside it.

y = x(up) + x(down) + x(left) + x(right) - 4 x, the discrete Laplacian: 0 where the picture is
even, far from 0 where it changes, which is at edges.
"""

from typing import TYPE_CHECKING, Annotated, Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from pydantic.dataclasses import dataclass as validated

from pilgi import data
from pilgi.errors import RecipeError
from pilgi.learn.labs.canvas import Canvas, Words, bare
from pilgi.learn.labs.convolution import convolve
from pilgi.learn.labs.lab import Findings, Table
from pilgi.learn.methods.entry import STRICT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Pixels = NDArray[np.float64]

EDGES: Final = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])


@validated(frozen=True, config=STRICT)
class EdgeOptions:
    """data: a catalog name or a path. number: which of its pictures. pool: the side pooled."""

    data: str = "digits"
    number: Annotated[int, Field(ge=0)] = 3
    pool: Annotated[int, Field(ge=2, le=7)] = 2


def pool(picture: Pixels, side: int) -> tuple[Pixels, Pixels]:
    """Return the maximum and the mean of every side x side block; what is left over is cut off."""
    rows, columns = (length // side for length in picture.shape)
    blocks = picture[: rows * side, : columns * side].reshape(rows, side, columns, side)
    return blocks.max(axis=(1, 3)), blocks.mean(axis=(1, 3))


def run(options: EdgeOptions, canvas: Canvas | None) -> Findings:
    """Filter and pool one picture; values in [0, 1], 1 is ink."""
    picture = load(options)
    edges = convolve(np.pad(picture, 1), EDGES)
    largest, mean = pool(picture, options.pool)
    shown = {
        "picture": picture,
        "edges": edges,
        f"max pooling {options.pool}x{options.pool}": largest,
        f"average pooling {options.pool}x{options.pool}": mean,
    }
    rows = tuple((name, *_facts(one)) for name, one in shown.items())
    changed = float(np.mean(np.abs(edges) > 0.25))
    return Findings(
        {name: {"shape": list(one.shape), "mean": float(one.mean())} for name, one in shown.items()}
        | {"edge share": changed},
        f"{changed:.0%} of the pixels are edges",
        (Table(("", "shape", "least>", "mean>", "most>"), rows),),
        pictures={"edges": draw(shown, canvas)} if canvas else {},
    )


def load(options: EdgeOptions) -> Pixels:
    """Return the picture, grey, in [0, 1]; raises RecipeError where there is none of the number."""
    split = data.load(options.data)
    if options.number >= len(split):
        raise RecipeError(
            f"number={options.number}: {options.data} has {len(split):,} pictures; "
            f"choose 0 to {len(split) - 1}"
        )
    picture = split.images[options.number] / 255.0
    grey: Pixels = picture.mean(axis=2) if picture.ndim == 3 else picture
    return grey


def _facts(picture: Pixels) -> tuple[str, str, str, str]:
    shape = "x".join(map(str, picture.shape))
    return shape, f"{picture.min():.2f}", f"{picture.mean():.2f}", f"{picture.max():.2f}"


def draw(shown: dict[str, Any], canvas: Canvas) -> "Figure":
    """Draw the picture, its edges and its poolings beside each other."""
    words = Words(
        "Edges and pooling",
        "The filter answers only where the picture changes: black on the light side of an edge,\n"
        "red on the dark side. Max pooling keeps the strongest ink, average pooling blurs it.",
    )
    figure, panels = canvas.panels(words, (832, 336), columns=4)
    for panel, (name, picture) in zip(panels, shown.items(), strict=True):
        bare(panel)
        signed = name == "edges"
        reach = max(float(np.abs(picture).max()), 1e-9)
        panel.imshow(
            picture,
            cmap=canvas.signed_map if signed else canvas.ink_map,
            vmin=-reach if signed else 0,
            vmax=reach if signed else 1,
        )
        panel.set_title(name)
        panel.set_xlabel("x".join(map(str, picture.shape)))
    return figure
