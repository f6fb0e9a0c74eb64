"""Lines of digits, composed from single ones: the same lines from the same seed.

writers.py      whose digits; no writer is in two parts
composition.py  how composed lines may look
typesetting.py  digits side by side
degradation.py  on paper, photographed
synthesis.py    from all of these line ink, one or many
labelled.py     lines that are scored: the composed ones, or a folder of pictures
"""

from pilgi.data.lines.composition import SCORED, TEST_LINES, TEST_SEED, Composition
from pilgi.data.lines.labelled import load_lines
from pilgi.data.lines.synthesis import Line, Lines, batched, by_width, compose, compose_lines
from pilgi.data.lines.writers import LINES, Parted, Writers, part_writers, unseen_writers

__all__ = [
    "LINES",
    "SCORED",
    "TEST_LINES",
    "TEST_SEED",
    "Composition",
    "Line",
    "Lines",
    "Parted",
    "Writers",
    "batched",
    "by_width",
    "compose",
    "compose_lines",
    "load_lines",
    "part_writers",
    "unseen_writers",
]
