"""The course's page is judged by the rule that it states."""

import re
from typing import Any, NamedTuple

import pytest

from pilgi.learn.course import ROWS, reproduces
from pilgi.learn.course.table import SEEDS, VERDICTS, value

OURS = re.compile(r"([\d.,]+)(?: ± ([\d.]+))?( %)? \(n=\d+\)")


class Line(NamedTuple):
    """One line of the page's table."""

    row: str
    setting: str
    course: str
    ours: str
    reproduced: str
    why: str


@pytest.fixture(scope="module")
def rows(pages: dict[str, Any]) -> dict[str, list[Line]]:
    """Return the page's lines of each row of the course."""
    found: dict[str, list[Line]] = {}
    inline = (token for token in pages["docs/course.md"].tokens if token.type == "inline")
    words = ["".join(child.content for child in token.children) for token in inline]
    for at in range(words.index("row") + 6, len(words), 6):
        line = Line(*words[at : at + 6])
        found.setdefault(line.row or next(reversed(found)), []).append(line)
    return found


def measured(ours: str) -> tuple[float, float | None]:
    """Return mean and deviation as fractions, from "99.51 ± 0.04 % (n=3)"."""
    mean, sd, percent = OURS.fullmatch(ours).groups()  # type: ignore[union-attr]
    unit = 100 if percent else 1
    return float(mean.replace(",", "")) / unit, float(sd) / unit if sd else None


def test_every_verdict_is_what_the_rule_says_of_the_figures_beside_it(rows: Any) -> None:
    judged = 0
    for name, lines in rows.items():
        trained = [line for line in lines if OURS.fullmatch(line.ours)]
        for line, figure in zip(trained, ROWS[name].figures, strict=bool(trained)):
            assert line.course.startswith(value(figure.value, figure.metric)), name
            verdict = reproduces(figure.value, *measured(line.ours), figure.metric)
            assert line.reproduced == VERDICTS[verdict], f"{name}: {line.course}"
            judged += verdict is not None
    assert judged > 20


def test_every_row_that_is_not_reproduced_says_why(rows: Any) -> None:
    missed = [name for name, lines in rows.items() if "no" in [line.reproduced for line in lines]]
    assert missed
    assert all(rows[name][0].why.endswith(ROWS[name].why) and ROWS[name].why for name in missed)


def test_the_page_counts_its_verdicts_and_states_the_rule(pages: Any, rows: Any) -> None:
    verdicts = [{line.reproduced for line in lines} - {"–"} for lines in rows.values()]
    judged, missed = sum(map(bool, verdicts)), sum("no" in each for each in verdicts)
    text = pages["docs/course.md"].text
    assert f"{judged - missed} of {judged} rows with a figure reproduced" in text
    assert SEEDS in text
