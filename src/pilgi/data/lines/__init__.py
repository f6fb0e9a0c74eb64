"""Lines of digits, composed from single ones: the same lines from the same seed.

symbols.py      what may be seen in a place, as labels and as text
writers.py      whose digits; no writer is in two parts (held_out.py: by a hash)
others.py       signs (drawn by signs.py), letters and scribbles beside them
glyphs.py       pieces of type: how tall, where on the line
composition.py  how composed lines may look
variation.py    each digit bent, in another pen
wording.py      what stands in a line: digits, signs, letters, a word
typesetting.py  one piece beside the other
degradation.py  on paper, photographed
synthesis.py    from all of these line ink, one or many
labelled.py     lines that are scored: the composed ones, or a folder of pictures
"""

from pilgi.data.lines.composition import SCORED, TEST_LINES, TEST_SEED, Composition
from pilgi.data.lines.labelled import load_lines
from pilgi.data.lines.symbols import (
    ALPHABET,
    CLASSES,
    OTHER,
    SEPARATOR,
    labels_of,
    number_in,
    spelt,
)
from pilgi.data.lines.synthesis import Line, Lines, batched, by_width, compose, compose_lines
from pilgi.data.lines.writers import LINES, Parted, Writers, part_writers, unseen_writers

__all__ = [
    "ALPHABET",
    "CLASSES",
    "LINES",
    "OTHER",
    "SCORED",
    "SEPARATOR",
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
    "labels_of",
    "load_lines",
    "number_in",
    "part_writers",
    "spelt",
    "unseen_writers",
]
