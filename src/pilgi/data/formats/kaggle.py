"""The two files of Kaggle's digit-recognizer competition, and the one it asks for.

train.csv: `label,pixel0,...,pixel783`; test.csv: `pixel0,...,pixel783`; sample_submission.csv:
`ImageId,Label`, ImageId counted from 1. https://www.kaggle.com/competitions/digit-recognizer/data
"""

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data.formats import csv
from pilgi.data.formats.arrays import DIGITS, to_bytes, to_ink
from pilgi.data.formats.content import Content, read_content
from pilgi.data.split import Labels, Pictures, Split
from pilgi.errors import DataError
from pilgi.ink import SIDE

PIXELS: Final = tuple(f"pixel{number}" for number in range(SIDE * SIDE))
LABEL: Final = "label"


def read_train(path: Path) -> Split:
    """Return the labelled pictures, as ink.

    Raises DataError for other columns, no rows, a label that is no digit, a value outside 0..255.
    """
    content = read_content(path)
    names = _names(content)
    if LABEL not in names:
        raise DataError(
            f"{path}: no column '{LABEL}', so nothing to learn from: its first column is "
            f"{names[0][:20]!r}; name the competition's train.csv first, its test.csv second"
        )
    _check_columns(content, names, (LABEL, *PIXELS))
    rows = _rows(content, len(names))
    labels = rows[:, 0].astype(np.int64)
    if labels.max() > 9:
        line = int(np.argmax(labels > 9)) + 2
        raise DataError(f"{path}: line {line} has the label {labels.max()}; labels are 0 to 9")
    return Split(str(path), _pictures(content, rows[:, 1:]), labels, DIGITS)


def read_test(path: Path) -> Pictures:
    """Return the pictures to answer, as ink, in the file's order; raises as `read_train` does."""
    content = read_content(path)
    names = _names(content)
    if LABEL in names:
        raise DataError(
            f"{path}: has a column '{LABEL}', but the competition's test file has pictures alone; "
            "name train.csv first, test.csv second, or remove that column"
        )
    _check_columns(content, names, PIXELS)
    return _pictures(content, _rows(content, len(names)))


def submission(labels: Labels) -> str:
    """Return `ImageId,Label` and a line for each answer, counted from 1."""
    rows = (f"{number},{label}\n" for number, label in enumerate(labels.tolist(), 1))
    return "ImageId,Label\n" + "".join(rows)


def _names(content: Content) -> list[str]:
    return [name.strip().strip('"') for name in csv.first_row(content)]


def _check_columns(content: Content, names: list[str], wanted: tuple[str, ...]) -> None:
    """Refuse the first column that is not the competition's."""
    missing = [name for name in wanted if name not in names]
    foreign = [name for name in names if name not in wanted]
    if foreign and (missing or len(names) > len(wanted)):
        at = names.index(foreign[0])
        due = f"'{wanted[at]}'" if at < len(wanted) else "no more columns"
        raise DataError(
            f"{content.source}: column {at + 1} is '{foreign[0][:20]}', but there should be {due}; "
            "use the competition's file as it is"
        )
    if missing:
        raise DataError(
            f"{content.source}: column '{missing[0]}' is missing; "
            "use the competition's file as it is"
        )
    if len(names) > len(wanted):
        twice = next(name for name in names if names.count(name) > 1)
        raise DataError(
            f"{content.source}: column '{twice}' is there twice; "
            "use the competition's file as it is"
        )
    if names != list(wanted):
        raise DataError(
            f"{content.source}: its columns stand in another order than "
            f"{wanted[0]} to {wanted[-1]}; use the competition's file as it is"
        )


def _rows(content: Content, columns: int) -> NDArray[np.int16]:
    rows = csv.numbers(content, 1, columns)
    if not len(rows):
        raise DataError(f"{content.source}: holds no pictures; use the competition's file as it is")
    return rows


def _pictures(content: Content, pixels: NDArray[np.int16]) -> Pictures:
    return to_ink(to_bytes(content.source, pixels.reshape(-1, SIDE, SIDE)))
