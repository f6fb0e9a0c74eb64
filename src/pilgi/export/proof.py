"""Digits and lines that every machine has, and the answers that what left must give to them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from itertools import cycle, islice
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi import data
from pilgi.errors import ExportError
from pilgi.ink import LINE_HEIGHT, frame_line

COUNT: Final = 500

LINES_COUNT: Final = 12

Answering = Callable[[Any], NDArray[np.int64]]
"""Pictures -> what is answered to each, row after row.

Ink (n, h, w): digit, confidence of 65535 and sure (0 or 1), (n, 3). Lines' inks: see
`LineAnswer.row`, one after another.
"""


class Proof(NamedTuple):
    """How many pictures, the SHA-256 of their ink and that of the answers, int32 row after row."""

    digits: int
    ink: str
    answers: str


@cache
def digits() -> NDArray[np.uint8]:
    """Return ink of 499 of scikit-learn's digits, and a blank one."""
    images = data.load("digits").images
    chosen = np.linspace(0, len(images) - 1, COUNT - 1).astype(int)
    return np.concatenate([images[chosen], np.zeros((1, *images.shape[1:]), np.uint8)])


@cache
def lines() -> tuple[NDArray[np.uint8], ...]:
    """Return ink of 11 lines of one to six of scikit-learn's digits, and a blank one."""
    images, start, found = data.load("digits").images, 0, list[NDArray[np.uint8]]()
    for count in islice(cycle(range(1, 7)), LINES_COUNT - 1):
        found.append(frame_line(np.concatenate(list(images[start : start + count]), axis=1)))
        start += count
    return *found, np.zeros((LINE_HEIGHT, 16), np.uint8)


SHOWN: Final[Mapping[str, Callable[[], Any]]] = {
    "digit": digits,
    "line": lines,
}
"""What is shown to a recognizer that reads so."""


def proof(answering: Answering, reads: str = "digit") -> Proof:
    """Return the proof that `answering` gives."""
    shown = SHOWN[reads]()
    ink, answers = b"".join(each.tobytes() for each in shown), answering(shown).astype("<i4")
    return Proof(
        len(shown), *(hashlib.sha256(each).hexdigest() for each in (ink, answers.tobytes()))
    )


def check(expected: Proof, answering: Answering, what: str, reads: str = "digit") -> None:
    """Raise ExportError where what left answers otherwise than it did when it left."""
    found = proof(answering, reads)
    if found.ink != expected.ink:
        raise ExportError(
            f"{what}: this Pilgi has the {expected.digits} {reads}s of its proof otherwise; use "
            "the Pilgi that wrote it"
        )
    if found.answers != expected.answers:
        raise ExportError(
            f"{what}: its answers to the {expected.digits} {reads}s of its proof are not those it "
            "left with; export it again"
        )
