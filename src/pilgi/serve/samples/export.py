"""Samples as data sets that `pilgi.data` loads back: IDX, CSV, or a folder of pictures by class."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

import numpy as np

from pilgi.data import Split
from pilgi.data.formats import csv, folder, idx
from pilgi.data.formats.arrays import DIGITS
from pilgi.errors import DataError
from pilgi.serve.archives import zipped
from pilgi.serve.samples.store import Sample

Format = Literal["idx", "csv", "folder"]


def split_of(samples: Sequence[Sample], name: str = "samples") -> Split:
    """Return labelled samples as a Split, its writers numbered in the order of their names.

    Raises DataError where no sample is labelled.
    """
    known = [(sample, sample.label) for sample in samples if sample.label is not None]
    if not known:
        raise DataError("no sample has a label yet; say of some what they are")
    numbers = writer_numbers(samples)
    return Split(
        name,
        np.stack([sample.ink for sample, _ in known]),
        np.array([DIGITS.index(label) for _, label in known], np.int64),
        DIGITS,
        np.array([numbers[sample.writer] for sample, _ in known], np.int64),
    )


def writer_numbers(samples: Iterable[Sample]) -> dict[str, int]:
    """Return each writer's number: their names in order."""
    names = sorted({sample.writer for sample in samples})
    return {name: number for number, name in enumerate(names)}


def parted(samples: Sequence[Sample], held: Collection[str]) -> dict[str, Split]:
    """Return `train` and `test`: the samples of the writers in `held` are `test`.

    Raises DataError where either would be empty.
    """
    test = [sample for sample in samples if sample.writer in held]
    train = [sample for sample in samples if sample.writer not in held]
    return {"train": split_of(train, "samples/train"), "test": split_of(test, "samples/test")}


def packed(split: Split, to: Format) -> tuple[str, bytes]:
    """Return the file's name and content: a CSV, or a zip of IDX files or of pictures by class."""
    if to == "csv":
        return "samples.csv", csv.encode(split)
    members = idx.files("", split) if to == "idx" else folder.files({"all": split})
    return f"samples-{to}.zip", zipped(members)


def folder_members(parts: Mapping[str, Split]) -> list[tuple[str, bytes]]:
    """Return the files of `parts` as `train-` and `t10k-`, which `pilgi.data` tells apart."""
    stems = {"train": "train-", "test": "t10k-"}
    return [each for part, split in parts.items() for each in idx.files(stems[part], split)]
