"""Pictures without labels: a folder of pictures, a CSV without labels, or any data set's own."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from pilgi.data.catalog import CATALOG
from pilgi.data.formats import csv, folder, kaggle
from pilgi.data.formats.content import named
from pilgi.data.loading import default_part, load
from pilgi.data.split import Pictures, Split
from pilgi.errors import DataError


class Unlabelled(NamedTuple):
    """Pictures as ink, uint8 (n, 28, 28), and, where the data had labels, the split with them.

    files: the pictures' names, of a folder, in one of classes with the class before them.
    """

    name: str
    images: Pictures
    labelled: Split | None = None
    files: tuple[str, ...] = ()


def load_unlabelled(source: str, part: str | None = None) -> Unlabelled:
    """Return the pictures of `source`: a folder of files, a CSV of pixels, or what `load` reads.

    part: of a data set with labels; by default the part that a recognizer is scored on.
    Raises DataError as `load` does, and where a folder holds neither pictures nor folders.
    """
    path = Path(source).expanduser()
    if source not in CATALOG and path.is_dir() and _holds_pictures(path):
        files = [each for each in named(path) if each.suffix.lower() in folder.SUFFIXES]
        images = np.stack([folder.read_ink(each) for each in files])
        return Unlabelled(source, images, files=tuple(each.name for each in files))
    if source not in CATALOG and path.is_file() and csv.is_without_labels(path):
        return Unlabelled(source, kaggle.read_test(path))
    split = load(source, part or default_part(source))
    return Unlabelled(split.name, split.images, split)


def _holds_pictures(path: Path) -> bool:
    """Say whether a folder holds pictures and no folders; raise where it holds nothing at all."""
    inside = named(path)
    if not inside:
        raise DataError(f"{path}: no pictures in it; add some, or name another folder")
    pictures = any(each.suffix.lower() in folder.SUFFIXES for each in inside)
    return pictures and not any(each.is_dir() for each in inside)
