"""The sections that a run's report and an evaluation have in common."""

from collections.abc import Sequence
from typing import Final

from pilgi.data.split import Split
from pilgi.evaluate.line_scores import LineScores
from pilgi.evaluate.mistakes import Mistake, picture_uri
from pilgi.evaluate.pages.coverage_curve import coverage_curve
from pilgi.evaluate.pages.reliability_diagram import reliability_diagram
from pilgi.evaluate.scores import Scores
from pilgi.report.charts.confusion import confusion_matrix
from pilgi.report.charts.interval import Estimate, intervals
from pilgi.report.markup import Markup, tag, void
from pilgi.report.numbers import (
    SPACE,
    UNKNOWN,
    confidence,
    count,
    percent,
    plural,
    significant,
    span,
)
from pilgi.report.page import columns, facts, folded, named_values, note, section, table

MISTAKES: Final = 24
PAIRS: Final = 5
# With more classes than this the matrix scrolls on a phone: shrunk, nobody could read it.
LARGE: Final = 12


def headline(scores: Scores | LineScores, estimates: Sequence[Estimate]) -> Markup:
    """Return the figure everybody looks for first, its errors and its interval."""
    number = tag("p", percent(scores.accuracy, scores.n), class_="number")
    errors = tag("p", f"{count(scores.errors)} of {count(scores.n)} wrong", class_="errors")
    trust = note(
        f"Accuracy on {scores.data}. With 95{SPACE}% confidence the true accuracy lies between "
        f"{span(scores.interval, scores.n).replace(' to ', ' and ')}."
    )
    words = tag("div", tag("div", number, errors, class_="answer"), trust)
    return tag("div", words, intervals(estimates), class_="headline")


def confusions(scores: Scores) -> Markup:
    """Return the confusion matrix, its commonest confusions in words, and its table."""
    chart = tag(
        "figure",
        confusion_matrix(scores.confusion, scores.classes),
        class_="scroll large" if len(scores.classes) > LARGE else "scroll",
        tabindex="0",
    )
    rows = [
        [name, *map(count, row)]
        for name, row in zip(scores.classes, scores.confusion.tolist(), strict=True)
    ]
    counts = table("Confusion matrix: rows are the truth", ["truth", *scores.classes], rows)
    return section(
        "What was taken for what",
        note(_commonest(scores)),
        chart,
        folded("The counts as a table", counts),
    )


def _commonest(scores: Scores) -> str:
    cells = scores.confusion.tolist()
    names = scores.classes
    found = [
        (n, f"{names[i]} taken for {names[j]} ({plural(n, 'time')})")
        for i, row in enumerate(cells)
        for j, n in enumerate(row)
        if i != j and n
    ]
    if not found:
        return "Not one mistake: every picture was read rightly."
    first = sorted(found, key=lambda pair: -pair[0])[:PAIRS]
    listing = ", ".join(words for _, words in first)
    return f"Most often: {listing}. The stronger the colour, the more often."


def worst_mistakes(scores: Scores, split: Split) -> Markup:
    """Return the wrong answers that were given most surely, as pictures."""
    if not scores.mistakes:
        return section("The worst mistakes", note("There are none on these pictures."))
    shown = scores.mistakes[:MISTAKES]
    some = f"the {len(shown)} it was surest of" if len(shown) < len(scores.mistakes) else "all"
    words = note(
        f"Of {plural(len(scores.mistakes), 'wrong answer')}, {some}: "
        "truth → answer, and how sure it was."
    )
    pictures = tag("ol", *(_mistake(one, split, scores) for one in shown), class_="mistakes")
    return section("The worst mistakes", words, pictures)


def _mistake(one: Mistake, split: Split, scores: Scores) -> Markup:
    picture = split.images[one.index]
    truth, answer = scores.classes[one.truth], scores.classes[one.answer]
    sure = confidence(one.confidence)
    image = void(
        "img",
        src=picture_uri(picture),
        class_="ink" if picture.ndim == 2 else None,
        alt=f"picture {one.index}: {truth} taken for {answer}, {sure} sure",
    )
    said = tag("span", truth, " → ", tag("b", answer))
    return tag("li", image, said, tag("small", sure), title=f"picture {one.index}")


def every_class(scores: Scores) -> Markup:
    """Return precision, recall and F1 of each class."""
    words = note(
        "Recall: of the pictures of this class, how many were recognised. Precision: of the "
        "answers naming this class, how many were right. F1 is their harmonic mean."
    )
    wrong = scores.confusion.sum(axis=1) - scores.confusion.diagonal()
    largest = int(max(scores.confusion.sum(axis=1).max(), scores.confusion.sum(axis=0).max()))
    rows = [
        [
            one.name,
            percent(one.recall, largest),
            percent(one.precision, largest),
            UNKNOWN if one.f1 is None else f"{one.f1:.4f}",
            f"{count(int(missed))} of {count(one.support)}",
        ]
        for one, missed in zip(scores.per_class, wrong, strict=True)
    ]
    headings = ["class", "recall", "precision", "F1", "missed"]
    return section("Class by class", words, table("Scores by class", headings, rows))


def calibration(scores: Scores, temperature: float, source: str) -> Markup:
    """Return how far confidence can be believed: the diagram, its figures and its table."""
    words = note(
        "If the answers that are 99",
        SPACE,
        "% sure are right 99 times in 100, the points lie "
        "on the dashed line. Above it the recognizer is more modest than it need be, below it "
        "too sure of itself. Each point stands for as many pictures as the next, its line for the "
        f"95{SPACE}% interval; a hollow point made no mistake at all.",
    )
    figures = facts(
        [
            (
                "Negative log likelihood",
                f"{significant(scores.nll)} nats",
                "how much the truth surprised it; 0 is perfect",
            ),
            (
                "Calibration error (ECE)",
                f"{significant(100 * scores.ece, 2)}{SPACE}%",
                "mean distance between confidence and accuracy",
            ),
            ("Temperature", significant(temperature), source),
        ]
    )
    chart = tag("figure", reliability_diagram(scores.bins))
    return section(
        "How sure it is",
        words,
        columns(chart, figures),
        folded("The bins as a table", _bins(scores)),
    )


def declining(scores: Scores) -> Markup:
    """Return what declining the least sure pictures buys: the curve, its words and its table."""
    own = (
        f"At its own threshold it declined {count(scores.declined)} of {count(scores.n)}. "
        if scores.declined
        else ""
    )
    words = note(
        f"{own}Whoever would rather have no answer than a wrong one declines the least sure: each "
        "point is a threshold, to the right more is declined and more of the rest is right."
    )
    rows = [
        [
            percent(each.declined, scores.n),
            f"{each.min_confidence:.4f}",
            count(each.errors),
            percent(each.accuracy, each.n),
        ]
        for each in scores.balances
    ]
    headings = ["declined", "below", "still wrong", "right"]
    figures = table("What declining buys", headings, rows)
    shown = [each for each in scores.balances if each.declined]
    curve = [tag("figure", coverage_curve(shown))] if shown else []
    listed = folded("The thresholds as a table", figures)
    return section("When it is not sure", words, *curve, listed)


def _bins(scores: Scores) -> Markup:
    rows = [
        [
            str(i),
            f"{100 * b.confidence:.3f}{SPACE}%",
            f"{100 * b.accuracy:.2f}{SPACE}%",
            f"{100 * b.interval[0]:.2f} to {100 * b.interval[1]:.2f}{SPACE}%",
            count(b.n),
        ]
        for i, b in enumerate(scores.bins, start=1)
    ]
    headings = ["bin", "how sure", "how often right", "95 % interval", "pictures"]
    return table("Reliability by bin of confidence", headings, rows)


def origin(hashes: dict[str, str]) -> Markup:
    """Return what exactly was scored on what, by SHA-256."""
    values = tag("div", named_values("SHA-256", hashes), class_="hashes")
    return section("Where it comes from", values)
