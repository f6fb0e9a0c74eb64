"""Pictures cut out of photographed sheets of paper: an .npz of `images`, `labels` and `ids`.

images: uint8 (n, 28, 28), dark ink on 255; labels: strings (n,); ids: 0 to 999 of each class.
"""

from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi import ink
from pilgi.data.formats import npz
from pilgi.data.formats.content import Content
from pilgi.data.partition import every_fifth_writer
from pilgi.data.split import Split
from pilgi.errors import DataError

BLOCK: Final = 100
"""Neighbouring ids that count as one writer.

Nobody noted who wrote what. Sheet after sheet was cut out in order, so that neighbouring ids of
every class are one person's, and a person's run of ids is about as long as this or longer. Whole
blocks, the same of every class, on one side of a split therefore keep most hands on one side;
pictures drawn one by one would put each hand on both.
"""


def decode(name: str, content: Content, classes: tuple[str, ...], part: str = "all") -> Split:
    """Return the Split of an archive, each picture brought to 28x28 ink; writer = id // `BLOCK`.

    part: `all`, or `test`, every fifth writer, or `train`, the others.
    Raises DataError where the file is no such archive.
    """
    with npz.unzip(content) as archive:
        images, labels, ids = (
            npz.array(content.source, archive, each) for each in ("images", "labels", "ids")
        )
    _check(content.source, images, labels, ids)
    known = {label: number for number, label in enumerate(classes)}
    unknown = sorted(set(labels.tolist()) - set(known))
    if unknown:
        raise DataError(
            f"{content.source}: a label is {unknown[0]!r:.20}, which is none of {' '.join(classes)}"
        )
    numbers = np.array([known[label] for label in labels.tolist()])
    wanted = Split(name, images, numbers, classes, ids.astype(np.int64) // BLOCK)
    if part != "all":
        train, test = every_fifth_writer(wanted)
        wanted = {"train": train, "test": test}[part]
    # Ink takes most of the time: only what is asked for is brought to it.
    return replace(wanted, images=np.stack([ink.from_picture(each) for each in wanted.images]))


def _check(source: str, images: NDArray[Any], labels: NDArray[Any], ids: NDArray[Any]) -> None:
    if images.dtype != np.uint8 or images.ndim != 3 or not images.size:
        raise DataError(
            f"{source}: its images are {images.dtype} {images.shape}, not uint8 (n, height, width)"
        )
    if labels.dtype.kind != "U" or ids.dtype.kind not in "iu":
        raise DataError(f"{source}: its labels must be strings and its ids whole numbers")
    if not labels.shape == ids.shape == images.shape[:1]:
        raise DataError(
            f"{source}: {len(images):,} images need as many labels and ids, not shapes "
            f"{labels.shape} and {ids.shape}"
        )
