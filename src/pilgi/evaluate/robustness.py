"""How a recognizer bears what goes wrong: every corruption, as an array and as a picture.

Two routes lead a corrupted picture to a recognizer. As an array it is taken for ink, whatever its
paper is. As a picture it goes through the ink spec, which finds paper and ink anew; what the spec
takes for ink already is the same bytes on both.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from pilgi.data.corruptions import CORRUPTIONS, FIFTEEN, corrupt
from pilgi.data.formats.arrays import to_ink
from pilgi.data.split import Pictures, Split
from pilgi.errors import DataError
from pilgi.evaluate.scores import with_classes_of
from pilgi.evaluate.significance import wilson
from pilgi.recognizer import Recognizer

Route = Literal["array", "picture"]
ROUTES: Final[tuple[Route, ...]] = get_args(Route)

PICTURES: Final = 2000
"""So many are corrupted, spread evenly over a larger set: a minute, and a tenth of a point."""

SEED: Final = 0
WIDE: Final = 1.96
"""Standard errors to either side of a mean hold 95 %."""

CLEAN: Final = "clean"

Wrong = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Borne:
    """One corruption: which answers were wrong, (n,), by either route. Its name may be `clean`."""

    name: str
    array: Wrong
    picture: Wrong

    def wrong(self, route: Route) -> Wrong:
        """Return which answers were wrong by `route`."""
        return self.array if route == "array" else self.picture

    def summary(self, route: Route) -> dict[str, Any]:
        """Return errors, error rate and the rate's Wilson interval."""
        wrong = self.wrong(route)
        n, errors = len(wrong), int(wrong.sum())
        return {"errors": errors, "error": errors / n, "interval": list(wilson(errors, n))}


@dataclass(frozen=True, eq=False)
class Robustness:
    """What a recognizer bears: `clean`, and each corruption at its usual severity.

    split: the pictures that were corrupted, as they were.
    """

    data: str
    split: Split
    clean: Borne
    corruptions: tuple[Borne, ...]

    @property
    def n(self) -> int:
        """How many pictures each corruption was tried on."""
        return len(self.split)

    def mean(
        self, route: Route, names: Collection[str] = FIFTEEN
    ) -> tuple[float, tuple[float, float]]:
        """Return the mean error over corruptions, MNIST-C's fifteen if not said, and its interval.

        They are of the same pictures, so the 95 % interval is that of the mean over pictures of
        each one's share of corruptions answered wrongly: m +- 1.96 s / sqrt(n).
        """
        wrong = [one.wrong(route) for one in self.corruptions if one.name in names]
        shares = np.mean(wrong, axis=0)
        mean, half = float(shares.mean()), WIDE * float(shares.std()) / sqrt(len(shares))
        return mean, (max(0.0, mean - half), min(1.0, mean + half))

    def to_json(self) -> dict[str, Any]:
        """Return the documented JSON of `pilgi eval --robust`."""
        return {
            "data": self.data,
            "n": self.n,
            "seed": SEED,
            "mean": {route: _named(*self.mean(route)) for route in ROUTES},
            "clean": _by_route(self.clean),
            "corruptions": [
                {
                    "name": one.name,
                    "family": CORRUPTIONS[one.name].family,
                    "published": CORRUPTIONS[one.name].published,
                    "severity": CORRUPTIONS[one.name].severity,
                    **_by_route(one),
                }
                for one in self.corruptions
            ],
        }


def _named(error: float, interval: tuple[float, float]) -> dict[str, Any]:
    return {"error": error, "interval": list(interval)}


def _by_route(one: Borne) -> dict[str, Any]:
    return {route: one.summary(route) for route in ROUTES}


def evaluate_robustness(recognizer: Recognizer, split: Split) -> Robustness:
    """Score `recognizer` on `split` under every corruption.

    Of more than 2,000 pictures so many are taken, spread evenly.
    Raises DataError where the recognizer does not read single digits, the split is empty or of
    colour pictures, or its classes are not the recognizer's.
    """
    _check(recognizer, split)
    chosen = _spread(with_classes_of(recognizer, split))
    ink = Split(chosen.name, to_ink(chosen.images), chosen.labels, chosen.classes)
    borne = tuple(_tried(recognizer, ink))
    return Robustness(split.name, ink, _answered(recognizer, ink, CLEAN, ink.images), borne)


def _tried(recognizer: Recognizer, split: Split) -> Iterator[Borne]:
    for name in CORRUPTIONS:
        yield _answered(recognizer, split, name, corrupt(split.images, name, SEED))


def _answered(recognizer: Recognizer, split: Split, name: str, images: Pictures) -> Borne:
    array = recognizer.predict(images) != split.labels
    seen = to_ink(images)
    changed = (seen != images).any((1, 2))
    picture = array.copy()
    picture[changed] = recognizer.predict(seen[changed]) != split.labels[changed]
    return Borne(name, array, picture)


def _spread(split: Split) -> Split:
    if len(split) <= PICTURES:
        return split
    return split.take(np.linspace(0, len(split) - 1, PICTURES).astype(np.intp))


def _check(recognizer: Recognizer, split: Split) -> None:
    if recognizer.metadata.kind != "digit":
        raise DataError(
            f"{recognizer.source} does not read single digits, which the corruptions are of; "
            "choose a model such as digit"
        )
    if not len(split):
        raise DataError(f"{split.name}: no pictures to score; check the path or choose other data")
    if split.images.shape[1:] != recognizer.metadata.input:
        raise DataError(
            f"{split.name}: pictures of {split.images.shape[1:]}, but corruptions are of grey ink "
            f"of {recognizer.metadata.input}; choose other data"
        )
