"""The learning methods: families of entries, each family one literal table.

`FAMILIES` maps a recipe's section to its family's table; recipe validation, help, docs and the
contract test all read it. A new method is one entry in its family's table and nothing else.
"""

from collections.abc import Mapping
from typing import Any, Final

from pilgi.learn.methods.activations import ACTIVATIONS
from pilgi.learn.methods.augment import AUGMENTATIONS
from pilgi.learn.methods.entry import Entry
from pilgi.learn.methods.initializers import INITIALIZERS
from pilgi.learn.methods.layers import LAYERS
from pilgi.learn.methods.losses import LOSSES
from pilgi.learn.methods.optimizers import OPTIMIZERS
from pilgi.learn.methods.penalties import PENALTIES
from pilgi.learn.methods.schedules import SCHEDULES

FAMILIES: Final[Mapping[str, Mapping[str, Entry[Any]]]] = {
    "activation": ACTIVATIONS,
    "augment": AUGMENTATIONS,
    "initializer": INITIALIZERS,
    "layer": LAYERS,
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
    "penalty": PENALTIES,
    "schedule": SCHEDULES,
}

__all__ = [
    "ACTIVATIONS",
    "AUGMENTATIONS",
    "FAMILIES",
    "INITIALIZERS",
    "LAYERS",
    "LOSSES",
    "OPTIMIZERS",
    "PENALTIES",
    "SCHEDULES",
    "Entry",
]
