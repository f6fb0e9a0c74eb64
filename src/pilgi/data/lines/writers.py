"""Whose digits lines are composed of: those trained on, and those of writers never seen there."""

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data import loading, partition
from pilgi.data.formats.arrays import DIGITS
from pilgi.data.lines.held_out import held_out
from pilgi.data.lines.others import Others, learnt_others, printed_digits
from pilgi.data.lines.symbols import CLASSES
from pilgi.data.split import Labels, Pictures, Split, content_hash
from pilgi.errors import DataError
from pilgi.ink import SIDE

LINES: Final = "lines"
VALIDATION: Final = 20
"""Of the digits trained on, one in this many is held out."""

WEIGHTS: Final = {"mnist": 0.48, "unipen": 0.27, "usps": 0.07, "hands": 0.06, "sheets": 0.12}
PRINTED: Final = 0.08
"""How much of the training lines each source gives, and beside them printed digits."""

EVEN: Final = ("unipen", "hands")
"""Sources drawn with a pen of even width."""


@dataclass(frozen=True, eq=False)
class Writers:
    """Digits by who wrote them.

    images: uint8 (n, 28, 28), ink bright. labels: int64 (n,). groups: for each writer the indices
    of their digits; a source without writers is one group. weights: how often each group is drawn;
    they add up to 1. even_pen: whether a group's pen is even, so that it may be made thinner.
    others: what their lines may hold beside digits, None where they hold digits alone.
    """

    images: Pictures
    labels: Labels
    groups: tuple[NDArray[np.intp], ...]
    weights: NDArray[np.float64]
    even_pen: NDArray[np.bool_]
    others: Others | None = None

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def sha256(self) -> str:
        """Of the digits, see `content_hash`, and of what stands beside them."""
        own = content_hash(self.images, self.labels)
        if self.others is None:
            return own
        return hashlib.sha256(f"{own} {self.others.sha256}".encode()).hexdigest()

    @property
    def classes(self) -> tuple[str, ...]:
        """What a recognizer of their lines tells apart."""
        return DIGITS if self.others is None else CLASSES


@dataclass(frozen=True)
class Parted:
    """Whose digits are trained on, chosen by, and scored on: no writer is in two of them."""

    train: Writers
    validation: Writers
    test: Writers


def part_writers(source: str, seed: int) -> Parted:
    """Return the digits that lines are composed of, in three parts.

    source: `lines` is MNIST, UNIPEN, USPS and sheets together. test: MNIST's test set and every
    seventh of UNIPEN's writers. validation: a twentieth of MNIST's training digits and of the
    others of sets whose writers are noted, by writers drawn from `seed`. train: the rest, USPS's
    rows, whose writers nobody noted, the shapes of `hands`, and signs, letters and scribbles beside
    them.
    Any other set of digits 28 pixels wide is parted as its own; where nobody noted the writers, by
    digits. Raises DataError where a set is not at hand or is not digits.
    """
    if source != LINES:
        return _parted_set(source, seed)
    train = {name: loading.load(name, "train") for name in WEIGHTS if name != "unipen"}
    train["unipen"] = _unipen()[0]
    noted = [name for name in WEIGHTS if name == "mnist" or train[name].writers is not None]
    held = {name: _held(train[name], seed) for name in noted}
    train |= {name: rest for name, (rest, _) in held.items()}
    learnt = {name: train[name] for name in WEIGHTS} | {"printed": printed_digits()}
    return Parted(
        replace(_joined(learnt, WEIGHTS | {"printed": PRINTED}), others=learnt_others()),
        _joined({name: validation for name, (_, validation) in held.items()}, {}),
        unseen_writers(),
    )


def unseen_writers() -> Writers:
    """Return the digits of the writers whom no training of `lines` sees."""
    return _joined({"mnist": loading.load("mnist", "test"), "unipen": _unipen()[1]}, {})


def _parted_set(source: str, seed: int) -> Parted:
    train, test = loading.load(source, "train"), loading.load(source, "test")
    if train.classes != DIGITS or train.images.shape[1:] != (SIDE, SIDE):
        raise DataError(f"{source}: lines are composed of digits 0 to 9, {SIDE} pixels wide")
    rest, validation = _held(train, seed)
    return Parted(*(_joined({source: split}, {}) for split in (rest, validation, test)))


def _held(split: Split, seed: int) -> tuple[Split, Split]:
    hold_out = partition.stratified if split.writers is None else partition.writer_disjoint
    return hold_out(split, max(1, len(split) // VALIDATION), seed)


def _unipen() -> tuple[Split, Split]:
    """Return UNIPEN's digits without every seventh writer, and theirs."""
    whole = loading.load("unipen", "all")
    if whole.writers is None:
        raise DataError("unipen: its writers are not noted; lines need writers never seen before")
    return held_out(whole)


def _joined(found: dict[str, Split], weights: dict[str, float]) -> Writers:
    """Return all digits in one; without `weights` each writer counts by how much they wrote."""
    groups, shares, even, start = [], [], [], 0
    for name, split in found.items():
        own = _groups(split)
        share = weights.get(name, 1.0) / len(split) if weights else 1.0
        groups += [group + start for group in own]
        shares += [share * len(group) for group in own]
        even += [name in EVEN] * len(own)
        start += len(split)
    images = np.concatenate([split.images for split in found.values()])
    labels = np.concatenate([split.labels for split in found.values()])
    total = np.array(shares)
    return Writers(images, labels, tuple(groups), total / total.sum(), np.array(even))


def _groups(split: Split) -> list[NDArray[np.intp]]:
    if split.writers is None:
        return [np.arange(len(split))]
    order = np.argsort(split.writers, kind="stable")
    cuts = np.flatnonzero(np.diff(split.writers[order])) + 1
    return list(np.split(order, cuts))
