"""A Split: pictures and labels, whole in memory."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pilgi.errors import DataError

Pictures = NDArray[np.uint8]
Labels = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Split:
    """One part of a data set.

    images: uint8, (n, height, width) or (n, height, width, 3); ink is bright, paper is 0.
    labels: int64, (n,), indices into `classes`.
    writers: int64, (n,), who wrote each picture, or None where nobody noted it.
    """

    name: str
    images: Pictures
    labels: Labels
    classes: tuple[str, ...]
    writers: Labels | None = None

    def __post_init__(self) -> None:
        if self.images.dtype != np.uint8 or self.images.ndim not in (3, 4):
            shape = f"{self.images.dtype} {self.images.shape}"
            raise DataError(f"{self.name}: pictures must be uint8 (n, height, width), not {shape}")
        if len(self.images) != len(self.labels):
            raise DataError(
                f"{self.name}: {len(self.images):,} pictures but {len(self.labels):,} labels"
            )
        if len(self.labels) and not 0 <= self.labels.min() <= self.labels.max() < len(self.classes):
            raise DataError(
                f"{self.name}: labels run from {self.labels.min()} to {self.labels.max()}, "
                f"but there are {len(self.classes)} classes"
            )

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def sha256(self) -> str:
        """See `content_hash`."""
        return content_hash(self.images, self.labels)

    def take(self, indices: NDArray[np.intp], name: str | None = None) -> "Split":
        """Return the pictures at `indices`, in that order."""
        writers = None if self.writers is None else self.writers[indices]
        return Split(
            name or self.name, self.images[indices], self.labels[indices], self.classes, writers
        )


def content_hash(images: Pictures, labels: Labels) -> str:
    """Return the SHA-256 over the pictures' bytes, then the labels as one byte each."""
    digest = hashlib.sha256(np.ascontiguousarray(images).data)
    digest.update(labels.astype(np.uint8).tobytes())
    return digest.hexdigest()


def join(name: str, first: Split, second: Split) -> Split:
    """Return the pictures of both, with the writers where both sets are known.

    Raises DataError where the pictures differ in shape.
    """
    if first.images.shape[1:] != second.images.shape[1:]:
        raise DataError(
            f"{name}: pictures of {first.images.shape[1:]} in {first.name} and of "
            f"{second.images.shape[1:]} in {second.name}; load one of them"
        )
    writers = None
    if first.writers is not None and second.writers is not None:
        writers = np.concatenate([first.writers, second.writers])
    return Split(
        name,
        np.concatenate([first.images, second.images]),
        np.concatenate([first.labels, second.labels]),
        max(first.classes, second.classes, key=len),
        writers,
    )
