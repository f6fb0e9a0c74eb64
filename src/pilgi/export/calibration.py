"""The pictures that tell the ranges of a net's values: of what it learnt from, where that is."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi import data
from pilgi.data.lines import LINES, SCORED, Lines, compose_lines, part_writers
from pilgi.errors import ExportError, PilgiError

if TYPE_CHECKING:
    from pilgi.recognizer import Recognizer

COUNT: Final = 500
LINES_COUNT: Final = 60
AT_HAND: Final = "digits"

QUICKER: Final = {LINES: "mnist"}
"""The part of a set of lines' digits that is at hand in a second, not a minute."""


class Calibration(NamedTuple):
    """Pictures, uint8 (n, h, w), and the name of the set they are of."""

    pictures: NDArray[np.uint8]
    data: str


def calibration_of(recognizer: Recognizer, *, fetch: bool = True) -> Calibration:
    """Return 500 pictures, evenly drawn from the training part of what the recognizer learnt from.

    Where that is not on this machine, and cannot be fetched or is not to be: scikit-learn's digits,
    which always are. Never test pictures.
    """
    for source in filter(None, (_learnt_from(recognizer, fetch), AT_HAND)):
        try:
            images = data.load(source, "train").images
        except PilgiError:
            continue
        if images.shape[1:] == recognizer.metadata.input:
            chosen = np.linspace(0, len(images) - 1, min(COUNT, len(images))).astype(int)
            return Calibration(images[chosen], source)
    raise ExportError(
        f"{recognizer.source}: needs pictures to tell the ranges of its values, and what it learnt "
        "from is not on this machine; set PILGI_DATA to where it is"
    )


def calibration_lines(recognizer: Recognizer, *, fetch: bool = True) -> Lines:
    """Return 60 lines composed of digits that the recognizer learnt from.

    As `calibration_of` does: where those are not on this machine, of scikit-learn's digits. Never
    of test digits.
    """
    for source in filter(None, (_learnt_from(recognizer, fetch), AT_HAND)):
        try:
            writers = part_writers(source, 0).train
        except PilgiError:
            continue
        return compose_lines(source, writers, SCORED, LINES_COUNT, 0)
    raise ExportError(
        f"{recognizer.source}: needs lines to tell the ranges of its values, and the digits it "
        "learnt from are not on this machine; set PILGI_DATA to where they are"
    )


def _learnt_from(recognizer: Recognizer, fetch: bool) -> str:
    """Return the set that it learnt from; none where it would have to be fetched and is not to."""
    recipe = recognizer.metadata.recipe
    learnt = str(tomllib.loads(recipe).get("data", "")) if recipe else ""
    source = QUICKER.get(learnt, learnt)
    far = source in data.CATALOG and not data.is_at_hand(source)
    return "" if far and not fetch else source
