"""Lines of digits, composed from single ones: the same lines from the same seed.

hands.py   whose digits; no writer is in two parts     composition.py   how lines may look
row.py     digits side by side -> sheet.py   on paper -> lines.py   line ink, one or many
labelled.py  those that are scored: the composed ones, or a folder of pictures
"""

from pilgi.data.lines.composition import SCORED, TEST_LINES, TEST_SEED, Composition
from pilgi.data.lines.hands import LINES, Hands, Parted, hands, test_hands
from pilgi.data.lines.labelled import load_lines
from pilgi.data.lines.lines import Line, Lines, batched, by_width, compose, compose_lines

__all__ = [
    "LINES",
    "SCORED",
    "TEST_LINES",
    "TEST_SEED",
    "Composition",
    "Hands",
    "Line",
    "Lines",
    "Parted",
    "batched",
    "by_width",
    "compose",
    "compose_lines",
    "hands",
    "load_lines",
    "test_hands",
]
