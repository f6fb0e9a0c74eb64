"""The frame of a page and the few shapes its content takes."""

from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

from pilgi.report.markup import Markup, join, tag, void
from pilgi.report.seal import seal

Fact = tuple[str, str, str]


def document(title: str, header: Markup, *sections: Markup) -> str:
    """Return the whole page as one self-contained text."""
    head = tag(
        "head",
        void("meta", charset="utf-8"),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("style", Markup(files(__package__).joinpath("style.css").read_text("utf-8"))),
    )
    body = tag("body", header, tag("main", *sections), _footer())
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def masthead(kind: str, title: str, *content: Markup) -> Markup:
    """Return the page's head: what it is, its name, the seal, then `content`."""
    names = tag("div", tag("p", kind, class_="kind"), tag("h1", title))
    return tag("header", tag("div", names, seal(), class_="masthead"), *content)


def section(heading: str, *content: Markup) -> Markup:
    """Return one section: its heading in the margin, its content beside it."""
    return tag("section", tag("h2", heading), tag("div", *content))


def note(*words: str) -> Markup:
    """Return a paragraph of explanation."""
    return tag("p", *words, class_="note")


def facts(entries: Iterable[Fact]) -> Markup:
    """Return facts as (name, value, remark); an empty remark takes no room."""
    return tag("dl", *(_fact(*entry) for entry in entries), class_="facts")


def reasons(entries: Iterable[Fact]) -> Markup:
    """Return choices as (name, what was chosen, why), one below the other."""
    return tag("dl", *(_fact(*entry) for entry in entries), class_="reasons")


def _fact(name: str, value: str, remark: str) -> Markup:
    rest = [tag("dd", remark, class_="remark")] if remark else []
    return tag("div", tag("dt", name), tag("dd", value), *rest)


def table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """Return a table whose first column names its rows; `caption` is for screen readers."""
    head = tag("tr", *(tag("th", name, scope="col") for name in headings))
    body = [
        tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:]))
        for row in rows
    ]
    parts = tag("caption", caption), tag("thead", head), tag("tbody", *body)
    return tag("div", tag("table", *parts), class_="scroll", tabindex="0")


def named_values(caption: str, values: dict[str, Any]) -> Markup:
    """Return a table of two columns: names and what they are."""
    return table(caption, [caption, ""], [[str(k), str(v)] for k, v in values.items()])


def folded(summary: str, *content: Markup) -> Markup:
    """Return content that opens on demand: the same figures as a table, long texts."""
    return tag("details", tag("summary", summary), *content)


def columns(*content: Markup) -> Markup:
    """Return content side by side where there is room, else one below the other."""
    return tag("div", join(list(content)), class_="columns")


def _footer() -> Markup:
    return tag(
        "footer",
        tag(
            "p",
            "Written by Pilgi (필기, “handwriting”). Every figure is explained in "
            "docs/reference/report.md. This file holds everything it shows.",
        ),
    )
