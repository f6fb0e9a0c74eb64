"""A Canvas: where a lab draws. No pyplot, so nothing is drawn that nobody asked for."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pilgi.report.style import LIGHT, Palette, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure

PIXELS_AN_INCH: Final = 96
GAP: Final = 8 / PIXELS_AN_INCH
COLOURS: Final = 257
"""An odd number, so that 0 on a signed scale is exactly paper."""


@dataclass(frozen=True)
class Words:
    """A picture's title, and the caption that says what to look for."""

    title: str
    caption: str


@dataclass(frozen=True)
class Canvas:
    """The folder for what is not a picture (TensorBoard's events), and the colours."""

    folder: Path
    palette: Palette = LIGHT

    @contextmanager
    def style(self) -> Iterator[None]:
        """Draw in the house's look within this context."""
        from matplotlib import rc_context

        with rc_context(style(self.palette)):
            yield

    def panels(
        self, words: Words, size: tuple[float, float], rows: int = 1, columns: int = 1, **grid: Any
    ) -> "tuple[Figure, list[Axes]]":
        """Return a figure of `size` pixels (1/96 inch) and its axes, row by row."""
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine

        width, height = (length / PIXELS_AN_INCH for length in size)
        layout = ConstrainedLayoutEngine(w_pad=GAP, h_pad=GAP)
        figure = Figure((width, height), layout=layout)
        figure.suptitle(words.title, x=0, ha="left")
        figure.supxlabel(words.caption, x=0, ha="left", color=self.palette.muted)
        axes = figure.subplots(rows, columns, squeeze=False, **grid)
        return figure, list(axes.flat)

    def png(self, figure: "Figure") -> bytes:
        """Return the figure as PNG."""
        stream = io.BytesIO()
        with self.style():
            figure.savefig(stream, format="png")
        return stream.getvalue()

    @property
    def ink_map(self) -> "Colormap":
        """0 is paper, 1 is ink."""
        return self._map([self.palette.paper, self.palette.ink])

    @property
    def tint_map(self) -> "Colormap":
        """0 is paper, 1 a tone light enough that ink and seal can be read on it."""
        return self._map([self.palette.paper, self._mixed(0.3)])

    @property
    def signed_map(self) -> "Colormap":
        """Negative is the seal's colour, 0 is paper, positive is ink."""
        return self._map([self.palette.seal, self.palette.paper, self.palette.ink])

    def between(self, share: float) -> str:
        """Return the colour `share` of the way from the palest readable line to ink."""
        return self._mixed(0.45 + 0.55 * share)

    def _mixed(self, share: float) -> str:
        from matplotlib.colors import to_hex

        return to_hex(self._map([self.palette.line, self.palette.ink])(share))

    @staticmethod
    def _map(colours: list[str]) -> "Colormap":
        from matplotlib.colors import LinearSegmentedColormap

        return LinearSegmentedColormap.from_list("pilgi", colours, COLOURS)


def minus(words: str) -> str:
    """Return `words` with the minus sign that numbers on axes have, not a hyphen."""
    return words.replace("-", "−")


def few_ticks(axes: "Axes", x: int = 4, y: int = 4) -> None:
    """Leave at most so many ticks a side, at round numbers."""
    axes.locator_params(axis="x", nbins=x)
    axes.locator_params(axis="y", nbins=y)


def bare(axes: "Axes") -> None:
    """Leave nothing of the axes but what is drawn on them."""
    axes.set(xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set_visible(False)


def label_end(axes: "Axes", place: tuple[float, float], words: str, colour: str) -> None:
    """Write what a line is at its end, instead of a legend."""
    axes.annotate(
        words,
        place,
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        color=colour,
        annotation_clip=False,
    )
