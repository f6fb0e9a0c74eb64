"""Rehearsal: pictures learnt before are learnt again beside new ones, so that they are not lost.

Robins 1995, Catastrophic forgetting, rehearsal and pseudorehearsal, Connection Science 7.
"""

import torch
from torch import Generator, Tensor

from pilgi.learn.adapt.entry import Setting
from pilgi.learn.adapt.learning import batch
from pilgi.learn.adapt.views import of_recipe, seen
from pilgi.learn.methods import LOSSES


class Rehearsal:
    """Batches of the source, augmented as the recipe does; empty ones where it is not at hand."""

    def __init__(self, setting: Setting, size: int, weight: float) -> None:
        recipe = setting.origin.recipe
        self.source, self.size, self.weight = setting.source, size, weight
        self.shape = tuple(setting.pictures.shape[1:])
        self.transforms = of_recipe(recipe)
        self._loss = LOSSES[recipe.loss.name].build(recipe.loss.options)

    def batch(self, generator: Generator) -> tuple[Tensor, Tensor]:
        """Return pictures (n, channels, h, w) and labels (n,); n is 0 without a source."""
        if self.source is None:
            return torch.empty(0, *self.shape), torch.empty(0, dtype=torch.int64)
        chosen = batch(len(self.source), self.size, generator)
        pictures = self.source.images[chosen].float() / 255
        return seen(pictures, self.transforms, generator), self.source.labels[chosen]

    def loss(self, logits: Tensor, targets: Tensor) -> Tensor:
        """Return `weight` times the recipe's own loss of a batch, 0 of an empty one."""
        if not len(targets):
            return logits.sum() * 0
        return self.weight * self._loss(logits, targets)
