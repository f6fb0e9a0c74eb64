"""Kaggle's digit CSV: a row a picture, `label,pixel0,...,pixel783`, values 0..255.

Other square pictures and other labels have the same layout (Sign Language MNIST, A-Z). A first row
of names is optional, as in the copies of MNIST that have none.
"""

import io
import math
import re
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data.formats.arrays import Parts, to_split
from pilgi.data.formats.content import Content, read_content
from pilgi.data.split import Split
from pilgi.errors import DataError

WHITE: Final = 255
FIRST_ROW: Final = 2**20
"""Bytes that the first row has at most: names of 300x300 pixels."""

OTHER_SIGNS: Final = {";": "semicolons", "\t": "tabs"}


def file_parts(path: Path) -> Parts:
    """Return the one part of a CSV file."""
    return {"all": lambda: read(path)}


def read(path: Path) -> Split:
    """Return the Split of a CSV file, packed or not.

    Raises DataError where labels are missing, rows differ in length, or a value is not a whole
    number from 0 to 255.
    """
    return _decode(read_content(path))


def read_partly(path: Path) -> tuple[Split, NDArray[np.bool_]]:
    """Return the Split of a CSV file whose labels may be empty, and which have one, bool (n,).

    Where there is none the Split says 0. Raises DataError as `read` does.
    """
    content = read_content(path)
    filled = re.sub(rb"^(?=,)", b"0", content.data, flags=re.MULTILINE)
    split = _decode(Content(content.source, filled))
    lines = [line for line in content.data.splitlines() if line.strip()][-len(split) :]
    return split, np.array([not line.startswith(b",") for line in lines])


def _decode(content: Content) -> Split:
    first = first_row(content)
    names = 0 if _is_number(first[0]) else 1
    side = _side(content.source, first, bool(names))
    rows = numbers(content, names, 1 + side * side)
    if not len(rows):
        raise DataError(f"{content.source}: holds no pictures")
    return to_split(content.source, rows[:, 1:].reshape(-1, side, side), rows[:, 0])


def first_row(content: Content) -> list[str]:
    """Return the first row's values, or the columns' names; DataError where no comma parts them."""
    text = content.data[:FIRST_ROW].decode("utf-8-sig", "replace").lstrip()
    if not text:
        raise DataError(f"{content.source}: an empty file")
    row = text.splitlines()[0].strip()
    other = next((name for sign, name in OTHER_SIGNS.items() if sign in row), None)
    if "," not in row and other:
        raise DataError(f"{content.source}: its values are parted by {other}; part them by commas")
    return row.split(",")


def is_without_labels(path: Path) -> bool:
    """Say whether a CSV's first row names pixels alone, as Kaggle's test file does."""
    if not path.name.lower().removesuffix(".gz").endswith(".csv"):
        return False
    first = read_content(path).data[:30].decode("utf-8-sig", "replace")
    return first.strip().strip('"').lower().startswith("pixel")


def _side(source: str, columns: list[str], named: bool) -> int:
    """Return the pictures' side, refusing files without labels and pictures that are not square."""
    if named and columns[0].strip().strip('"').lower() not in ("label", "class", "y", "digit"):
        raise DataError(
            f"{source}: no label column: its first column is '{columns[0][:20]}'; "
            "to be scored or learnt from, the first column must be 'label'"
        )
    if not named and _is_square(len(columns)) and not _is_square(len(columns) - 1):
        raise DataError(f"{source}: {len(columns)} values a row and no label; put the label first")
    if not _is_square(len(columns) - 1):
        raise DataError(
            f"{source}: {len(columns)} columns; expected a label and the pixels of a square "
            "picture, 785 columns for 28x28"
        )
    return math.isqrt(len(columns) - 1)


def numbers(content: Content, skip: int, columns: int) -> NDArray[np.int16]:
    """Return the rows of whole numbers after the first `skip` lines, (n, columns).

    Raises DataError where a row has more or fewer, or a value that is none.
    """
    text = io.BytesIO(content.data.removeprefix(b"\xef\xbb\xbf").rstrip())
    if content.data.count(b"\n", 0, len(text.getvalue())) < skip:
        return np.empty((0, 0), np.int16)
    try:
        rows = np.loadtxt(text, np.int16, delimiter=",", skiprows=skip, ndmin=2, comments=None)
    except ValueError as error:
        raise DataError(_first_fault(content, skip)) from error
    if len(rows) and (rows.shape[1] != columns or rows.min() < 0 or rows.max() > WHITE):
        raise DataError(_first_fault(content, skip))
    return rows


def _first_fault(content: Content, skip: int) -> str:
    """Return the sentence for the first line that is not like the first row."""
    lines = content.data.decode("utf-8-sig", "replace").splitlines()
    expected = lines[0].count(",") + 1
    for number, line in enumerate(lines[skip:], skip + 1):
        values = line.split(",")
        if len(values) != expected:
            return (
                f"{content.source}: line {number} has {len(values)} values, "
                f"the first line {expected}"
            )
        for value in values:
            if not value.strip().isdecimal() or int(value[:9]) > WHITE:
                return (
                    f"{content.source}: line {number} has the value '{value[:20]}'; "
                    "values must be whole numbers from 0 to 255"
                )
    return f"{content.source}: not a CSV file of numbers"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_square(number: int) -> bool:
    return number > 0 and math.isqrt(number) ** 2 == number


def encode(split: Split) -> bytes:
    """Return `split` as Kaggle's CSV; the names of the classes are not kept."""
    if split.images.ndim != 3 or split.images.shape[1] != split.images.shape[2]:
        raise DataError(f"{split.name}: CSV holds square grey pictures only; convert to npz")
    pixels = split.images.reshape(len(split), -1)
    names = ",".join(["label", *(f"pixel{i}" for i in range(pixels.shape[1]))])
    text = io.BytesIO()
    rows = np.column_stack([split.labels, pixels])
    np.savetxt(text, rows, fmt="%d", delimiter=",", header=names, comments="")
    return text.getvalue()
