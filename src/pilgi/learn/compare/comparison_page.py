"""`comparison.html`: one file that shows what differed, in the report's look."""

from collections.abc import Sequence
from typing import Final

from pilgi.learn.compare.charts import History, error_curves, forest, overlay
from pilgi.learn.compare.comparison import ArmScores, Comparison, Difference, Scores
from pilgi.learn.compare.verdict import places, signed_points
from pilgi.report.markup import Markup, tag
from pilgi.report.numbers import SPACE, UNKNOWN, decimals, percent
from pilgi.report.page import document, folded, masthead, note, section, table

SMALLEST_P: Final = 0.001
CHARTS: Final = {"validation": "Wrong answers, validation", "train": "Wrong answers, training"}


def render(comparison: Comparison, histories: Sequence[Sequence[History]]) -> str:
    """Return the comparison as one self-contained HTML file without script.

    histories: the lines of `metrics.jsonl` by arm and seed.
    """
    title = f"{comparison.recipe}: {comparison.keys}"
    return document(
        f"{title} · Pilgi",
        masthead(f"Comparison · {comparison.seeds} seeds an arm", title, _answer(comparison)),
        section("The arms", _arms(comparison)),
        section("The differences", *_differences(comparison)),
        section("How they learned", *_learning(comparison, histories)),
        section("Where they ran", *_machines(comparison)),
    )


def spread_of(scores: Scores | None) -> str:
    """Return mean and standard deviation, "97.81 ± 0.12 %"."""
    if scores is None:
        return UNKNOWN
    digits = decimals(scores.pictures)
    return f"{100 * scores.mean:.{digits}f} ± {100 * scores.sd:.{digits}f}{SPACE}%"


def interval_of(one: Difference, pictures: int) -> str:
    """Return the 95 % interval in points, "+0.07 to +0.17"."""
    digits = places(one.test, pictures)
    return " to ".join(signed_points(bound, digits) for bound in one.test.interval)


def mean_of(one: Difference, pictures: int) -> str:
    """Return the mean difference in points, "+0.12"."""
    return signed_points(one.test.mean, places(one.test, pictures))


def _answer(comparison: Comparison) -> Markup:
    """Return the verdicts against the first arm, before anything else."""
    first = comparison.arms[0].name
    found = [one for one in comparison.differences if one.b == first]
    lines = [tag("p", tag("b", one.a), f": {one.verdict}", class_="errors") for one in found]
    words = note(
        f"Test accuracy on {comparison.data}, measured against {first}. Every arm was trained with "
        f"the same {comparison.seeds} seeds; ± is the 95{SPACE}% interval of the mean difference."
    )
    return tag("div", *lines, words, style="padding:32px 0 48px")


def _arms(comparison: Comparison) -> Markup:
    headings = [comparison.keys, "seeds", "test accuracy", "lowest", "highest", "validation"]
    return table("Accuracy by arm", headings, [_arm(arm) for arm in comparison.arms])


def _arm(arm: ArmScores) -> list[str]:
    found, pictures = [float(one) for one in arm.test.accuracies], arm.test.pictures
    return [
        arm.name,
        str(len(found)),
        spread_of(arm.test),
        percent(min(found), pictures),
        percent(max(found), pictures),
        spread_of(arm.validation),
    ]


def _differences(comparison: Comparison) -> list[Markup]:
    pictures, many = comparison.arms[0].test.pictures, len(comparison.differences) > 1
    words = note(
        "The same seed gives two arms the same validation pictures and the same order, so they are "
        f"compared seed by seed. A line is the 95{SPACE}% interval of the mean difference (t over "
        "seeds); where it crosses the dashed zero, nothing was shown. A full point is certain",
        f" after Holm’s correction for {len(comparison.differences)} comparisons." if many else ".",
        " The interval is about other seeds, not about other pictures.",
    )
    headings = ["arm", "against", f"95{SPACE}% interval, points", "p"]
    rows = [
        [
            one.a,
            one.b,
            interval_of(one, pictures),
            p_value(one.p),
        ]
        for one in comparison.differences
    ]
    chart = tag(
        "figure", forest(comparison.differences, pictures), class_="scroll large", tabindex="0"
    )
    verdicts = [
        tag("p", tag("b", one.a), f" against {one.b}: {one.verdict}")
        for one in comparison.differences
    ]
    said = tag("div", *verdicts, style="padding:16px 0 24px")
    return [words, chart, said, table("Differences between arms", headings, rows)]


def p_value(p: float) -> str:
    """Return a p-value as people write it; none is zero."""
    return f"{p:.3f}" if p >= SMALLEST_P else f"< {SMALLEST_P}"


def _learning(comparison: Comparison, histories: Sequence[Sequence[History]]) -> list[Markup]:
    names = [arm.name for arm in comparison.arms]
    parts = {part: error_curves(names, histories, part) for part in CHARTS}
    ground = [arm for arms in parts.values() for arm in arms]
    charts = [
        tag("figure", overlay(CHARTS[part], arms, ground), class_="scroll large", tabindex="0")
        for part, arms in parts.items()
        if arms
    ]
    if not charts:
        return [note("No epoch left a figure behind.")]
    words = note(
        "The thick line is the mean over seeds, each thin one a seed. Lower is better, and equal "
        "heights are equal ratios; all charts have the same axes. Where the thin lines of two arms "
        "mix, the difference between them is small beside that between seeds."
    )
    return [words, *charts, folded("Every seed as a table", _seeds(comparison))]


def _seeds(comparison: Comparison) -> Markup:
    headings = ["seed", *(arm.name for arm in comparison.arms)]
    rows = [
        [
            str(seed),
            *(
                percent(float(arm.test.accuracies[seed]), arm.test.pictures)
                for arm in comparison.arms
            ),
        ]
        for seed in range(comparison.seeds)
    ]
    return table("Test accuracy by seed and arm", headings, rows)


def _machines(comparison: Comparison) -> list[Markup]:
    if not comparison.unlike:
        return [note("Every run had the same conditions: processor, versions and threads.")]
    rows = [list(sentence.split(": ", 1)) for sentence in comparison.unlike]
    words = note(
        "Not every run had the same conditions. Scores may differ a little for that reason alone."
    )
    return [words, table("What was not the same", ["", "runs"], rows)]
