"""`course.html`: the course's table as one file, in the report's look."""

from collections.abc import Mapping
from typing import Final

from pilgi.learn.course.outcome import Outcome
from pilgi.learn.course.row import Row
from pilgi.learn.course.rows import ROWS
from pilgi.learn.course.table import SEEDS, Line, lines, origins, tally
from pilgi.report.markup import Markup, tag
from pilgi.report.page import document, masthead, named_values, note, section

HEADINGS: Final = ("row", "course", "ours", "reproduced", "why")
WORDS: Final = "text-align: left; vertical-align: top; white-space: normal; min-width: 15ch"
WIDE: Final = WORDS.replace("15ch", "22ch")
"""Room for a figure, its deviation and its number of seeds in one line."""
FIGURE: Final = "vertical-align: top"


def render(found: Mapping[str, Outcome]) -> str:
    """Return every row of the course as one self-contained HTML file without script."""
    known = list(found.values())
    title = "The course’s figures beside ours"
    answer = tag("div", tag("p", tally(known), class_="errors"), class_="headline")
    labs = [row for row in ROWS.values() if not row.trainings]
    trained = [row for row in ROWS.values() if row.trainings]
    return document(
        f"{title} · Pilgi",
        masthead(f"Course · {len(known)} of {len(ROWS)} rows run", title, answer),
        section("How to read it", note(SEEDS)),
        section("Trained on pictures", _table("Rows that train", trained, found)),
        section("Labs", _table("Rows that are small and exact", labs, found)),
        section(
            "Where it comes from",
            tag("div", named_values("Measured", dict(origins(known))), class_="columns")
            if known
            else note("Nothing was run yet."),
        ),
    )


def _table(caption: str, rows: list[Row], found: Mapping[str, Outcome]) -> Markup:
    head = tag("tr", *(tag("th", name, scope="col", style=_style(name)) for name in HEADINGS))
    body = [_row(line) for row in rows for line in lines(row, found.get(row.id))]
    parts = tag("caption", caption), tag("thead", head), tag("tbody", *body)
    return tag("div", tag("table", *parts), class_="scroll", tabindex="0")


def _row(line: Line) -> Markup:
    name = tag("th", line.row, _under(line.setting), scope="row", style=WORDS)
    no = "; color: var(--seal)" if line.reproduced == "no" else ""
    return tag(
        "tr",
        name,
        tag("td", line.course, style=WORDS),
        tag("td", line.ours, style=WIDE),
        tag("td", line.reproduced, style=FIGURE + no),
        tag("td", line.why, style=WORDS),
    )


def _under(setting: str) -> Markup:
    return tag("div", tag("small", setting)) if setting else Markup("")


def _style(heading: str) -> str:
    return FIGURE if heading == "reproduced" else WORDS
