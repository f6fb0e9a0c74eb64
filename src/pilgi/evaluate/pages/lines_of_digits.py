"""Lines in a report, a run's and `pilgi eval --out`'s: how many are right, what is wrong else."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pilgi.data.lines import Lines
from pilgi.evaluate.line_scores import LineMistake, LineScores
from pilgi.evaluate.mistakes import picture_uri
from pilgi.evaluate.pages import sections, training
from pilgi.recognizer import Recognizer
from pilgi.report.charts.interval import Estimate
from pilgi.report.markup import Markup, tag, void
from pilgi.report.numbers import count, percent, plural
from pilgi.report.page import document, masthead, note, section, table

Record = Mapping[str, Any]

MISTAKES: Final = 36
WIDEST: Final = 240
"""Pixels of a line's picture; a wider one is shrunk."""


def render_lines(
    summary: Record, history: Sequence[Record], recipe: str, scores: LineScores, lines: Lines
) -> str:
    """Return the report of a run on lines as one self-contained HTML file without script.

    The arguments are those of `render`; lines: those that were scored.
    """
    return document(
        f"{summary['recipe']} on {summary['data']} · Pilgi",
        training.head(summary, scores),
        training.cost(summary),
        training.learning(summary, history),
        _digits(scores),
        _mistakes(scores, lines),
        *training.chosen(summary, recipe),
        training.provenance(summary),
    )


def render_line_evaluation(scores: LineScores, lines: Lines, recognizer: Recognizer) -> str:
    """Return the scores of `recognizer` on `lines` as one self-contained HTML file."""
    estimate = Estimate("lines right", scores.accuracy, scores.interval, scores.n)
    hashes = {"recognizer": recognizer.metadata.sha256, lines.name: lines.sha256}
    return document(
        f"{recognizer.source} on {lines.name} · Pilgi",
        masthead(
            f"Evaluation · {lines.name}",
            recognizer.source,
            sections.headline(scores, [estimate]),
        ),
        _digits(scores),
        _mistakes(scores, lines),
        sections.origin(hashes),
    )


def _digits(scores: LineScores) -> Markup:
    """Return how many digits would have to be mended, and how they spread over the lines."""
    words = note(
        f"A line counts as right where every digit is. To mend all of them, "
        f"{count(scores.digit_errors)} of {plural(scores.digits, 'digit')} would have to be "
        f"replaced, removed or inserted: {percent(scores.digit_errors / scores.digits, scores.n)}."
    )
    spread = Counter(one.edits for one in scores.mistakes)
    spread[0] = scores.n - scores.errors
    rows = [
        [str(edits), count(lines), percent(lines / scores.n, scores.n)]
        for edits, lines in sorted(spread.items())
    ]
    headings = ["digits to mend", "lines", "share"]
    return section("Digit by digit", words, table("Lines by digits to mend", headings, rows))


def _mistakes(scores: LineScores, lines: Lines) -> Markup:
    """Return the lines read wrongly, those with most to mend first, as pictures."""
    if not scores.mistakes:
        return section("The worst mistakes", note("There are none on these lines."))
    shown = scores.mistakes[:MISTAKES]
    some = f"the {len(shown)} with most to mend" if len(shown) < len(scores.mistakes) else "all"
    words = note(f"Of {plural(len(scores.mistakes), 'line')} read wrongly, {some}: truth → answer.")
    pictures = tag("ol", *(_mistake(one, lines) for one in shown), class_="mistakes lines")
    return section("The worst mistakes", words, pictures)


def _mistake(one: LineMistake, lines: Lines) -> Markup:
    image = void(
        "img",
        src=picture_uri(lines.inks[one.index], WIDEST),
        class_="ink",
        alt=f"{lines.called(one.index)}: {one.text} read as {one.read or 'nothing'}",
    )
    said = tag("span", one.text, " → ", tag("b", one.read or "nothing"))
    return tag("li", image, said, title=lines.called(one.index))
