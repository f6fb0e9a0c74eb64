"""One HTML file a person likes to look at: no script, nothing fetched, light and dark, printable.

run.py                  the report of a run           evaluation.py  the page of `pilgi eval --out`
lines_of_digits.py      both of them, on lines        training.py    the parts both runs have
cross_validation.py     the report of all folds       sections.py    the parts all have
adaptation.py           the report of an adaptation
reliability_diagram.py  and coverage_curve.py: how far a confidence can be trusted
What they are made of is in `pilgi.report`.
"""

from pilgi.evaluate.pages.adaptation import render_adaptation
from pilgi.evaluate.pages.cross_validation import render_cross_validation
from pilgi.evaluate.pages.evaluation import render_evaluation
from pilgi.evaluate.pages.lines_of_digits import render_line_evaluation, render_lines
from pilgi.evaluate.pages.run import render

__all__ = [
    "render",
    "render_adaptation",
    "render_cross_validation",
    "render_evaluation",
    "render_line_evaluation",
    "render_lines",
]
