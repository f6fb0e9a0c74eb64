"""Text becomes HTML in one place, escaped unless it already is HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

Attribute = str | float | None


class Markup(str):
    """Text that already is HTML. Whatever is not a Markup gets escaped by `tag`."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: Attribute) -> Markup:
    """Return one element.

    `class_` becomes class and `stroke_width` stroke-width; None leaves an attribute out; numbers
    are cut to two decimals, which no screen can tell apart.

    >>> tag("p", "a < b", class_="note")
    '<p class="note">a &lt; b</p>'
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    return Markup(f"<{name}{written}>{join(children)}</{name}>")


def void(name: str, /, **attributes: Attribute) -> Markup:
    """Return one element that never has children, like `img`."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    return Markup(f"<{name}{written}>")


def join(children: Sequence[str]) -> Markup:
    """Return the children one after the other, plain text escaped."""
    return Markup("".join(c if isinstance(c, Markup) else escape(c) for c in children))


def _attribute(key: str, value: Attribute) -> str:
    if value is None:
        return ""
    text = f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return f' {key.rstrip("_").replace("_", "-")}="{escape(text)}"'
