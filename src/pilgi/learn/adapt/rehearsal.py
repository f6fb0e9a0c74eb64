"""Rehearsal: pictures learnt before are learnt again beside new ones, so that they are not lost.

Robins 1995, Catastrophic forgetting, rehearsal and pseudorehearsal, Connection Science 7.
Beside them may stand digits in the shapes that countries teach, drawn by rule (`digit_shapes`):
what is known of writing elsewhere without a picture of it. A net of MNIST takes the crossed 7s of
a target for 4s and its 1s with an upstroke for 7s, and no target without labels says otherwise.
"""

from typing import Final

import torch
from torch import Generator, Tensor

from pilgi.data.drawn import digit_shapes
from pilgi.data.formats.arrays import DIGITS
from pilgi.learn.adapt.entry import Setting
from pilgi.learn.adapt.learning import batch
from pilgi.learn.adapt.views import of_recipe, seen
from pilgi.learn.methods import LOSSES
from pilgi.learn.train.batches import Resident

DRAWN: Final = 2000
"""Drawings, 200 of each digit: a second's work."""

SHARE: Final = 0.25
"""Of a batch, drawn by rule."""


class Rehearsal:
    """Batches of the source, augmented as the recipe does; empty ones where it is not at hand.

    shapes: pictures of which `SHARE` of a batch is, see `shapes_for`.
    """

    def __init__(
        self, setting: Setting, size: int, weight: float, shapes: Resident | None = None
    ) -> None:
        recipe = setting.origin.recipe
        self.source, self.size, self.weight = setting.source, size, weight
        self.shapes = shapes
        self.shape = tuple(setting.pictures.shape[1:])
        self.transforms = of_recipe(recipe)
        self._loss = LOSSES[recipe.loss.name].build(recipe.loss.options)

    def batch(self, generator: Generator) -> tuple[Tensor, Tensor]:
        """Return pictures (n, channels, h, w) and labels (n,); n is 0 without a source."""
        if self.source is None:
            return torch.empty(0, *self.shape), torch.empty(0, dtype=torch.int64)
        drawn = round(SHARE * self.size) if self.shapes else 0
        taken = [_some(self.source, self.size - drawn, generator)]
        if self.shapes:
            taken.append(_some(self.shapes, drawn, generator))
        pictures, labels = (torch.cat(each) for each in zip(*taken, strict=True))
        return seen(pictures.float() / 255, self.transforms, generator), labels

    def loss(self, logits: Tensor, targets: Tensor) -> Tensor:
        """Return `weight` times the recipe's own loss of a batch, 0 of an empty one."""
        if not len(targets):
            return logits.sum() * 0
        return self.weight * self._loss(logits, targets)


def shapes_for(setting: Setting) -> Resident | None:
    """Return drawn digits in many countries' shapes, None where they are no help.

    That is where the source is not at hand, where it holds them already (`hands`), and where the
    recognizer does not read the ten digits as MNIST has them.
    """
    origin = setting.origin
    ours = origin.recognizer.classes == DIGITS and origin.recognizer.metadata.input == (28, 28)
    if setting.source is None or not ours or "hands" in origin.recipe.extra:
        return None
    return Resident(digit_shapes.first(DRAWN), setting.source.images.device)


def _some(pictures: Resident, count: int, generator: Generator) -> tuple[Tensor, Tensor]:
    chosen = batch(len(pictures), count, generator)
    return pictures.images[chosen], pictures.labels[chosen]
