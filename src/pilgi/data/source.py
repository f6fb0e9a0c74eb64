"""A Source: where a data set comes from, in which files, and what may be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class File:
    """One file of a data set.

    name: as it lies in `PILGI_DATA` and in the cache; urls: its mirrors, the first tried first.
    member: its path inside the archive that the urls name, where they name one.
    sha256: of the unpacked bytes; download_sha256: of what the urls deliver. None: not published.
    optional: a copy of the data set without it is complete.
    """

    name: str
    urls: tuple[str, ...] = ()
    sha256: str | None = None
    download_sha256: str | None = None
    member: str | None = None
    optional: bool = False


@dataclass(frozen=True)
class Source:
    """One data set.

    summary: in English and Korean; shape: of one picture as it is loaded.
    parts: the files of each published part, or of `all` where nobody published parts.
    parted_by: what `test` is a fifth of where nobody published parts: each class, or the writers.
    of: the set that it is composed of, part of part.
    writers: the file that says who wrote the pictures of a part, used where it lies beside.
    """

    name: str
    title: str
    summary: Mapping[Literal["en", "ko"], str]
    licence: str
    reference: str
    pictures: int
    classes: tuple[str, ...]
    shape: tuple[int, ...]
    format: Literal["idx", "usps", "strokes", "cifar", "sheets", "embedded", "drawn", "composed"]
    parts: Mapping[str, tuple[File, ...]]
    parted_by: Literal["class", "writer"] = "class"
    writers: Mapping[str, File] | None = None
    folder: str | None = None
    of: str | None = None
    first_label: int = 0
    transposed: bool = False

    @property
    def files(self) -> tuple[File, ...]:
        """Every file that the pictures and labels are in."""
        return tuple(file for files in self.parts.values() for file in files)
