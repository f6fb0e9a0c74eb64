"""One look: paper, ink and a seal. The colours, and a matplotlib style made from them."""

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True)
class Palette:
    """Colours as #RRGGBB.

    paper: the ground. ink: text, and training. muted: remarks. line: axes and rules.
    seal: validation, and what matters most.
    """

    paper: str
    ink: str
    muted: str
    line: str
    seal: str


LIGHT: Final = Palette("#FAF8F3", "#1B1B1A", "#6F6B63", "#E4DFD5", "#C8372D")
DARK: Final = Palette("#151513", "#EDEAE3", "#9A958A", "#2E2C28", "#E0584C")
SERIES: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
"""What follows ink and seal: the darker four of Okabe and Ito's colours; after them, dashes."""

FONTS: Final = (
    "Apple SD Gothic Neo",
    "Pretendard",
    "Noto Sans KR",
    "Noto Sans CJK KR",
    "Malgun Gothic",
    "DejaVu Sans",
)
"""Latin and Korean in one, where present; matplotlib brings the last with it."""

DPI: Final = 144
POINTS_A_PIXEL: Final = 0.75
"""Sizes are thought in pixels of 1/96 inch, as on a page; matplotlib counts points of 1/72."""


def style(palette: Palette = LIGHT) -> dict[Any, Any]:
    """Return matplotlib's rcParams: thin lines, no frame, paper, system fonts that are here."""
    return {**_figure(palette), **_axes(palette), **_text(palette), **_lines(palette)}


def _figure(palette: Palette) -> dict[str, Any]:
    return {
        "figure.dpi": DPI,
        "figure.facecolor": palette.paper,
        "figure.constrained_layout.use": True,
        "savefig.dpi": DPI,
        "savefig.facecolor": palette.paper,
        "savefig.bbox": "tight",
        "savefig.pad_inches": 0.25,
        "image.interpolation": "nearest",
    }


def _axes(palette: Palette) -> dict[str, Any]:
    ticks = {
        f"{axis}tick.{key}": value
        for axis in "xy"
        for key, value in {
            "color": palette.line,
            "labelcolor": palette.muted,
            "labelsize": 11 * POINTS_A_PIXEL,
            "major.size": 0,
            "minor.size": 0,
        }.items()
    }
    return ticks | {
        "axes.facecolor": palette.paper,
        "axes.edgecolor": palette.line,
        "axes.linewidth": POINTS_A_PIXEL,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.labelcolor": palette.muted,
        "axes.labelsize": 11 * POINTS_A_PIXEL,
        "axes.titlecolor": palette.ink,
        "axes.titlelocation": "left",
        "axes.titlesize": 13 * POINTS_A_PIXEL,
        "axes.formatter.useoffset": False,
        "grid.color": palette.line,
        "grid.linewidth": POINTS_A_PIXEL,
    }


def _text(palette: Palette) -> dict[str, Any]:
    from matplotlib.font_manager import fontManager

    here = set(fontManager.get_font_names())
    return {
        "font.family": [name for name in FONTS if name in here],
        "font.size": 13 * POINTS_A_PIXEL,
        "text.color": palette.ink,
        "figure.titlesize": 18 * POINTS_A_PIXEL,
        "figure.labelsize": 13 * POINTS_A_PIXEL,
        "mathtext.default": "regular",
    }


def _lines(palette: Palette) -> dict[str, Any]:
    from cycler import cycler

    colours = cycler(color=[palette.ink, palette.seal, *SERIES])
    return {
        "axes.prop_cycle": cycler(linestyle=["-", "--"]) * colours,
        "lines.linewidth": 1.5 * POINTS_A_PIXEL,
        "lines.markersize": 5 * POINTS_A_PIXEL,
        "lines.solid_joinstyle": "round",
        "patch.linewidth": POINTS_A_PIXEL,
        "patch.edgecolor": palette.ink,
    }
