"""A name or a path -> Split."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi import ink
from pilgi.data import download, partition
from pilgi.data.catalog import CATALOG
from pilgi.data.composed import COMPOSED
from pilgi.data.drawn import DRAWN
from pilgi.data.formats import arrays, cifar, idx, parts, sheets, strokes, usps
from pilgi.data.formats.arrays import Parts
from pilgi.data.formats.content import Content
from pilgi.data.kept import kept
from pilgi.data.places import find, needed, record_of, verified
from pilgi.data.source import File, Source
from pilgi.data.split import Labels, Split, join
from pilgi.errors import DataError, nearest
from pilgi.files import sha256

PARTS: Final = ("all", "train", "test")

_OF_ONE_FILE: Final[Mapping[str, Callable[..., Split]]] = {
    "strokes": strokes.decode,
    "sheets": sheets.decode,
}


def silent(message: str) -> None:
    """Take what there is to say about a download, and say nothing."""


def load(source: str, part: str = "all", *, announce: download.Announce = silent) -> Split:
    """Return one part of a data set, whole in memory.

    source: a name of the catalog, or a path to data in any readable format.
    part: `all`, `train` or `test`. Where nobody published parts, a fifth of each class is `test`,
    drawn from the content's own hash, or every fifth writer: the same pictures on every machine.
    announce: told in words what is being downloaded.
    Raises DataError for data that is not what it should be, DownloadError where it cannot be had.
    """
    if part not in PARTS:
        raise DataError(f"part '{part}': {nearest(part, PARTS)}")
    published = _parts(source, announce)
    if part in published:
        return published[part]()
    if part == "all":
        return join(source, published["train"](), published["test"]())
    return _hold_out(published["all"]())[part]


def default_part(source: str) -> str:
    """Return the part that a recognizer is scored on.

    `test` where one is published or is of other writers than `train`, else `all`.
    """
    apart = source in CATALOG and CATALOG[source].parted_by == "writer"
    return "test" if apart or "test" in _parts(source, silent) else "all"


@dataclass(frozen=True)
class Held:
    """One file of a data set on this machine: size and SHA-256 are of its unpacked bytes."""

    path: str
    size: int
    sha256: str
    checksum: str


def get(name: str, announce: download.Announce = silent) -> list[Held]:
    """Bring a data set of the catalog to this machine and return its files, checked.

    Raises DataError for an unknown name or a wrong file, DownloadError where it cannot be had.
    """
    if name not in CATALOG:
        raise DataError(f"{name}: no such data set; {nearest(name, CATALOG)}")
    source = CATALOG[name]
    if source.of is not None:
        return get(source.of, announce)
    return [_held(file, _obtain(source, file, announce)) for file in needed(source)]


def _held(file: File, content: Content) -> Held:
    known = "published" if file.sha256 else "no published checksum"
    if not file.sha256 and record_of(Path(content.source)).is_file():
        known = "that of the first download"
    return Held(content.source, len(content.data), sha256(content.data), known)


def _parts(source: str, announce: download.Announce) -> Parts:
    if source in CATALOG:
        return _published(CATALOG[source], announce)
    path = Path(source).expanduser()
    if not path.exists():
        raise DataError(
            f"{source}: neither a path nor a known data set; {nearest(source, CATALOG)}"
        )
    return parts(path)


def _published(source: Source, announce: download.Announce) -> Parts:
    """Return the parts that can be had; one alone is all there is."""
    at_hand = needed(source)
    names = [part for part, files in source.parts.items() if set(files) <= set(at_hand)]
    if source.parted_by == "writer":
        return {part: partial(_by_writers, source, part, announce) for part in PARTS}
    if len(names) == 1:
        return {"all": partial(_read, source, names[0], source.name, announce)}
    return {part: partial(_read, source, part, f"{source.name}/{part}", announce) for part in names}


def _by_writers(source: Source, part: str, announce: download.Announce) -> Split:
    (file,) = source.files
    content = _obtain(source, file, announce)
    decode = partial(_OF_ONE_FILE["sheets"], source.name, content, source.classes, part)
    return kept(source.name, part, content.data, decode)


def _read(source: Source, part: str, name: str, announce: download.Announce) -> Split:
    if not source.files:
        return _made(source, part, name, announce)
    contents = [_obtain(source, file, announce) for file in source.parts[part]]
    if source.format == "usps":
        return usps.decode(name, contents[0])
    if source.format in _OF_ONE_FILE:
        decode = partial(_OF_ONE_FILE[source.format], name, contents[0], source.classes)
        return kept(source.name, part, contents[0].data, decode)
    if source.format == "cifar":
        return cifar.decode(name, contents, source.classes)
    return _idx(source, part, name, contents)


def _made(source: Source, part: str, name: str, announce: download.Announce) -> Split:
    """Return the pictures of a source that has no files of its own."""
    if source.format == "embedded":
        return _embedded(name)
    if source.of is not None:
        of = load(source.of, part, announce=announce)
        return kept(
            source.name, part, of.sha256.encode(), partial(COMPOSED[source.name], name, part, of)
        )
    return kept(source.name, part, b"", partial(DRAWN[source.name], name, part))


def _obtain(source: Source, file: File, announce: download.Announce) -> Content:
    path = find(source, file) or download.fetch(source, file, announce)
    return verified(source, file, path)


def _idx(source: Source, part: str, name: str, contents: list[Content]) -> Split:
    images = idx.decode(contents[0], idx.IMAGES)
    labels = idx.decode(contents[1], idx.LABELS).astype(np.int64) - source.first_label
    if source.transposed:
        images = images.transpose(0, 2, 1)
    if images.shape[1:] != source.shape:
        raise DataError(f"{contents[0].source}: pictures of {images.shape[1:]}, not {source.shape}")
    split = Split(name, np.require(images, requirements=["C", "W"]), labels, source.classes)
    return _with_writers(split, source, part)


def _with_writers(split: Split, source: Source, part: str) -> Split:
    file = (source.writers or {}).get(part)
    path = find(source, file) if file else None
    if file is None or path is None:
        return split
    content = verified(source, file, path)
    writers = _qmnist_writers(content, split.labels)
    return Split(split.name, split.images, split.labels, split.classes, writers)


def _qmnist_writers(content: Content, labels: Labels) -> Labels:
    """Return column 2, the NIST writer, of QMNIST's labels; column 0 is the digit itself."""
    table = idx.decode(content, idx.WRITERS)[: len(labels)]
    if table.shape != (len(labels), 8) or (table[:, 0] != labels).any():
        raise DataError(f"{content.source}: not QMNIST's labels of these pictures; remove it")
    return table[:, 2].astype(np.int64)


def _embedded(name: str) -> Split:
    """Return scikit-learn's 1,797 digits: 8x8, values 0..16, brought to 28x28."""
    images, labels = _scikit_learn_s()
    return Split(name, images.copy(), labels.copy(), arrays.DIGITS)


@cache
def _scikit_learn_s() -> tuple[NDArray[np.uint8], Labels]:
    # Its file is read here: importing scikit-learn takes longer than learning these digits.
    file = distribution("scikit-learn").locate_file("sklearn/datasets/data/digits.csv.gz")
    table = np.loadtxt(str(file), np.int64, delimiter=",")
    grey = np.rint(table[:, :64].reshape(-1, 8, 8) * (255 / 16)).astype(np.uint8)
    return np.stack([ink.normalize(picture) for picture in grey]), table[:, 64]


def _hold_out(whole: Split) -> Mapping[str, Split]:
    if len(whole) < 5:
        raise DataError(f"{whole.name}: {len(whole)} pictures are too few to hold some out")
    train, test = partition.stratified(whole, len(whole) // 5, int(whole.sha256[:16], 16))
    return {"train": train, "test": test}
