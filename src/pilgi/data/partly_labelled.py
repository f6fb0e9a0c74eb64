"""Pictures of which all, some or none have labels.

How it is said that a picture has none: in a CSV an empty first cell; in a folder of classes, the
picture lies in `unlabelled/` beside them; in an .npz its label is -1; in strokes it is null. A
folder of pictures alone, a CSV of pixels alone and an .npz of `images` alone have no labels at all.
"""

import json
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi.data.catalog import CATALOG
from pilgi.data.formats import csv, folder, npz, strokes
from pilgi.data.formats.arrays import DIGITS, to_bytes, to_ink, to_split
from pilgi.data.formats.content import LIMIT, Content, named, read_content
from pilgi.data.loading import default_part, load
from pilgi.data.split import Labels, Pictures, Split
from pilgi.data.unlabelled import Unlabelled, load_unlabelled
from pilgi.errors import DataError
from pilgi.files import read_bytes

UNKNOWN: Final = -1
"""The label of a picture that has none."""

FOLDER: Final = "unlabelled"


class PartlyLabelled(NamedTuple):
    """Pictures uint8 (n, h, w), labels int64 (n,), `UNKNOWN` where there is none, their classes."""

    name: str
    images: Pictures
    labels: Labels
    classes: tuple[str, ...]


def load_partly_labelled(source: str) -> PartlyLabelled:
    """Return the pictures of `source`; of a set that has a part to be scored on, those of `train`.

    source: a name of the catalog or a path in any readable format. Raises DataError as `load` does.
    """
    path = Path(source).expanduser()
    if source in CATALOG or not path.exists():
        return _with_labels(load(source, "train"))
    if path.is_dir():
        return _folder(source, path)
    name = path.name.lower().removesuffix(".gz")
    if name.endswith(".npz"):
        return _archive(source, path)
    if name.endswith((".jsonl", ".ndjson")):
        return _strokes(source, path)
    if name.endswith((".csv", ".txt")) and not csv.is_without_labels(path):
        split, known = csv.read_partly(path)
        return _with_labels(split, known)
    return _rest(source)


def load_pictures(source: str) -> Unlabelled:
    """Return the pictures of `source` with or without labels; of a data set those to score on.

    `labelled`: those that have labels, where any has. Raises DataError as `load` does.
    """
    path = Path(source).expanduser()
    flat = path.is_dir() and not any(each.is_dir() for each in named(path))
    if source in CATALOG or not path.exists() or flat:
        return load_unlabelled(source)
    found = load_partly_labelled(source)
    known = found.labels != UNKNOWN
    if known.all() and default_part(source) != "all":
        return load_unlabelled(source)
    labelled = Split(found.name, found.images[known], found.labels[known], found.classes)
    files = folder.names_in(path, FOLDER) if path.is_dir() else ()
    return Unlabelled(found.name, found.images, labelled if known.any() else None, files)


def _with_labels(split: Split, known: NDArray[np.bool_] | None = None) -> PartlyLabelled:
    labels = split.labels if known is None else np.where(known, split.labels, UNKNOWN)
    return PartlyLabelled(split.name, split.images, labels, split.classes)


def _without(source: str, images: Pictures) -> PartlyLabelled:
    return PartlyLabelled(source, images, np.full(len(images), UNKNOWN), DIGITS)


def _rest(source: str) -> PartlyLabelled:
    """Return what is labelled as a whole, or not at all."""
    path = Path(source).expanduser()
    flat = path.is_dir() and not any(each.is_dir() for each in named(path))
    if flat or csv.is_without_labels(path):
        found = load_unlabelled(source)
        if found.labelled is None:
            return _without(source, found.images)
    part = "train" if default_part(source) == "test" else "all"
    return _with_labels(load(source, part))


def _folder(source: str, path: Path) -> PartlyLabelled:
    """Return the classes' pictures, then those of `unlabelled/`."""
    if not (path / FOLDER).is_dir():
        return _rest(source)
    bare = load_unlabelled(str(path / FOLDER)).images
    if not any(each.is_dir() and each.name != FOLDER for each in named(path)):
        return _without(source, bare)
    known = folder.read_but(path, FOLDER)
    labels = np.concatenate([known.labels, np.full(len(bare), UNKNOWN)])
    images = np.concatenate([known.images, bare])
    return PartlyLabelled(source, images, labels, known.classes)


def _archive(source: str, path: Path) -> PartlyLabelled:
    """Return an archive's pictures: of `images` alone, or with labels of which some are -1."""
    with npz.unzip(Content(source, read_bytes(path, LIMIT))) as archive:
        names = {name.removesuffix(".npy") for name in archive.namelist()}
        arrays = {name: npz.array(source, archive, name) for name in names if len(names) <= 2}
    pair = next((pair for pair in npz.WHOLE if pair[0] in arrays), None)
    if pair is None:
        return _rest(source)
    images = arrays[pair[0]]
    if pair[1] not in arrays:
        return _without(source, _inked(source, images))
    labels = arrays[pair[1]]
    known = labels.reshape(-1) != UNKNOWN
    if not known.any():
        return _without(source, _inked(source, images))
    return _with_labels(to_split(source, images, np.where(labels == UNKNOWN, 0, labels)), known)


def _inked(source: str, images: NDArray[Any]) -> Pictures:
    if images.ndim not in (3, 4) or not images.size:
        raise DataError(f"{source}: its images have the shape {images.shape}, not (n, h, w)")
    return to_ink(to_bytes(source, images))


def _strokes(source: str, path: Path) -> PartlyLabelled:
    """Return drawings of which some have the label null."""
    lines = [line for line in read_content(path).data.splitlines() if line.strip()]
    known = np.array([not _is_unlabelled(line) for line in lines], bool)
    filled = [line if has else _labelled_0(line) for line, has in zip(lines, known, strict=True)]
    return _with_labels(strokes.decode(source, Content(source, b"\n".join(filled))), known)


def _is_unlabelled(line: bytes) -> bool:
    try:
        drawing = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(drawing, dict) and drawing.get("label", 0) is None


def _labelled_0(line: bytes) -> bytes:
    return json.dumps({**json.loads(line), "label": "0"}).encode()
