"""The using wing's first room: what a recognizer is worth, in figures and on one page."""

from pilgi.evaluate.calibration import Bin, ece, fit_temperature, nll, reliability
from pilgi.evaluate.line_scores import LineScores, evaluate_lines, text_scores
from pilgi.evaluate.mistakes import Mistake
from pilgi.evaluate.pages import (
    render,
    render_evaluation,
    render_line_evaluation,
    render_lines,
)
from pilgi.evaluate.scores import ClassScore, Scores, evaluate, probabilities_scores
from pilgi.evaluate.significance import wilson

__all__ = [
    "Bin",
    "ClassScore",
    "LineScores",
    "Mistake",
    "Scores",
    "ece",
    "evaluate",
    "evaluate_lines",
    "fit_temperature",
    "nll",
    "probabilities_scores",
    "reliability",
    "render",
    "render_evaluation",
    "render_line_evaluation",
    "render_lines",
    "text_scores",
    "wilson",
]
