"""The report of a cross validation: every picture, answered by what never saw it."""

from collections.abc import Mapping
from typing import Any, Final

from pilgi.data.split import Split
from pilgi.evaluate.pages import sections
from pilgi.evaluate.scores import Scores
from pilgi.report.charts.interval import Estimate
from pilgi.report.markup import Markup, tag
from pilgi.report.numbers import count, percent, span
from pilgi.report.page import document, masthead, named_values, note, section, table

Record = Mapping[str, Any]

FLATTERED: Final = (
    "The epoch kept was also chosen on the held-out pictures, which flatters the figure a little."
)


def render_cross_validation(summary: Record, recipe: str, scores: Scores, split: Split) -> str:
    """Return the report of a cross validation as one self-contained HTML file without script.

    summary: what `summary.json` holds; recipe: as TOML; scores: of all pictures of `split`, each
    answered by the fold that held it out.
    """
    estimate = Estimate("validation", scores.accuracy, scores.interval, scores.n)
    kind = f"Cross validation in {summary['folds']} folds · {summary['run']}"
    return document(
        f"{summary['recipe']} on {summary['data']}, cross validated · Pilgi",
        masthead(kind, str(summary["recipe"]), sections.headline(scores, [estimate])),
        _by_fold(summary),
        sections.confusions(scores),
        sections.worst_mistakes(scores, split),
        sections.every_class(scores),
        sections.calibration(
            scores,
            summary["temperature"],
            "the folds' mean; each fitted on the pictures it is judged by here",
        ),
        sections.declining(scores),
        section("The recipe", tag("pre", recipe, tabindex="0")),
        section(
            "Where it comes from",
            tag("div", named_values("versions", dict(summary["versions"]))),
        ),
    )


def _by_fold(summary: Record) -> Markup:
    """Return each fold's score and what they say together."""
    held = summary["by_fold"]
    largest = max(one["n"] for one in held)
    rows = [
        [
            str(number),
            percent(one["accuracy"], one["n"]),
            span(tuple(one["interval"]), one["n"]),
            f"{count(one['errors'])} of {count(one['n'])}",
        ]
        for number, one in enumerate(held)
    ]
    words = note(
        f"Every training picture was held out of one fold and answered there. The folds' mean is "
        f"{percent(summary['mean'], largest)}, their standard deviation "
        f"{100 * summary['deviation']:.2f} points. Among the surest mistakes below are often "
        "pictures whose label is wrong. ",
        FLATTERED if summary["kept"] == "best" else "",
    )
    headings = ["fold", "accuracy", "95 % interval", "wrong"]
    return section("Fold by fold", words, table("Scores by fold", headings, rows))
