"""The formats that people's data comes in, and the way to tell them apart."""

from pathlib import Path

from pilgi.data.formats import csv, folder, idx, npz, strokes, usps
from pilgi.data.formats.arrays import Parts
from pilgi.errors import DataError

READABLE = (
    "IDX (.gz or not), Kaggle CSV, .npz, stroke JSONL (.gz or not), USPS rows (zip.train.gz), "
    "or a folder of pictures by class"
)


def parts(path: Path) -> Parts:
    """Return the parts of the data in `path`, none of them read yet.

    Raises DataError where the path holds no format that can be read.
    """
    return _folder_parts(path) if path.is_dir() else _file_parts(path)


def _folder_parts(path: Path) -> Parts:
    if idx.image_files(path):
        return idx.folder_parts(path)
    return folder.folder_parts(path)


def _file_parts(path: Path) -> Parts:
    name = path.name.lower().removesuffix(".gz")
    if name.endswith((".csv", ".txt")):
        return csv.file_parts(path)
    if name.endswith(".npz"):
        return npz.file_parts(path)
    if name.endswith((".jsonl", ".ndjson")):
        return strokes.file_parts(path)
    if name.startswith(("zip.train", "zip.test")):
        return usps.file_parts(path)
    if "idx3" in name:
        return idx.file_parts(path)
    if "idx1" in name:
        raise DataError(f"{path}: these are labels; name the file of pictures beside it")
    raise DataError(f"{path}: not a data set; readable are {READABLE}")
