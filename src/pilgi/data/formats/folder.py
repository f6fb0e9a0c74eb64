"""Folders of pictures by class: `0/ ... 9/` of PNG, JPEG and others; `train/`, `test/` above them.

Any size, colour and polarity; `ink.from_picture` brings each to 28x28.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi import ink
from pilgi.data.formats import content as limits
from pilgi.data.formats.arrays import DIGITS, Parts
from pilgi.data.formats.pictures import read_picture
from pilgi.data.split import Split
from pilgi.errors import DataError

PARTS: Final = {"train": ("train", "training"), "test": ("test", "testing")}
SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp")


def folder_parts(folder: Path) -> Parts:
    """Return the parts of a folder: `train` and `test` where it has both, else `all`.

    Raises DataError where it holds neither classes nor these.
    """
    found = {part: _first_folder(folder, names) for part, names in PARTS.items()}
    parts = {part: path for part, path in found.items() if path}
    if not parts:
        return {"all": partial(_read, folder, _class_names(folder))}
    missing = set(PARTS) - set(parts)
    if missing:
        raise DataError(f"{folder}: has {min(parts)}/ but no {min(missing)}/; add it, or name one")
    classes = _join([_class_names(path) for path in parts.values()])
    return {part: partial(_read, path, classes) for part, path in parts.items()}


def _first_folder(folder: Path, names: tuple[str, ...]) -> Path | None:
    return next((folder / name for name in names if (folder / name).is_dir()), None)


def _class_names(folder: Path) -> tuple[str, ...]:
    """Return the ten digits where the folders are some of them, else the folders' names."""
    names = sorted(path.name for path in limits.named(folder) if path.is_dir())
    if not names:
        raise DataError(
            f"{folder}: no folders of classes; put the pictures of each class into a folder named "
            "after it, for example 0/ to 9/"
        )
    return DIGITS if set(names) <= set(DIGITS) else tuple(names)


def _join(classes: list[tuple[str, ...]]) -> tuple[str, ...]:
    return classes[0] if len(set(classes)) == 1 else tuple(sorted(set().union(*classes)))


def read_but(folder: Path, name: str) -> Split:
    """Return the pictures of the classes in `folder`, without those in its folder `name`."""
    classes = tuple(each for each in _class_names(folder) if each != name)
    classes = DIGITS if set(classes) <= set(DIGITS) else classes
    return _read(folder, classes, name)


def names_in(folder: Path, last: str = "") -> tuple[str, ...]:
    """Return the pictures of a folder of classes as they are read: "3/a.png"; `last`'s last."""
    found = [each for each in limits.named(folder) if each.is_dir()]
    ordered = sorted(found, key=lambda each: each.name == last)
    pairs = ((each.name, one) for each in ordered for one in limits.named(each))
    # Beside pictures without a class other files may lie, which are not read.
    return tuple(
        f"{name}/{one.name}"
        for name, one in pairs
        if name != last or one.suffix.lower() in SUFFIXES
    )


def _read(folder: Path, classes: tuple[str, ...], but: str = "") -> Split:
    images, labels = [], []
    for label, path in _labelled(folder, classes, but):
        images.append(read_ink(path))
        labels.append(label)
    return Split(str(folder), np.stack(images), np.array(labels), classes)


def _labelled(folder: Path, classes: tuple[str, ...], but: str = "") -> Iterator[tuple[int, Path]]:
    for path in limits.named(folder):
        if path.name == but:
            continue
        if not path.is_dir():
            _check_beside(path)
            continue
        pictures = limits.named(path)
        if not pictures:
            raise DataError(f"{path}: no pictures in it; add some or remove the folder")
        for picture in pictures:
            yield classes.index(path.name), picture


def _check_beside(path: Path) -> None:
    """Let a read-me lie beside the classes, but no picture: it would be left out unseen."""
    if path.suffix.lower() in SUFFIXES:
        raise DataError(f"{path}: a picture beside the folders of classes; move it into its class")


def read_ink(path: Path) -> NDArray[np.uint8]:
    """Return the picture in `path` as 28x28 ink.

    Raises DataError where it cannot be read as a picture, or has more than 120 million pixels.
    """
    return ink.from_picture(_read_member(path))


def _read_member(path: Path) -> NDArray[Any]:
    if path.is_dir():
        raise DataError(f"{path}: a folder inside a class; pictures must lie directly in the class")
    return read_picture(path)


def files(parts: Mapping[str, Split]) -> Iterable[tuple[str, bytes]]:
    """Yield the name and content of every picture, as PNG, below its class and part.

    Raises DataError where the folder could not be read back the same.
    """
    for part, split in parts.items():
        _check_names(split)
        if split.images.ndim != 3 or not all(map(ink.is_ink, split.images)):
            raise DataError(
                f"{split.name}: a folder is read as handwriting, bright on a black border, and "
                "would not be read back the same; convert to npz"
            )
        above = "" if part == "all" else f"{part}/"
        for number, (image, label) in enumerate(zip(split.images, split.labels, strict=True)):
            yield f"{above}{split.classes[label]}/{number:05d}.png", _png(image)


def _check_names(split: Split) -> None:
    names = {name.casefold() for name in split.classes}
    if len(names) < len(split.classes) or any(not name.isalnum() for name in names):
        raise DataError(f"{split.name}: its classes cannot be names of folders; convert to npz")


def _png(image: NDArray[np.uint8]) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(image).save(stream, "PNG")
    return stream.getvalue()
