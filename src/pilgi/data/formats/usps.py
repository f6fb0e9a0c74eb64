"""USPS as The Elements of Statistical Learning has it: a label, then 16x16 values in [-1, 1]."""

import io
from pathlib import Path

import numpy as np

from pilgi import ink
from pilgi.data.formats.arrays import DIGITS, Parts
from pilgi.data.formats.content import Content, read_content
from pilgi.data.split import Split
from pilgi.errors import DataError


def file_parts(path: Path) -> Parts:
    """Return the one part of a file of rows."""
    return {"all": lambda: decode(str(path), read_content(path))}


def decode(name: str, content: Content) -> Split:
    """Return the Split of a file of rows, each picture brought to 28x28 (see `pilgi.ink`).

    -1 is paper (0), 1 is ink (255). Raises DataError where a row is not a digit and 256 values.
    """
    if not content.data.strip():
        raise DataError(f"{content.source}: holds no pictures")
    try:
        rows = np.loadtxt(io.BytesIO(content.data), np.float32, ndmin=2, comments=None)
    except ValueError as error:
        raise DataError(f"{content.source}: rows differ in length or hold no numbers") from error
    if rows.shape[1] != 257:
        raise DataError(f"{content.source}: {rows.shape[1]} values a row; expected 257")
    labels, values = rows[:, 0].astype(np.int64), rows[:, 1:]
    if (labels != rows[:, 0]).any() or labels.min() < 0 or labels.max() > 9:
        raise DataError(f"{content.source}: a row begins with a label that is not 0 to 9")
    if not (np.abs(values) <= 1).all():
        raise DataError(f"{content.source}: a value lies outside -1..1")
    grey = np.rint((values + 1) * 127.5).astype(np.uint8).reshape(-1, 16, 16)
    return Split(name, np.stack([ink.normalize(picture) for picture in grey]), labels, DIGITS)
