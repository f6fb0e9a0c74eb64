"""`drift(recognizer, images, name) -> Drift`: what pictures without labels are to a recognizer."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data.formats.arrays import to_ink
from pilgi.data.split import Pictures, Split
from pilgi.errors import DataError
from pilgi.evaluate.drift.energy import energy_distance, far
from pilgi.evaluate.drift.estimate import Estimate, estimate, margins, margins_of
from pilgi.evaluate.drift.known import Judged, answered, at_hand, believed, shifted, sources_of
from pilgi.recognizer import Recognizer, softmax

SHOWN: Final = 24
CHANCE: Final = 0.05

SAME: Final = 0.5
"""Data of whose pictures more than this share are a source's own is that source."""

Reals = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Nearness:
    """How far the data lies from a set that the recognizer is known on; see `energy_distance`."""

    name: str
    n: int
    energy: float
    p: float


@dataclass(frozen=True)
class Strange:
    """A picture: its index, its answer, how sure that is, how far it lies from all known ones."""

    index: int
    answer: str
    confidence: float
    distance: float


@dataclass(frozen=True)
class Drift:
    """What data without labels is to a recognizer.

    known: the sets it was compared with, the nearest first. same: the one that it is, if any.
    least_sure, farthest: pictures of it, the strangest first.
    """

    data: str
    n: int
    estimate: Estimate
    known: tuple[Nearness, ...]
    same: str | None
    least_sure: tuple[Strange, ...]
    farthest: tuple[Strange, ...]

    @property
    def differs(self) -> bool:
        """Whether it is like none of the sets known: p below 0.05 for each."""
        return self.same is None and all(one.p < CHANCE for one in self.known)

    @property
    def verdict(self) -> str:
        """One sentence that says so."""
        alike = max(self.known, key=lambda one: one.p)
        if self.same is not None:
            mix = "" if alike.p >= CHANCE else f", but another mix of them (p = {alike.p:.3f})"
            return (
                f"nothing differs: these are pictures of {self.same}, which it was checked on{mix}"
            )
        if not self.differs:
            return f"nothing is seen to differ from {alike.name} (p = {alike.p:.2f})"
        return (
            f"it differs from everything the recognizer was checked on (p = {alike.p:.3f}); "
            f"nearest is {self.known[0].name}"
        )

    def to_json(self) -> dict[str, Any]:
        """Return the documented JSON of `pilgi drift`."""
        return {
            "data": self.data,
            "n": self.n,
            "estimate": {
                "accuracy": self.estimate.accuracy,
                "interval": list(self.estimate.interval),
            },
            "differs": self.differs,
            "verdict": self.verdict,
            "same": self.same,
            "known": [asdict(one) for one in self.known],
            "least_sure": [asdict(one) for one in self.least_sure],
            "farthest": [asdict(one) for one in self.farthest],
        }


def drift(recognizer: Recognizer, images: Pictures, name: str) -> Drift:
    """Return what pictures without labels, uint8 (n, 28, 28), are to `recognizer`.

    A source that the pictures are themselves teaches the estimate nothing.
    Raises DataError where there are no pictures, where the recognizer does not read single digits,
    or where it is so often wrong that its confidence tells nothing.
    """
    _check(recognizer, images, name)
    ink = to_ink(images)
    sources = sources_of(recognizer) or at_hand(recognizer, None)
    same = _same(ink, sources)
    others = [one for one in sources if one.name != same] or at_hand(recognizer, same)
    known = {one.name: answered(recognizer, one) for one in [*sources, *others]}
    found = recognizer.outputs(ink)
    sets = [*(known[one.name] for one in others), *shifted(recognizer, others)]
    expected = _expected(recognizer, found, believed(recognizer, sets))
    near = _nearest(recognizer, found, list(known.values()))
    least, farthest = _strangest(recognizer, found, list(known.values()))
    return Drift(name, len(images), expected, near, same, least, farthest)


def features(found: Reals, temperature: float) -> Reals:
    """Return (n, d): the logits less their mean, over the temperature."""
    scaled = found.astype(np.float64) / temperature
    centred: Reals = scaled - scaled.mean(axis=1, keepdims=True)
    return centred


def _check(recognizer: Recognizer, images: Pictures, name: str) -> None:
    if recognizer.metadata.kind != "digit":
        raise DataError(
            f"{recognizer.source} does not read single digits, which drift is told of; choose a "
            "model such as digit"
        )
    if not len(images):
        raise DataError(f"{name}: no pictures in it; check the path or choose other data")
    if images.ndim != 3:
        raise DataError(f"{name}: colour pictures in an array; put them into a folder as files")


def _same(ink: Pictures, sources: Sequence[Split]) -> str | None:
    """Return the source whose pictures, byte for byte, most of these are."""
    for source in sources:
        own = {picture.tobytes() for picture in source.images}
        if np.mean([picture.tobytes() in own for picture in ink]) > SAME:
            return source.name
    return None


def _expected(recognizer: Recognizer, found: Reals, sets: Sequence[Judged]) -> Estimate:
    classes, temperature = len(recognizer.classes), recognizer.metadata.temperature
    return estimate(margins(found, classes, temperature), margins_of(sets, classes, temperature))


def _nearest(recognizer: Recognizer, found: Reals, known: Sequence[Judged]) -> tuple[Nearness, ...]:
    temperature = recognizer.metadata.temperature
    own = features(found, temperature)
    near = []
    for one in known:
        energy, p = energy_distance(own, features(one.found, temperature))
        near.append(Nearness(one.name, len(one.found), energy, p))
    return tuple(sorted(near, key=lambda one: one.energy))


def _strangest(
    recognizer: Recognizer, found: Reals, known: Sequence[Judged]
) -> tuple[tuple[Strange, ...], tuple[Strange, ...]]:
    """Return the least sure pictures and the farthest."""
    temperature, classes = recognizer.metadata.temperature, recognizer.classes
    distances = far(
        features(found, temperature),
        np.concatenate([features(one.found, temperature) for one in known]),
    )
    answers = found[:, : len(classes)].argmax(axis=1)
    sure = softmax(found.astype(np.float32), temperature)[:, : len(classes)].max(axis=1)

    def shown(order: NDArray[np.intp]) -> tuple[Strange, ...]:
        return tuple(
            Strange(int(i), classes[answers[i]], float(sure[i]), float(distances[i]))
            for i in order[:SHOWN]
        )

    return shown(np.argsort(sure, kind="stable")), shown(np.argsort(-distances, kind="stable"))
