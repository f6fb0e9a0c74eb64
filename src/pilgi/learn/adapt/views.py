"""Two views of a target's picture: one hardly changed, one changed as far as a hand and a crop may.

What a net says of the first it is to say of the second: consistency regularisation with weak and
strong augmentation, Sohn et al. 2020, FixMatch, arXiv:2001.07685.
"""

from collections.abc import Sequence
from typing import Final

import torch
from torch import Generator, Tensor

from pilgi.learn.methods import AUGMENTATIONS
from pilgi.learn.methods.augment import Transform, joined
from pilgi.learn.methods.entry import construct
from pilgi.learn.recipe import Recipe


def _transforms(*methods: tuple[str, dict[str, float]]) -> list[Transform]:
    entries = [(AUGMENTATIONS[name], settings) for name, settings in methods]
    return joined([entry.build(construct(entry.Options, settings)) for entry, settings in entries])


WEAK: Final = _transforms(("affine", {"rotation": 5.0, "shift": 1.0, "zoom": 0.05, "shear": 3.0}))

STRONG: Final = _transforms(
    ("affine", {"rotation": 10.0, "shift": 2.0, "zoom": 0.1, "shear": 8.0}),
    ("pen", {"wider": 0.4, "thinner": 0.3}),
    ("clutter", {"share": 0.15}),
)
"""Stronger ones (15 degrees, elastic bends, more clutter) gained 0.5 points of `sheets` and lost
0.4 of MNIST: `quick`, 200 steps, one seed."""


def of_recipe(recipe: Recipe) -> list[Transform]:
    """Return the transforms that the recipe learnt with."""
    return joined([AUGMENTATIONS[each.name].build(each.options) for each in recipe.augment])


def seen(pictures: Tensor, transforms: Sequence[Transform], generator: Generator) -> Tensor:
    """Return float pictures (n, channels, h, w) after the transforms."""
    targets = torch.zeros(len(pictures), dtype=torch.int64)
    for transform in transforms:
        pictures, targets = transform(pictures, targets, generator)
    return pictures
