"""One method of adaptation, one entry: what the table holds, and what a method is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from pilgi.data.partly_labelled import UNKNOWN
from pilgi.learn.adapt.origin import Origin
from pilgi.learn.train.batches import Resident

Weights = dict[str, Tensor]

Watch = Callable[[int, int, float], None]
"""Told after each update: how many are done, of how many, the loss."""


def unwatched(step: int, steps: int, loss: float) -> None:
    """Take what there is to say about an update, and say nothing."""


@dataclass(frozen=True)
class Setting:
    """What a method works with.

    pictures: the target's, uint8 (n, 1, h, w). labels: int64 (n,), `UNKNOWN` where there is none.
    source: the training pictures that the recognizer learnt from, None where they are not at hand.
    shares: float32 (classes,), how much of the target each class is thought to be; they sum to 1.
    """

    origin: Origin
    pictures: Tensor
    labels: Tensor
    source: Resident | None
    shares: Tensor
    seed: int
    watch: Watch = unwatched

    @property
    def labelled(self) -> Tensor:
        """Where the pictures are that have a label, int64 (m,)."""
        return (self.labels != UNKNOWN).nonzero()[:, 0]


@dataclass(frozen=True)
class Entry:
    """A row of the table.

    apply(setting) -> weights: of the same names and shapes as the network's own.
    labels: whether it needs some. source: whether the data learnt from is needed, or how it helps.
    summary, when: in English ("en") and Korean ("ko"). formula: in plain text.
    """

    apply: Callable[[Setting], Weights]
    labels: bool
    source: Literal["unused", "useful", "needed"]
    summary: Mapping[str, str]
    when: Mapping[str, str]
    formula: str
    reference: str


def unit(pictures: Tensor) -> Tensor:
    """Return uint8 pictures as float32 in [0, 1], laid out as convolutions read them."""
    return pictures.float().div_(255).contiguous(memory_format=torch.channels_last)
