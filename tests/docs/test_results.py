"""The page of results is what the records hold, and the READMEs say nothing else."""

import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from pilgi.learn.course.rows import BRIEF

ROOT = Path(__file__).parents[2]
COMMAND = ROOT / "benchmarks" / "results.py"
ROW = {
    "what": "a net",
    "record": "made-up",
    "where": {"recipe": "net"},
    "measured": "{accuracy:.2%}",
    "n": "{n:,} pictures",
    "asked": "99 %",
    "least": {"accuracy": 0.99},
    "again": "python measure.py",
}


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    """Return what the command defines."""
    return runpy.run_path(str(COMMAND))


@pytest.fixture
def newest(results: dict[str, Any], tmp_path: Path, monkeypatch: Any) -> Any:
    """Return `newest` over made-up lines of a record."""
    (tmp_path / "records").mkdir()
    monkeypatch.setitem(results["lines"].__globals__, "HERE", tmp_path)

    def find(*lines: dict[str, Any], **row: Any) -> Any:
        text = "".join(f"{json.dumps(line)}\n" for line in lines)
        (tmp_path / "records" / "made-up.jsonl").write_text(text, encoding="utf-8")
        return results["newest"](ROW | row)

    return find


def figures(text: str) -> set[str]:
    """Return every number of a text, links' targets left out."""
    return set(re.findall(r"\d[\d,.]*\d|\d", re.sub(r"\]\([^)]*\)", "]", text)))


def table(text: str) -> str:
    """Return the rows of a page's only table of results."""
    section = re.split(r"^## (?:Results|결과)$", text, flags=re.MULTILINE)[1].partition("\n## ")[0]
    return "\n".join(line for line in section.splitlines() if line.startswith("|"))


def test_the_page_is_what_the_command_writes(pages: Any, results: dict[str, Any]) -> None:
    assert pages["docs/reference/results.md"].text == results["page"](), "run it again"


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_every_figure_of_the_readme_s_table_stands_among_the_results(pages: Any, name: str) -> None:
    found = figures(table(pages[name].text))
    assert len(found) > 10
    assert found - figures(pages["docs/reference/results.md"].text) == set()


def test_what_the_course_s_page_says_of_best_stands_among_the_results(pages: Any) -> None:
    known = re.findall(r"\d\d\.\d\d(?= %)", BRIEF)
    assert len(known) == 2
    assert set(known) <= figures(pages["docs/reference/results.md"].text)


def test_the_newest_line_that_a_row_describes_counts(newest: Any) -> None:
    old, new, other = ({"recipe": name} for name in ("net", "net", "other net"))
    assert newest(old | {"n": 1}, new | {"n": 2}, other | {"n": 3})["n"] == 2
    with pytest.raises(SystemExit, match="no line for 'a net'"):
        newest(other)


def test_a_line_of_several_data_sets_or_nets_is_a_line_for_each(newest: Any) -> None:
    sets = {"date": "today", "results": [{"data": "a", "pattern": None}, {"data": "b"}]}
    assert newest(sets, where={"data": "a", "pattern": ""})["date"] == "today"
    nets = {"date": "today", "competitors": {"dash": {"n": 3}}}
    assert newest(nets, where={"net": "dash"})["n"] == 3


@pytest.mark.parametrize(
    ("accuracy", "verdict"), [(0.99, "99 %: reached"), (0.9899, "99 %: not reached")]
)
def test_a_floor_says_whether_it_is_reached(
    results: dict[str, Any], accuracy: float, verdict: str
) -> None:
    assert results["asked"](ROW, {"accuracy": accuracy, "n": 100}) == verdict


def test_a_row_shows_its_line_s_values_with_day_and_machine(results: dict[str, Any]) -> None:
    line = {"accuracy": 0.99, "n": 1000, "date": "2026-01-31", "machine": {"cores": "2"}}
    measured = ["a net", "99.00 %", "1,000 pictures", "", "99 %: reached"]
    assert results["cells"](ROW, line) == [*measured, "2026-01-31, 2 cores", "`python measure.py`"]


def test_several_seeds_have_their_spread_and_their_errors(results: dict[str, Any]) -> None:
    words = results["known"]({"accuracies": [0.996, 0.998]})["spread"]
    assert words == "99.70 ± 0.14 % (30 ± 14 errors)"
