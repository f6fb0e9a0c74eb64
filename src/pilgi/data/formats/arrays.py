"""Arrays of pictures and labels, as files hold them -> Split."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi import ink
from pilgi.data.split import Labels, Pictures, Split
from pilgi.errors import DataError

Parts = Mapping[str, Callable[[], Split]]
"""The parts of a source, `all` or `train` and `test`, each read when it is asked for."""

DIGITS: Final = tuple("0123456789")
LARGEST_LABEL: Final = 255


def to_split(
    name: str,
    images: NDArray[Any],
    labels: NDArray[Any],
    classes: tuple[str, ...] | None = None,
) -> Split:
    """Return the Split of pictures 0..255 and whole labels, refusing what is out of range.

    images: (n, height, width) of any number type, or with a last axis of 1 or 3 channels. Grey
    pictures that are not 28x28 ink yet become so (see `pilgi.ink`); colour pictures stay.
    classes: those of the source; without them ten digits, or more where a label is larger.
    """
    if not images.size:
        raise DataError(f"{name}: holds no pictures")
    whole = _whole_labels(name, labels)
    if len(images) != len(whole):
        raise DataError(f"{name}: {len(images):,} pictures but {len(whole):,} labels")
    pictures = to_ink(to_bytes(name, images))
    return Split(name, pictures, whole, classes or infer_classes(whole))


def infer_classes(labels: Labels) -> tuple[str, ...]:
    """Return the ten digits, or as many numbers as the largest label asks for."""
    return DIGITS if labels.max() <= 9 else tuple(map(str, range(int(labels.max()) + 1)))


def to_bytes(name: str, images: NDArray[Any]) -> Pictures:
    """Return `images` as uint8; bool and real numbers within 0..1 are stretched to 0..255.

    Raises DataError for values that are no numbers or lie outside 0..255.
    """
    if images.dtype == np.uint8:
        return images
    if images.dtype.kind not in "biuf":
        raise DataError(f"{name}: pictures must be numbers from 0 to 255, not {images.dtype}")
    if not (np.isfinite(images).all() and images.min() >= 0 and images.max() <= 255):
        raise DataError(f"{name}: a picture has a value outside 0..255; scale it to that range")
    unit = images.dtype.kind in "bf" and images.max() <= 1
    return np.rint(images * 255.0 if unit else images).astype(np.uint8)


def to_ink(images: Pictures) -> Pictures:
    """Return grey pictures as 28x28 ink, colour pictures as they are.

    A picture that is ink already (see `ink.is_ink`) is taken byte for byte. What has paper that is
    not 0, inverted, grey or foggy, is no ink, and becomes it: no net is to be judged by its answers
    to that.
    """
    if images.ndim == 4 and images.shape[3] == 1:
        images = images[..., 0]
    if images.ndim == 4 or all(map(ink.is_ink, images)):
        return np.require(images, requirements=["C", "W"])
    return np.stack([ink.from_picture(picture) for picture in images])


def _whole_labels(name: str, labels: NDArray[Any]) -> Labels:
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.ndim != 1 or labels.dtype.kind not in "iuf":
        raise DataError(f"{name}: labels must be a list of whole numbers, not {labels.dtype}")
    if not np.isfinite(labels).all():
        raise DataError(f"{name}: a label is not a number")
    whole = labels.astype(np.int64)
    if not whole.size or (whole != labels).any() or whole.min() < 0 or whole.max() > LARGEST_LABEL:
        raise DataError(f"{name}: a label is not a whole number from 0 to {LARGEST_LABEL}")
    return whole
