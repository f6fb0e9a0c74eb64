"""NumPy archives: `x_train, y_train, x_test, y_test` as Keras has them, or `images, labels`."""

import io
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data.formats import content as limits
from pilgi.data.formats.arrays import Parts, to_split
from pilgi.data.split import Split
from pilgi.errors import DataError
from pilgi.files import read_bytes

PARTED: Final = {"train": ("x_train", "y_train"), "test": ("x_test", "y_test")}
WHOLE: Final = (("images", "labels"), ("x", "y"), ("X", "y"), ("data", "target"))


def file_parts(path: Path) -> Parts:
    """Return the parts of an archive: `train` and `test`, or `all`.

    Raises DataError where its arrays have other names.
    """
    names = _names(path)
    if {name for pair in PARTED.values() for name in pair} <= names:
        return {part: partial(_read, path, part, *pair) for part, pair in PARTED.items()}
    for pair in WHOLE:
        if set(pair) <= names:
            return {"all": partial(_read, path, "", *pair)}
    raise DataError(
        f"{path}: holds {', '.join(sorted(names)) or 'nothing'}; expected x_train, y_train, "
        "x_test, y_test, or images, labels"
    )


def _names(path: Path) -> set[str]:
    return {name.removesuffix(".npy") for name in _open(path).namelist()}


def _open(path: Path) -> zipfile.ZipFile:
    return unzip(limits.Content(str(path), read_bytes(path, limits.LIMIT)))


def unzip(content: limits.Content) -> zipfile.ZipFile:
    """Return the archive in `content`, to be read by `array`.

    Raises DataError where it is none, or unpacks to more than is allowed.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content.data))
    except (zipfile.BadZipFile, NotImplementedError):
        raise DataError(
            f"{content.source}: not an .npz file, or cut short; save it again"
        ) from None
    if sum(member.file_size for member in archive.infolist()) > limits.LIMIT:
        raise DataError(
            f"{content.source}: unpacks to more than the {limits.LIMIT:,} bytes allowed"
        )
    return archive


def _read(path: Path, part: str, images: str, labels: str) -> Split:
    with _open(path) as archive:
        arrays = [array(str(path), archive, name) for name in (images, labels)]
    if arrays[0].ndim not in (3, 4) or (arrays[0].ndim == 4 and arrays[0].shape[3] not in (1, 3)):
        raise DataError(
            f"{path}: {images} has the shape {arrays[0].shape}; expected (n, height, width), "
            "or (n, height, width, channels) with 1 or 3 channels"
        )
    return to_split(f"{path}/{part}" if part else str(path), arrays[0], arrays[1])


def array(source: str, archive: zipfile.ZipFile, name: str) -> NDArray[Any]:
    """Return one array; pickled objects are never loaded.

    Raises DataError naming `source` where it lacks or is damaged.
    """
    member = f"{name}.npy"
    try:
        with archive.open(member) as stream:
            _check_size(stream, archive.getinfo(member).file_size)
        with archive.open(member) as stream:
            found: NDArray[Any] = np.lib.format.read_array(stream, allow_pickle=False)
            return found
    except Exception as error:  # numpy and zipfile raise whatever a damaged member leads to
        raise DataError(f"{source}: its array {name} is damaged or not plain numbers") from error


def _check_size(stream: IO[bytes], held: int) -> None:
    """Refuse a header that announces more than the member holds, before memory is taken."""
    version = np.lib.format.read_magic(stream)
    read = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }
    shape, _, kind = read[version](stream)
    if int(np.prod([int(side) for side in shape], dtype=object)) * kind.itemsize > held:
        raise ValueError("its header announces more than it holds")


def encode(parts: Mapping[str, Split]) -> bytes:
    """Return `parts` as an archive: `train` and `test` under Keras's names, else images, labels."""
    arrays: dict[str, Any] = {}
    for part, split in parts.items():
        images, labels = PARTED.get(part, WHOLE[0])
        arrays[images], arrays[labels] = split.images, split.labels.astype(np.uint8)
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()
