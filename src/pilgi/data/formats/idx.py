"""IDX, MNIST's own format: a magic number, the dimensions, then the bytes.

Source: LeCun, Cortes, Burges, "The MNIST database". Magic: 0, 0, type (0x08 uint8, 0x0C int32),
number of dimensions; each dimension a big-endian int32.
"""

import math
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data.formats.arrays import Parts, to_split
from pilgi.data.formats.content import Content, members, read_content
from pilgi.data.split import Pictures, Split
from pilgi.errors import DataError

IMAGES: Final = 0x0803
LABELS: Final = 0x0801
WRITERS: Final = 0x0C02
_MEANING: Final = {IMAGES: "pictures", LABELS: "labels", WRITERS: "QMNIST labels"}
_TYPES: Final[dict[int, np.dtype[Any]]] = {0x08: np.dtype(np.uint8), 0x0C: np.dtype(">i4")}
_PARTS: Final = {"train": "train", "test": "test", "t10k": "test"}


def decode(content: Content, magic: int) -> NDArray[Any]:
    """Return the array of an IDX file of the kind that `magic` names.

    Raises DataError for another magic number, and where bytes are missing or left over.
    """
    source, data = content
    found = int.from_bytes(data[:4], "big")
    if len(data) < 4 or found != magic:
        kind = f"these are {_MEANING[found]}" if found in _MEANING else "is it an IDX file?"
        raise DataError(
            f"{source}: magic number 0x{found:08x}, but IDX {_MEANING[magic]} begin with "
            f"0x{magic:08x}; {kind}"
        )
    start = 4 + 4 * (magic & 0xFF)
    _check_length(content, start, whole=False)
    shape = tuple(map(int, np.frombuffer(data[4:start], ">u4")))
    element = _TYPES[magic >> 8]
    _check_length(content, start + math.prod(shape) * element.itemsize)
    return np.frombuffer(data, element, offset=start).reshape(shape)


def _check_length(content: Content, announced: int, whole: bool = True) -> None:
    held = len(content.data)
    if held < announced:
        raise DataError(
            f"{content.source}: cut short: {held:,} bytes where its header announces "
            f"{announced:,}; copy or fetch it again"
        )
    if whole and held > announced:
        raise DataError(
            f"{content.source}: {held - announced:,} bytes more than its header announces; "
            "copy or fetch it again"
        )


def encode(array: NDArray[np.uint8]) -> bytes:
    """Return the IDX file of a uint8 array; `decode` gives the array back."""
    header = bytes([0, 0, 0x08, array.ndim]) + np.array(array.shape, ">u4").tobytes()
    return header + array.tobytes()


def read_pair(name: str, images: Path, labels: Path) -> Split:
    """Return the Split of a file of pictures and the file of their labels."""
    pictures = decode(read_content(images), IMAGES)
    return to_split(name, pictures, decode(read_content(labels), LABELS))


def file_parts(images: Path) -> Parts:
    """Return the one part of a file of pictures whose labels file lies beside it."""
    return {"all": lambda: read_pair(str(images), images, _labels_beside(images))}


def folder_parts(folder: Path) -> Parts:
    """Return the parts of a folder of IDX files: `train` and `test` by name, or the only pair."""
    paths = image_files(folder)
    if len(paths) == 1:
        return {"all": lambda: read_pair(str(folder), paths[0], _labels_beside(paths[0]))}
    found = {_part_name(path): path for path in paths}
    if len(paths) != 2 or set(found) != {"train", "test"}:
        raise DataError(f"{folder}: several IDX files of pictures; name the one to read")
    return {part: partial(_read_part, folder, part, path) for part, path in found.items()}


def _read_part(folder: Path, part: str, images: Path) -> Split:
    return read_pair(f"{folder}/{part}", images, _labels_beside(images))


def image_files(folder: Path) -> list[Path]:
    """Return the IDX files of pictures that `folder` holds; the packed twin of a file is left."""
    named = [p for p in members(folder) if "images" in p.name and "idx3" in p.name]
    return [path for path in named if path.suffix != ".gz" or path.with_suffix("") not in named]


def _part_name(images: Path) -> str:
    return next((part for mark, part in _PARTS.items() if mark in images.name), images.name)


def _labels_beside(images: Path) -> Path:
    name = images.name.replace("images", "labels").replace("idx3", "idx1")
    plain = name.removesuffix(".gz")
    for path in (images.with_name(plain), images.with_name(f"{plain}.gz")):
        if path.is_file() and path != images:
            return path
    raise DataError(f"{images}: its labels are missing; put {name} beside it")


def files(stem: str, split: Split) -> list[tuple[str, bytes]]:
    """Return the two files, name and content, that hold `split`."""
    pictures: Pictures = split.images
    if pictures.ndim != 3:
        raise DataError(f"{split.name}: IDX holds grey pictures only; convert to npz")
    labels = split.labels.astype(np.uint8)
    return [
        (f"{stem}images-idx3-ubyte", encode(pictures)),
        (f"{stem}labels-idx1-ubyte", encode(labels)),
    ]
