"""A row of the course: what was done, and the figures it gave, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Metric = Literal[
    "test",
    "train",
    "train_loss",
    "best_validation",
    "parameters",
    "ensemble",
    "best_single",
    "mean_single",
]


@dataclass(frozen=True)
class Training:
    """A recipe with settings; `label` tells trainings of one recipe apart."""

    recipe: str
    settings: tuple[str, ...] = ()
    label: str = ""

    @property
    def name(self) -> str:
        """What its run folders are called, before the seed."""
        return self.label or self.recipe


@dataclass(frozen=True)
class Figure:
    """One figure of a row.

    metric: accuracies are fractions in [0, 1], losses nats. value: the course's, None where it
    gave none. of: the name of the training it is measured on, "" for the first (or for all).
    """

    metric: Metric
    value: float | None = None
    of: str = ""


@dataclass(frozen=True)
class Row:
    """One experiment of the course: a lab, a look at data, or trainings.

    words: the setting in a few words, English ("en") and Korean ("ko").
    trainings: several are compared, or are an ensemble's members. figures: the first is the row's.
    lab: its name in LABS. shows: the recipe whose data is looked at.
    quick: whether a run takes seconds.
    inferred: what the course's record marks as inferred. chosen: what it leaves open, and ours.
    remark: what a reader must always know. why: the reason where a figure is not reproduced.
    """

    id: str
    words: Mapping[str, str]
    trainings: tuple[Training, ...] = ()
    figures: tuple[Figure, ...] = (Figure("test"),)
    lab: str | None = None
    shows: str | None = None
    quick: bool = False
    inferred: str = ""
    chosen: str = ""
    remark: str = ""
    why: str = ""
