"""The page of `pilgi eval --out`: one recognizer on one set of pictures."""

from pilgi.data.split import Split
from pilgi.evaluate.pages import sections
from pilgi.evaluate.scores import Scores
from pilgi.recognizer import Recognizer
from pilgi.report.charts.interval import Estimate
from pilgi.report.page import document, masthead


def render_evaluation(scores: Scores, split: Split, recognizer: Recognizer) -> str:
    """Return the scores of `recognizer` on `split` as one self-contained HTML file."""
    estimate = Estimate("accuracy", scores.accuracy, scores.interval, scores.n)
    facts = recognizer.metadata
    hashes = {"recognizer": facts.sha256, split.name: split.sha256}
    return document(
        f"{recognizer.source} on {scores.data} · Pilgi",
        masthead(
            f"Evaluation · {scores.data}", recognizer.source, sections.headline(scores, [estimate])
        ),
        sections.confusions(scores),
        sections.worst_mistakes(scores, split),
        sections.every_class(scores),
        sections.calibration(scores, facts.temperature, facts.calibration),
        sections.declining(scores),
        sections.origin(hashes),
    )
