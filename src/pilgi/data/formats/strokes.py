"""Pen strokes, one JSON object a line: `label`, `strokes` and, where noted, `writer`.

strokes: a list of strokes, each a list of [x, y], y upwards.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from pilgi import ink
from pilgi.data.formats.arrays import DIGITS, Parts
from pilgi.data.formats.content import Content, read_content
from pilgi.data.split import Labels, Split
from pilgi.errors import DataError


def file_parts(path: Path) -> Parts:
    """Return the one part of a file of strokes."""
    return {"all": lambda: decode(str(path), read_content(path))}


def decode(name: str, content: Content, classes: tuple[str, ...] | None = None) -> Split:
    """Return the Split of a file of strokes, drawn by `ink.from_strokes`.

    classes: those of the source; without them the ten digits, or the sorted labels of the file.
    Raises DataError naming the line that is not JSON, lacks a key or holds no pairs of numbers.
    """
    lines = [line for line in enumerate(content.data.splitlines(), 1) if line[1].strip()]
    if not lines:
        raise DataError(f"{content.source}: holds no drawings")
    drawings = [_drawing(content.source, number, line) for number, line in lines]
    labels = [str(drawing["label"]) for drawing in drawings]
    known = classes or (DIGITS if set(labels) <= set(DIGITS) else tuple(sorted(set(labels))))
    unknown = next((at for at, label in enumerate(labels) if label not in known), None)
    if unknown is not None:
        raise DataError(
            f"{content.source}: line {lines[unknown][0]} has the label '{labels[unknown][:20]}', "
            f"which is none of {' '.join(known)}"
        )
    images = np.stack([drawing["ink"] for drawing in drawings])
    numbers = np.array([known.index(label) for label in labels])
    return Split(name, images, numbers, known, _writers(drawings))


def _drawing(source: str, number: int, line: bytes) -> dict[str, Any]:
    try:
        drawing = json.loads(line)
        if not isinstance(drawing["label"], int | str):
            raise TypeError
        drawn = ink.from_strokes(drawing["strokes"])
        return {"label": drawing["label"], "writer": drawing.get("writer"), "ink": drawn}
    except (ValueError, RecursionError):
        raise DataError(f"{source}: line {number} is not JSON") from None
    except (KeyError, TypeError, AttributeError, DataError):
        raise DataError(
            f"{source}: line {number} must be an object with `label` and `strokes`, "
            "a list of strokes, each a list of [x, y]"
        ) from None


def _writers(drawings: list[dict[str, Any]]) -> Labels | None:
    """Return a number for each writer, in the order of their names, or None where one lacks."""
    names = [drawing["writer"] for drawing in drawings]
    if None in names:
        return None
    order = {name: number for number, name in enumerate(sorted(set(map(str, names))))}
    return np.array([order[str(name)] for name in names])
