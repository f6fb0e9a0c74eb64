"""Why this answer: the training digits that lie nearest to a picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data import Split
from pilgi.evaluate.layers import features
from pilgi.recognizer import Recognizer

SHORTLIST: Final = 200
"""The nearest in pixels; of these, the nearest in features are taken."""

BLOCK: Final = 8192
"""Pictures that are compared at once: memory stays small."""

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Neighbour:
    """A picture that lies near: its index in the split, its label, its distance."""

    index: int
    label: int
    distance: float


def nearest_pixels(picture: NDArray[np.uint8], split: Split, count: int) -> list[Neighbour]:
    """Return the `count` pictures of least Euclidean distance |x - y|, in grey levels."""
    flat = split.images.reshape(len(split), -1)
    distances = np.concatenate(list(_distances(picture.reshape(-1), flat)))
    return _least(distances, np.arange(len(split)), split, count)


def nearest_features(
    recognizer: Recognizer, picture: NDArray[np.uint8], split: Split, count: int
) -> list[Neighbour]:
    """Return those of the 200 nearest in pixels whose penultimate features lie nearest.

    The distance is cosine's, 1 - f.g / (|f| |g|), which layers before a dense one are compared by.
    Raises RecognizerError where the recognizer has no dense layer.
    """
    near = [each.index for each in nearest_pixels(picture, split, SHORTLIST)]
    known = _unit(features(recognizer, split.images[near]))
    asked = _unit(features(recognizer, picture[None]))[0]
    return _least(1 - known @ asked, np.array(near), split, count)


def prototypes(split: Split) -> list[int]:
    """Return of each class the index of the picture nearest to the class's mean; of none, -1."""
    return [_prototype(split, label) for label in range(len(split.classes))]


def _prototype(split: Split, label: int) -> int:
    places = np.flatnonzero(split.labels == label)
    if not len(places):
        return -1
    flat = split.images[places].reshape(len(places), -1).astype(np.float32)
    return int(places[((flat - flat.mean(axis=0)) ** 2).sum(axis=1).argmin()])


def _distances(picture: NDArray[np.uint8], flat: NDArray[np.uint8]) -> Iterator[Floats]:
    """Yield |x - y| block by block, from |x|^2 - 2 x.y + |y|^2: float32, a rounding error apart."""
    asked = picture.astype(np.float32)
    for start in range(0, len(flat), BLOCK):
        known = flat[start : start + BLOCK].astype(np.float32)
        squares = np.einsum("ij,ij->i", known, known) - 2 * (known @ asked) + asked @ asked
        yield np.sqrt(np.maximum(squares, 0))


def _least(
    distances: Floats, indices: NDArray[np.intp], split: Split, count: int
) -> list[Neighbour]:
    order = np.argsort(distances, kind="stable")[:count]
    return [
        Neighbour(int(indices[at]), int(split.labels[indices[at]]), float(distances[at]))
        for at in order
    ]


def _unit(vectors: Floats) -> Floats:
    found: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return found
