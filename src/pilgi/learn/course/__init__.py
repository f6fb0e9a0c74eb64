"""The course: every one of its experiments a row that runs, its figure beside ours.

rows.py         the literal table              row.py          what a row is
runs.py         the runs, each done once       metrics.py      runs -> numbers
outcome.py      numbers -> verdict             reproduce.py    rows -> outcomes, kept in a folder
data_shapes.py  the row that looks at data     several.py      a row of several trainings, at once
table.py        text and Markdown              course_page.py  HTML
"""

from pilgi.learn.course.data_shapes import show_shapes
from pilgi.learn.course.outcome import Measured, Origin, Outcome, reproduces
from pilgi.learn.course.reproduce import HOME, known, reproduce, write_tables
from pilgi.learn.course.row import Figure, Row, Training
from pilgi.learn.course.rows import ROWS, choose
from pilgi.learn.course.several import train_row

__all__ = [
    "HOME",
    "ROWS",
    "Figure",
    "Measured",
    "Origin",
    "Outcome",
    "Row",
    "Training",
    "choose",
    "known",
    "reproduce",
    "reproduces",
    "show_shapes",
    "train_row",
    "write_tables",
]
