"""Corruptions: what goes wrong between a hand and a recognizer, each by its published definition.

entry.py  what a row holds         table.py     name -> row
noise.py  blur.py  geometry.py  weather.py  strokes.py  edges.py  capture.py  one file a kind
"""

from collections.abc import Iterable

import numpy as np

from pilgi.data.corruptions.entry import Corruption, Family, Level
from pilgi.data.corruptions.table import CORRUPTIONS, FAMILIES, FIFTEEN
from pilgi.data.split import Pictures
from pilgi.errors import DataError, nearest

__all__ = ["CORRUPTIONS", "FAMILIES", "FIFTEEN", "Corruption", "Family", "Level", "corrupt"]


def corrupt(
    images: Pictures, name: str, seed: int, indices: Iterable[int] | None = None
) -> Pictures:
    """Return uint8 (n, height, width), each picture corrupted at the usual severity.

    What happens to a picture is drawn from (seed, its index): the same however many there are.
    indices: their numbers, by default 0 to n - 1.
    Raises DataError for a name that is not in the table, and for colour pictures.
    """
    if name not in CORRUPTIONS:
        raise DataError(f"corruption '{name}': {nearest(name, CORRUPTIONS)}")
    if images.ndim != 3:
        raise DataError(f"{name}: is of grey pictures, not of the shape {images.shape[1:]}")
    entry, numbers = CORRUPTIONS[name], range(len(images)) if indices is None else indices
    made = [
        entry.apply(picture, entry.severity, np.random.default_rng((seed, number)))
        for picture, number in zip(images, numbers, strict=True)
    ]
    return np.stack(made) if made else images.copy()
