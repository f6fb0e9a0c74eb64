"""The report of a run: what came out, how it learned, what was chosen and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from pilgi.data.split import Split
from pilgi.evaluate.pages import sections, training
from pilgi.evaluate.scores import Scores
from pilgi.report.page import document

Record = Mapping[str, Any]


def render(
    summary: Record, history: Sequence[Record], recipe: str, scores: Scores, split: Split
) -> str:
    """Return the report of a run as one self-contained HTML file without script.

    summary: what `summary.json` holds; history: the lines of `metrics.jsonl`; recipe: the
    resolved recipe as TOML; scores: those of the kept weights on the test pictures `split`.
    """
    return document(
        f"{summary['recipe']} on {summary['data']} · Pilgi",
        training.head(summary, scores),
        training.cost(summary),
        training.learning(summary, history),
        sections.confusions(scores),
        sections.worst_mistakes(scores, split),
        sections.every_class(scores),
        sections.calibration(scores, summary["temperature"], summary["calibration"]),
        sections.declining(scores),
        *training.chosen(summary, recipe),
        training.provenance(summary),
    )
