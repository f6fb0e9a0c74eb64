"""All that is known, as Markdown and as HTML."""

import re

import pytest
from markdown_it import MarkdownIt

from pilgi.learn.course import ROWS, Figure, Origin, Outcome
from pilgi.learn.course.course_page import render
from pilgi.learn.course.outcome import measured, not_run, of_figures, of_words
from pilgi.learn.course.table import lines, markdown, origins, tally
from pilgi.learn.labs import LABS

HERE = Origin(61.0, "2026-01-31", "a machine", "pilgi 0")
THERE = Origin(60.0, "2026-02-01", "another machine", "pilgi 0")


def outcome_of(name: str, values: list[float], origin: Origin = HERE) -> Outcome:
    row = ROWS[name]
    figures = tuple(measured(figure, name, values) for figure in row.figures)
    return of_figures(row, figures, origin)


@pytest.fixture
def found() -> dict[str, Outcome]:
    return {
        "conv": of_words(ROWS["conv"], "15 16", "[15 | 16]\n<6>", HERE, reproduced=True),
        "softmax-6000": outcome_of("softmax-6000", [0.9232, 0.9236, 0.9234]),
        "cnn-5x5": outcome_of("cnn-5x5", [0.9], THERE),
        "hidden-50x2-relu": outcome_of("hidden-50x2-relu", [0.85]),
    }


def cells(text: str) -> list[list[str]]:
    """Return the Markdown table's rows as a reader of Markdown sees them."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    plain = ["".join(c.content for c in t.children or ()) for t in tokens if t.type == "inline"]
    start = plain.index("row")
    return [plain[at : at + 6] for at in range(start, len(plain), 6)]


def test_markdown_shows_every_row_of_the_course(found):
    rows = cells(markdown(found))
    assert [row[0] for row in rows[1:] if row[0]] == list(ROWS)
    by_id = {row[0]: row for row in rows}
    assert by_id["softmax-6000"][2:] == ["92.33 %", "92.34 ± 0.02 % (n=3)", "yes", ""]
    assert by_id["cnn-5x5"][2:] == ["98.83 %", "90.00 % (n=1)", "no", "not known"]
    assert by_id["conv"][2:5] == [LABS["conv"].course, "[15 | 16] <6>", "yes"]
    assert by_id["quiz"][2:] == ["6; 0 (computed)", "–", "–", "not run yet"]


def test_a_row_with_several_figures_has_a_line_for_each(found):
    first, second, third = lines(ROWS["hidden-50x2-relu"], found["hidden-50x2-relu"])
    assert first.course == "85.74 % (training accuracy, last epoch)"
    assert (first.ours, first.reproduced) == ("85.00 % (n=1)", "yes")
    assert (second.row, second.course) == ("", "0.5427 (training loss, last epoch)")
    assert (third.course, third.reproduced) == ("–", "–")


def test_a_row_that_was_not_run_shows_the_course_s_figures_and_why():
    row = ROWS["wide-500x4"]
    train, seen, test = lines(row, not_run(row, None, "no data", HERE))
    assert (train.course, train.ours) == ("99.55 % (training accuracy, last epoch)", "–")
    assert train.why == "not run: no data"
    assert (seen.row, seen.course) == ("", "98.26 % (best validation accuracy)")
    assert (test.course, test.why) == ("–", "")
    assert [line.course for line in lines(row, None)] == [train.course, seen.course, "–"]


def test_settings_say_what_was_inferred_and_what_we_chose():
    (line,) = lines(ROWS["softmax-keras"], None)
    assert line.setting.endswith("(inferred: SGD 0.01) (our choice: Glorot uniform weights)")


def test_parameters_are_counted_without_a_spread():
    figure = measured(Figure("parameters", 159_010), "draw-200", [159_010.0] * 5)
    outcome = of_figures(ROWS["draw-200"], (figure,), HERE)
    (line,) = lines(ROWS["draw-200"], outcome)
    assert (line.course, line.ours) == ("159,010 (parameters)", "159,010 (n=5)")


def test_the_head_says_when_where_with_what_and_how_long(found):
    facts = dict(origins(list(found.values())))
    assert facts["date"] == "2026-01-31 to 2026-02-01"
    assert facts["machine"] == "a machine (3 rows); another machine (1 row)"
    assert facts["versions"] == "pilgi 0"
    assert facts["training time"] == "4 min 3 s"
    text = markdown(found)
    assert all(words in text for words in facts.values())
    assert "5 where a run takes under a minute" in text


def test_the_tally_counts_verdicts(found):
    known = list(found.values())
    assert tally(known) == "2 of 4 rows with a figure reproduced"
    known.append(of_words(ROWS["curve"], None, "words", HERE, reproduced=None))
    assert tally(known) == "2 of 4 rows with a figure reproduced; 1 without a verdict"


def test_the_page_shows_every_row_in_one_file_without_script(found):
    page = render(found)
    assert all(f">{name}<" in page for name in ROWS)
    assert "92.34 ± 0.02 % (n=3)" in page
    assert "&lt;6&gt;" in page
    assert "<script" not in page
    assert not re.search(r'(src|href)="http', page)


def test_nothing_known_is_a_table_too():
    assert "not run yet" in markdown({})
    assert "Nothing was run yet" in render({})
