"""A Split -> files in another format, which read back the same."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pilgi.data.formats import csv, folder, idx, npz
from pilgi.data.split import Split
from pilgi.errors import DataError, nearest
from pilgi.files import write_bytes, write_folder

FORMATS: Final = ("idx", "csv", "npz", "folder")
_STEMS: Final = {"train": "train-", "test": "t10k-", "all": ""}


def convert(parts: Mapping[str, Split], to: str, out: Path) -> None:
    """Write `parts`, keyed `all` or `train` and `test`, to `out`; pictures keep every byte.

    IDX and folders are written into a new folder `out`, CSV and npz into a new file. Names of
    classes are kept by folders only, writers by none; a folder's order is class after class.
    Raises DataError where `out` exists or the format cannot hold the pictures unchanged.
    """
    check(to, out)
    if to == "idx":
        write_folder(
            out, [f for part, split in parts.items() for f in idx.files(_STEMS[part], split)]
        )
    elif to == "folder":
        write_folder(out, folder.files(parts))
    else:
        write_bytes(out, npz.encode(parts) if to == "npz" else csv.encode(_only(parts)))


def check(to: str, out: Path) -> None:
    """Refuse an unknown format, and an `out` that exists or has another format's name."""
    if to not in FORMATS:
        raise DataError(f"format '{to}': {nearest(to, FORMATS)}")
    if out.exists():
        raise DataError(f"{out}: already exists; choose another --out or remove it")
    if to in ("csv", "npz") and out.suffix.lower() != f".{to}":
        raise DataError(f"{out}: the name of a file in this format must end in .{to}")


def _only(parts: Mapping[str, Split]) -> Split:
    if len(parts) > 1:
        raise DataError("a CSV file holds one part; say which: --part train, test or all")
    return next(iter(parts.values()))
