"""What is adapted to: pictures of which all, some or none have labels, checked."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from pilgi.data import Split
from pilgi.data.partly_labelled import UNKNOWN, PartlyLabelled
from pilgi.data.split import Labels, Pictures
from pilgi.errors import DataError
from pilgi.learn.adapt.origin import Origin
from pilgi.recognizer import Recognizer

NO_DIGITS: Final = 0.8
"""Where a larger share of the pictures is taken for none of the digits, there are none in it."""

WITNESS: Final = "digit"
"""The recognizer that is asked where the one adapted never learnt to decline."""

SAME: Final = 0.5
HELD: Final = 10
MOST_HELD: Final = 1000
"""One picture in so many is held back to choose by, and at most so many."""

ENOUGH: Final = 200
"""With fewer labels none is held back: they teach more than they would tell."""


@dataclass(frozen=True)
class Target:
    """Pictures uint8 (n, h, w) and labels int64 (n,), `UNKNOWN` where there is none.

    held: the pictures that no method learns from, bool (n,).
    """

    name: str
    images: Pictures
    labels: Labels
    held: NDArray[np.bool_]

    @property
    def labelled(self) -> int:
        """How many pictures have a label."""
        return int((self.labels != UNKNOWN).sum())

    def judged(self) -> NDArray[np.bool_]:
        """Return which pictures are held back and have a label, bool (n,)."""
        held: NDArray[np.bool_] = self.held & (self.labels != UNKNOWN)
        return held

    def tensors(self) -> tuple[Tensor, Tensor]:
        """Return the pictures to learn from, uint8 (m, 1, h, w), and their labels, int64 (m,)."""
        images, labels = self.images[~self.held], self.labels[~self.held]
        return torch.from_numpy(images)[:, None].contiguous(), torch.from_numpy(labels)


def check(origin: Origin, found: PartlyLabelled) -> list[str]:
    """Return what should be said of the target before it is adapted to.

    Raises DataError where it is none: other pictures, fewer than classes, labels of other classes,
    no digits, or the very pictures that the recognizer learnt from.
    """
    classes = origin.recognizer.classes
    given, read = (
        "x".join(map(str, shape))
        for shape in (found.images.shape[1:], origin.recognizer.metadata.input)
    )
    if given != read:
        raise DataError(
            f"{found.name}: pictures of {given}, but {origin.recognizer.source} reads {read}; name "
            "a folder of pictures, which become ink, or bring them to that size"
        )
    if len(found.images) < len(classes):
        raise DataError(
            f"{found.name}: {len(found.images)} pictures are fewer than the {len(classes)} "
            "classes; add more"
        )
    _check_labels(found, classes)
    _check_digits(origin, found)
    _check_new(origin, found)
    return _missing(found, classes)


def hold_back(found: PartlyLabelled, seed: int) -> Target:
    """Return the target, a tenth of it held back; of a few labels none."""
    known = found.labels != UNKNOWN
    held = np.zeros(len(found.images), bool)
    groups = [~known, known] if known.sum() >= ENOUGH else [~known]
    for number, group in enumerate(groups):
        places = np.random.default_rng((seed, number)).permutation(np.flatnonzero(group))
        held[places[: min(MOST_HELD, len(places) // HELD)]] = True
    return Target(found.name, found.images, found.labels, held)


def _check_labels(found: PartlyLabelled, classes: tuple[str, ...]) -> None:
    used = sorted(set(found.labels.tolist()) - {UNKNOWN})
    foreign = [found.classes[label] for label in used if found.classes[label] not in classes]
    if foreign or (used and found.classes[: len(classes)] != classes):
        raise DataError(
            f"{found.name}: the label {(foreign or list(found.classes))[0]!r:.20} is none of the "
            f"recognizer's classes, {' '.join(classes)}; remove its pictures or all labels"
        )


def _check_new(origin: Origin, found: PartlyLabelled) -> None:
    if origin.parts is None:
        return
    parts: list[Split | None] = [origin.parts.train, origin.parts.validation, origin.parts.test]
    ours = {image.tobytes() for part in parts if part is not None for image in part.images}
    if np.mean([image.tobytes() in ours for image in found.images]) > SAME:
        raise DataError(
            f"{found.name}: nothing to adapt: these are the pictures that the recognizer learnt "
            "or was scored on"
        )


def _check_digits(origin: Origin, found: PartlyLabelled) -> None:
    """Refuse pictures of which most are blank or are taken for none of the digits."""
    threads = origin.recipe.threads
    witness = origin.recognizer if origin.declines else Recognizer.load(WITNESS, threads)
    outputs = witness.outputs(found.images)
    none = outputs.argmax(axis=1) >= len(witness.classes)
    none |= ~found.images.reshape(len(found.images), -1).any(axis=1)
    if none.mean() > NO_DIGITS:
        raise DataError(
            f"{found.name}: no digits in it: {none.mean():.0%} of the pictures are taken for none "
            "of them; name pictures of single digits"
        )


def _missing(found: PartlyLabelled, classes: tuple[str, ...]) -> list[str]:
    used = set(found.labels.tolist()) - {UNKNOWN}
    missing = [name for at, name in enumerate(classes) if at not in used]
    if not used or not missing or (found.labels == UNKNOWN).any():
        return []
    return [
        f"no picture of {', '.join(missing)} in {found.name}: what is known of it stays as it was, "
        "as far as the old data keep it"
    ]
