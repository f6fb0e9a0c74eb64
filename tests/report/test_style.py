"""The one look, written once for pages and once for plots, in the same numbers."""

import re
from dataclasses import asdict
from importlib.resources import files

import pytest

from pilgi.report.style import DARK, FONTS, LIGHT, SERIES, style


def stylesheet() -> str:
    return (files("pilgi.report") / "style.css").read_text(encoding="utf-8")


def colours(rule: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9A-F]{6});", rule))


def test_the_report_uses_exactly_these_colours():
    light, dark = re.findall(r":root \{(.*?)\}", stylesheet(), re.DOTALL)
    assert colours(light) == asdict(LIGHT)
    assert colours(dark) == asdict(DARK)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_the_paper(palette):
    for colour in (palette.ink, palette.muted, palette.seal):
        assert contrast(colour, palette.paper) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_matplotlib_takes_the_style(palette):
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(style(palette)):
        axes = Figure().subplots()
    assert axes.get_facecolor() == axes.figure.get_facecolor()
    assert not axes.spines["top"].get_visible()


def test_training_is_ink_validation_the_seal_and_dashes_come_after_six_series():
    cycle = list(style()["axes.prop_cycle"])
    assert [row["color"] for row in cycle[:6]] == [LIGHT.ink, LIGHT.seal, *SERIES]
    assert {row["linestyle"] for row in cycle[:6]} == {"-"}
    assert {row["linestyle"] for row in cycle[6:]} == {"--"}


def test_only_fonts_that_are_here_are_named():
    here = style()["font.family"]
    assert set(here) <= set(FONTS)
    assert "DejaVu Sans" in here
