"""Digits that every machine has, and the answers that what left must give to them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi import data
from pilgi.errors import ExportError

COUNT: Final = 500

Answering = Callable[[NDArray[np.uint8]], NDArray[np.int64]]
"""Ink (n, h, w) -> digit, confidence of 65535 and sure (0 or 1) of each, (n, 3)."""


class Proof(NamedTuple):
    """How many digits, the SHA-256 of their ink and that of the answers, int32 row after row."""

    digits: int
    ink: str
    answers: str


@cache
def digits() -> NDArray[np.uint8]:
    """Return ink of 499 of scikit-learn's digits, and a blank one."""
    images = data.load("digits").images
    chosen = np.linspace(0, len(images) - 1, COUNT - 1).astype(int)
    return np.concatenate([images[chosen], np.zeros((1, *images.shape[1:]), np.uint8)])


def proof(answering: Answering) -> Proof:
    """Return the proof that `answering` gives."""
    ink = digits()
    answers = answering(ink).astype("<i4")
    return Proof(len(ink), *(hashlib.sha256(each.tobytes()).hexdigest() for each in (ink, answers)))


def check(expected: Proof, answering: Answering, what: str) -> None:
    """Raise ExportError where what left answers otherwise than it did when it left."""
    found = proof(answering)
    if found.ink != expected.ink:
        raise ExportError(
            f"{what}: this Pilgi has the {expected.digits} digits of its proof otherwise; use the "
            "Pilgi that wrote it"
        )
    if found.answers != expected.answers:
        raise ExportError(
            f"{what}: its answers to the {expected.digits} digits of its proof are not those it "
            "left with; export it again"
        )
