"""The report of an adaptation: to what, how, and what the recognizer still knows."""

from collections.abc import Mapping
from typing import Any

from pilgi.data.split import Split
from pilgi.evaluate.pages import sections, training
from pilgi.evaluate.scores import Scores
from pilgi.report.markup import Markup, tag
from pilgi.report.numbers import SPACE, count, duration
from pilgi.report.page import document, facts, masthead, note, section

Record = Mapping[str, Any]


def render_adaptation(summary: Record, recipe: str, scores: Scores, split: Split) -> str:
    """Return the report of an adaptation as one self-contained HTML file without script.

    summary: what `summary.json` holds, `adapted` too; recipe: what the recognizer had learnt by
    before, as TOML; scores: those of the adapted weights on the pictures `split`.
    """
    title = f"{summary['recipe']}, adapted to {summary['adapted']['data']}"
    headline = sections.headline(scores, training.estimates(summary, scores))
    return document(
        f"{title} · Pilgi",
        masthead(f"Report of an adaptation · {summary['run']}", title, headline),
        _adapted(summary),
        sections.confusions(scores),
        sections.worst_mistakes(scores, split),
        sections.every_class(scores),
        sections.calibration(scores, summary["temperature"], summary["calibration"]),
        sections.declining(scores),
        section(
            "The recipe",
            note("What it had learnt by before; pilgi adapt repeats the adaptation."),
            tag("pre", recipe, tabindex="0"),
        ),
        training.provenance(summary),
    )


def _adapted(summary: Record) -> Markup:
    """Return what it learnt on, by which method and why, and what became of the old data."""
    told = summary["adapted"]
    figures = [
        ("Pictures", count(told["n"]), f"{count(told['held_back'])} held back"),
        ("Labels", count(told["labelled"]), ""),
        ("Method", str(told["method"]), ""),
        ("Time", duration(summary["train_seconds"]), f"on {summary['device']}"),
        ("Begun with", str(told["from"]), f"SHA-256 {told['from_sha256'][:12]}"),
        ("Seed", str(summary["seed"]), ""),
    ]
    words = {"Chosen": told["why"], "The old data": told["old_said"]}
    notes = (f"{name}: {said}.".replace("%", f"{SPACE}%") for name, said in words.items())
    return section("What it was adapted to", *map(note, notes), facts(figures))
