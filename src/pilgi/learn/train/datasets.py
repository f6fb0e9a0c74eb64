"""The three parts of a recipe's data: training, validation, test."""

from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import numpy as np

from pilgi import data
from pilgi.data import Split, join, lookalikes, partition
from pilgi.data.lines import (
    SCORED,
    TEST_LINES,
    TEST_SEED,
    Lines,
    Writers,
    compose_lines,
    part_writers,
)
from pilgi.errors import RecipeError
from pilgi.learn import rng
from pilgi.learn.recipe import Recipe

OTHER: Final = "none of these"

HELD: Final = 20
"""Of a set that is added, so many parts: one of them, by whole writers, is held out."""


@dataclass(frozen=True)
class Parts:
    """What a recipe trains on, chooses by (None with validation=0) and is scored on, once.

    hands: of each set that the recipe adds and whose writers are known, some whom training does not
    see: confidence is to hold on their hands too.
    """

    train: Split
    validation: Split | None
    test: Split
    hands: tuple[Split, ...] = ()

    @property
    def hashes(self) -> dict[str, str]:
        """The SHA-256 of each part's pictures and labels."""
        parts = {"train": self.train, "validation": self.validation, "test": self.test}
        return {name: split.sha256 for name, split in parts.items() if split is not None}


@dataclass(frozen=True)
class LineParts:
    """The digits that training lines are composed of, the lines to choose by, those scored on."""

    train: Writers
    validation: Lines | None
    test: Lines

    @property
    def hashes(self) -> dict[str, str]:
        """The SHA-256 of the training digits and of each part's lines."""
        parts = {"train": self.train, "validation": self.validation, "test": self.test}
        return {name: part.sha256 for name, part in parts.items() if part is not None}


def load_any(recipe: Recipe) -> Parts | LineParts:
    """Return the recipe's data: pictures, or lines where it reads them.

    Raises as `load_parts` does, DataError where lines cannot be composed of the data.
    """
    if recipe.lines is None:
        return load_parts(recipe)
    parted = part_writers(recipe.data, rng.derive(recipe.seed, "split"))
    validation = None
    if recipe.validation:
        seed = rng.derive(recipe.seed, "split", 1)
        validation = compose_lines("validation", parted.validation, SCORED, recipe.validation, seed)
    test = compose_lines("test", parted.test, SCORED, TEST_LINES, TEST_SEED)
    return LineParts(parted.train, validation, test)


def load_parts(recipe: Recipe) -> Parts:
    """Return the recipe's data; the validation pictures are drawn from (seed, "split").

    Raises RecipeError where validation would leave nothing to train on, or where `folds` are
    wanted and none is named: that is more than one training.
    """
    if recipe.lines is not None:
        raise RecipeError(
            f"recipe {recipe.name} reads lines of digits, which `pilgi train` alone does; choose a "
            "recipe of single digits"
        )
    if recipe.cross_validated:
        raise RecipeError(
            f"folds={recipe.folds} is {recipe.folds} trainings, which `pilgi train` does; name one "
            f"with fold=0 to fold={recipe.folds - 1}"
        )
    whole, test = data.load(recipe.data, "train"), data.load(recipe.data, "test")
    train, validation = _parted(whole, recipe)
    train, hands = _with_extra(train, recipe)
    return Parts(_with_others(train, recipe), validation, test, hands)


def _parted(whole: Split, recipe: Recipe) -> tuple[Split, Split | None]:
    if recipe.fold is not None:
        return _fold(whole, recipe, recipe.fold)
    if not recipe.validation:
        return whole, None
    if recipe.validation >= len(whole):
        raise RecipeError(
            f"validation={recipe.validation} of {len(whole):,} pictures leaves none to train on; "
            f"a fifth of them is validation={len(whole) // 5}"
        )
    return _hold_out(whole, recipe)


def _with_extra(train: Split, recipe: Recipe) -> tuple[Split, tuple[Split, ...]]:
    """Return `train` with the recipe's other data sets, and the writers of theirs held out."""
    hands = []
    for name in recipe.extra:
        more = data.load(name, "train")
        if more.classes != train.classes:
            raise RecipeError(
                f"recipe {recipe.name}: extra={name} has other classes than {recipe.data}; "
                "leave it out"
            )
        if recipe.validation and more.writers is not None:
            seed = rng.derive(recipe.seed, "split", 1)
            more, held = partition.writer_disjoint(more, max(1, len(more) // HELD), seed)
            hands.append(held)
        # Writers are numbered anew in each set.
        train = replace(join(train.name, train, more), writers=None)
    return train, tuple(hands)


def _with_others(train: Split, recipe: Recipe) -> Split:
    """Return `train` with pictures of none of its classes, and one class more for them."""
    if not recipe.others:
        return train
    classes = (*train.classes, OTHER)
    whole = replace(train, classes=classes, writers=None)
    for name in recipe.others:
        found = lookalikes.without_lookalikes(data.load(name, "train"))
        if set(found.classes) & set(train.classes):
            raise RecipeError(
                f"recipe {recipe.name}: others={name} has classes of {recipe.data}; leave it out"
            )
        labels = np.full(len(found), len(train.classes))
        whole = join(train.name, whole, Split(name, found.images, labels, classes))
    return whole


def _fold(whole: Split, recipe: Recipe, number: int) -> tuple[Split, Split]:
    by = "writer" if recipe.split == "writers" else "class"
    pairs = partition.folds(whole, recipe.folds, rng.derive(recipe.seed, "split"), by)
    return next(islice(pairs, number, None))


def _hold_out(whole: Split, recipe: Recipe) -> tuple[Split, Split]:
    if recipe.split == "tail":
        return partition.tail(whole, recipe.validation)
    hold_out = partition.writer_disjoint if recipe.split == "writers" else partition.stratified
    return hold_out(whole, recipe.validation, rng.derive(recipe.seed, "split"))
