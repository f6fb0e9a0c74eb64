"""One HTML file a person likes to look at: no script, nothing fetched, light and dark, printable.

run.py         the report of a run          evaluation.py  the page of `pilgi eval --out`
lines.py       both of them, on lines        training.py    the parts both runs have
sections.py    the parts all have           page.py        the frame, tables and facts
charts/        inline SVG                   style.css      the look, in custom properties
markup.py      text becomes HTML here       numbers.py     numbers as people read them
folds.py       that of a cross validation
"""

from pilgi.evaluate.report.evaluation import render_evaluation
from pilgi.evaluate.report.folds import render_cross_validation
from pilgi.evaluate.report.lines import render_line_evaluation, render_lines
from pilgi.evaluate.report.run import render

__all__ = [
    "render",
    "render_cross_validation",
    "render_evaluation",
    "render_line_evaluation",
    "render_lines",
]
