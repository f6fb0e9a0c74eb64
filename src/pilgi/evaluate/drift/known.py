"""What a recognizer is known to do: labelled pictures of its own sources that it never learnt from.

They are the test part of each set that it learnt from, and corruptions of these: shifts whose truth
is known, to learn from how far confidence can be believed where pictures are not as they were.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi.data import CATALOG, load
from pilgi.data.corruptions import CORRUPTIONS, Corruption, Level
from pilgi.data.formats.arrays import to_ink
from pilgi.data.split import Pictures, Split
from pilgi.errors import DataError, PilgiError
from pilgi.recognizer import Recognizer

AT_HAND: Final = ("digits", "hands")
"""Sets that are on every machine: the first, or the second where the data is the first."""

NATURAL: Final = 1000
CORRUPTED: Final = 400
"""Pictures of a set, and of each level of each corruption."""

SEED: Final = 0

LEAST: Final = 0.7
"""Where a recognizer is right less often than this, its confidence means nothing to learn from."""


class Judged(NamedTuple):
    """A set that was answered: its name, the logits, and which answers were right.

    name: of the set or, of corrupted pictures, of the corruption. found: float32 (n, classes) or,
    of one that learnt to decline, a column more; right: bool (n,).
    """

    name: str
    found: NDArray[np.float32]
    right: NDArray[np.bool_]


def sources_of(recognizer: Recognizer) -> list[Split]:
    """Return the test parts of what `recognizer` learnt from, those that can be had.

    Sets drawn by rule are left out: nobody wrote them.
    """
    learnt = recognizer.metadata.provenance
    names = [str(name) for name in (learnt.get("data"), *learnt.get("extra", ()))]
    written = [name for name in names if name not in CATALOG or CATALOG[name].format != "drawn"]
    return _loaded(recognizer, written)


def at_hand(recognizer: Recognizer, but: str | None) -> list[Split]:
    """Return a set that is on every machine, another than `but`."""
    return _loaded(recognizer, [next(name for name in AT_HAND if name != but)])


def _loaded(recognizer: Recognizer, names: Sequence[str]) -> list[Split]:
    found = []
    for name in names:
        try:
            split = load(name, "test")
        except PilgiError:
            continue
        if split.classes == recognizer.classes and split.images.ndim == 3:
            found.append(Split(name, split.images, split.labels, split.classes))
    return found


def answered(recognizer: Recognizer, split: Split) -> Judged:
    """Return at most 1,000 pictures of `split`, spread evenly, as the recognizer answers them."""
    chosen = _spread(split, NATURAL)
    return _judged(recognizer, split.name, chosen.images, chosen.labels)


def shifted(recognizer: Recognizer, sources: Sequence[Split]) -> list[Judged]:
    """Return each corruption of 400 pictures of the sources, at each level up to its usual one."""
    base = _mixed(sources)
    return [
        _judged(recognizer, name, to_ink(_corrupted(base.images, kind, level)), base.labels)
        for name, kind in CORRUPTIONS.items()
        for level in kind.levels[: kind.usual]
    ]


def believed(recognizer: Recognizer, sets: Sequence[Judged]) -> list[Judged]:
    """Return the sets on which `recognizer` is right often enough to learn from its confidence.

    Raises DataError where there is none.
    """
    found = [one for one in sets if one.right.mean() >= LEAST]
    if not found:
        raise DataError(
            f"{recognizer.source}: less than {LEAST:.0%} right even on pictures like those it "
            "learnt from, so its confidence tells nothing; train it longer first"
        )
    return found


def _corrupted(images: Pictures, kind: Corruption, level: Level) -> Pictures:
    return np.stack(
        [
            kind.apply(picture, level, np.random.default_rng((SEED, number)))
            for number, picture in enumerate(images)
        ]
    )


def _judged(
    recognizer: Recognizer, name: str, images: Pictures, labels: NDArray[np.int64]
) -> Judged:
    found = recognizer.outputs(images)
    answers = found[:, : len(recognizer.classes)].argmax(axis=1)
    return Judged(name, found, answers == labels)


def _mixed(sources: Sequence[Split]) -> Split:
    """Return 400 pictures, as many of each source."""
    each = [_spread(split, -(-CORRUPTED // len(sources))) for split in sources]
    images = np.concatenate([split.images for split in each])
    labels = np.concatenate([split.labels for split in each])
    return Split("sources", images, labels, sources[0].classes)


def _spread(split: Split, count: int) -> Split:
    if len(split) <= count:
        return split
    return split.take(np.linspace(0, len(split) - 1, count).astype(np.intp))
