"""The sections of a training: what it cost, how it learned, what was chosen and from what."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from pilgi.evaluate.line_scores import LineScores
from pilgi.evaluate.pages import sections
from pilgi.evaluate.scores import Scores
from pilgi.report.charts.curves import Unit, curves, series
from pilgi.report.charts.interval import Estimate
from pilgi.report.markup import Markup, tag
from pilgi.report.numbers import (
    SPACE,
    UNKNOWN,
    count,
    duration,
    percent,
    percent_tick,
    rate,
    significant,
    span,
    tick,
)
from pilgi.report.page import (
    Fact,
    columns,
    facts,
    folded,
    masthead,
    named_values,
    note,
    reasons,
    section,
    table,
)

Record = Mapping[str, Any]


def head(summary: Record, scores: Scores | LineScores) -> Markup:
    """Return the masthead: the recipe, and its accuracy on test and validation."""
    kind = f"Report of a run · {summary['run']}"
    headline = sections.headline(scores, estimates(summary, scores))
    return masthead(kind, str(summary["recipe"]), headline)


def estimates(summary: Record, scores: Scores | LineScores) -> list[Estimate]:
    """Return the accuracy on the test pictures and, where there were any, on validation's."""
    found = [Estimate("test", scores.accuracy, scores.interval, scores.n)]
    validation = summary["validation"]
    if validation:
        low, high = validation["interval"]
        found.append(Estimate("validation", validation["accuracy"], (low, high), validation["n"]))
    return found


def cost(summary: Record) -> Markup:
    """Return what the run took and how much it learnt with."""
    return section("The run", facts(_facts(summary)))


def _facts(summary: Record) -> list[Fact]:
    return [
        ("Training time", duration(summary["train_seconds"]), f"on {summary['device']}"),
        ("Epochs", count(summary["epochs"]), f"{count(summary['steps'])} steps"),
        ("Parameters", count(summary["parameters"]), "numbers it holds"),
        ("Multiply-accumulates", count(summary["multiply_accumulates"]), "for one picture"),
        ("Validation accuracy", *_validation(summary["validation"])),
        ("Weights kept", summary["kept"]["keep"], _kept_epoch(summary["kept"])),
        ("Seed", str(summary["seed"]), ""),
        ("Started", _readable(summary["started"]), ""),
    ]


def _validation(score: Record | None) -> tuple[str, str]:
    if not score:
        return UNKNOWN, "no pictures were set aside"
    return percent(score["accuracy"], score["n"]), (
        f"{count(score['errors'])} of {count(score['n'])} wrong"
    )


def _kept_epoch(kept: Record) -> str:
    return "" if kept["epoch"] is None else f"from epoch {kept['epoch']}"


def _readable(started: str) -> str:
    """2026-11-21T10:15:00+00:00 becomes 2026-11-21 10:15."""
    return str(started)[:16].replace("T", " ")


def learning(summary: Record, history: Sequence[Record]) -> Markup:
    """Return the curves of loss and errors, and their table."""
    kept = summary["kept"]["epoch"]
    loss = curves("Loss", series(history, "loss"), Unit(tick, significant), kept)
    errors = [one.complement() for one in series(history, "accuracy")]
    wrong = curves("Wrong answers", errors, Unit(percent_tick, rate), kept)
    if not loss and not wrong:
        return section("How it learned", note("No epoch left a figure behind."))
    words = note(
        "Each epoch is one pass over the training pictures; lower is better, and equal heights "
        "are equal ratios. Training is scored while it goes on, with whatever makes it harder "
        "(distorted pictures, dropout), so it can lie above validation."
    )
    return section(
        "How it learned",
        words,
        columns(tag("figure", loss), tag("figure", wrong)),
        folded("The epochs as a table", _epochs(history)),
    )


def _epochs(history: Sequence[Record]) -> Markup:
    headings = [
        "epoch",
        "training loss",
        "validation loss",
        "training accuracy",
        "validation accuracy",
        "learning rate",
        "time",
    ]
    return table("Figures by epoch", headings, [_epoch(row) for row in history])


def _epoch(row: Record) -> list[str]:
    train, validation = row.get("train") or {}, row.get("validation") or {}
    return [
        str(row["epoch"]),
        significant(train.get("loss"), 4),
        significant(validation.get("loss"), 4),
        _accuracy(train.get("accuracy")),
        _accuracy(validation.get("accuracy")),
        significant(row.get("learning_rate")),
        duration(row.get("seconds")),
    ]


def _accuracy(fraction: float | None) -> str:
    known = fraction is not None and isfinite(fraction)
    return f"{100 * fraction:.2f}{SPACE}%" if known and fraction is not None else UNKNOWN


def chosen(summary: Record, recipe: str) -> tuple[Markup, Markup]:
    """Return what was chosen and why, and the recipe, which repeats the run."""
    return (
        section("What was chosen, and why", reasons(_choices(summary))),
        section(
            "The recipe",
            note("Save it as a file, and pilgi train FILE repeats this run."),
            tag("pre", recipe, tabindex="0"),
        ),
    )


def _choices(summary: Record) -> list[Fact]:
    kept, validation = summary["kept"], summary["validation"]
    chosen = [
        ("Weights", f"{kept['keep']} {_kept_epoch(kept)}".strip(), str(kept["why"])),
        ("Training ended", str(summary["stopped"]), ""),
        ("Temperature", significant(summary["temperature"]), str(summary["calibration"])),
        ("Precision", str(summary["precision"]), ""),
    ]
    if validation:
        low, high = validation["interval"]
        chosen.append(
            (
                "Chosen on",
                f"{count(validation['n'])} validation pictures",
                f"95{SPACE}% interval of their accuracy {span((low, high), validation['n'])}",
            )
        )
    return chosen


def provenance(summary: Record) -> Markup:
    """Return versions, machine and the hashes of the data."""
    return section(
        "Where it comes from",
        columns(
            named_values("Versions", dict(summary["versions"])),
            named_values("Machine", dict(summary["machine"])),
        ),
        tag(
            "div",
            named_values("SHA-256 of the pictures and labels", dict(summary["data_sha256"])),
            class_="hashes",
        ),
    )
