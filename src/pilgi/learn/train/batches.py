"""The data as training sees it: the whole set one tensor, a batch a step."""

from collections.abc import Iterable, Iterator
from itertools import takewhile

import torch
from torch import Tensor
from torch.nn import functional

from pilgi.data import Split
from pilgi.errors import RecipeError
from pilgi.learn import rng
from pilgi.learn.methods import AUGMENTATIONS
from pilgi.learn.methods.augment import NOISE, SOFT, Transform, joined
from pilgi.learn.methods.entry import Choice
from pilgi.learn.recipe import Recipe
from pilgi.learn.train.parallel import ALONE, World


class Resident:
    """A Split on the device: images uint8 (n, channels, height, width), labels int64 (n,)."""

    def __init__(self, split: Split, device: torch.device) -> None:
        images = torch.from_numpy(split.images)
        pictures = images.unsqueeze(1) if images.dim() == 3 else images.permute(0, 3, 1, 2)
        self.images = pictures.contiguous().to(device)
        self.labels = torch.from_numpy(split.labels).to(device)
        self.classes = len(split.classes)

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def shape(self) -> tuple[int, ...]:
        """One picture's (channels, height, width)."""
        return tuple(self.images.shape[1:])

    def batches(self, size: int) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield float pictures in [0, 1] and their labels, in order."""
        for start in range(0, len(self), size):
            pictures = self.images[start : start + size].float().div_(255)
            yield pictures, self.labels[start : start + size]


class Course:
    """How long a training is: `steps` updates, `per_epoch` of them an epoch."""

    per_epoch: int
    steps: int

    def ends_epoch(self, step: int) -> bool:
        """Return whether `step` finished updates are a whole number of epochs, or all of them."""
        return step % self.per_epoch == 0 or step == self.steps

    def epoch(self, step: int) -> int:
        """Return which epoch, counted from 1, `step` finished updates have reached."""
        return -(-step // self.per_epoch)


class Batches(Course):
    """The training batches: batch `step` is a function of (recipe, seed, step) alone.

    Each epoch is a fresh order; what does not fill a batch at its end is left for another epoch.
    Of processes that train together each sees its share of the batch.
    """

    def __init__(self, data: Resident, recipe: Recipe, world: World = ALONE) -> None:
        self.data, self.recipe, self.world = data, recipe, world
        self.per_epoch = len(data) // recipe.batch_size
        if not self.per_epoch:
            raise RecipeError(
                f"batch_size={recipe.batch_size} is more than the {len(data):,} training "
                "pictures; lower it"
            )
        self.steps = recipe.steps or self.per_epoch * (recipe.epochs or 0)
        self.shape, self.classes = data.shape, data.classes
        self._transforms = _built(recipe.augment)
        calm = takewhile(lambda choice: choice.name not in NOISE, recipe.augment)
        self._calm = _built(calm)
        self._soft = any(choice.name in SOFT for choice in recipe.augment)
        self._order: tuple[int, Tensor] = (-1, torch.empty(0))

    def batch(self, step: int) -> tuple[Tensor, Tensor]:
        """Return float pictures (n, channels, height, width) in [0, 1] and their targets.

        Targets are labels (n,), or shares (n, classes) where pictures are mixed.
        """
        return self._drawn(step, self._transforms)

    def calm(self, step: int) -> Tensor:
        """Return the pictures of `step` as they are before the first transform in `NOISE`."""
        return self._drawn(step, self._calm)[0]

    def _drawn(self, step: int, transforms: list[Transform]) -> tuple[Tensor, Tensor]:
        chosen = self.indices(step)
        pictures = self.data.images[chosen].float().div_(255)
        targets = self.data.labels[chosen]
        if self._soft:
            targets = functional.one_hot(targets, self.data.classes).float()
        if transforms:
            generator = rng.generator(self.recipe.seed, "augment", self.world.draw(step))
            for transform in transforms:
                pictures, targets = transform(pictures, targets, generator)
        return pictures, targets

    def indices(self, step: int) -> Tensor:
        """Return which training pictures this process sees at `step`."""
        epoch, position = divmod(step, self.per_epoch)
        start = position * self.recipe.batch_size
        whole = self._epoch_order(epoch)[start : start + self.recipe.batch_size]
        return self.world.share(whole)

    def _epoch_order(self, epoch: int) -> Tensor:
        if self._order[0] != epoch:
            generator = rng.generator(self.recipe.seed, "order", epoch)
            order = torch.randperm(len(self.data), generator=generator)
            self._order = epoch, order.to(self.data.images.device)
        return self._order[1]


def _built(choices: Iterable[Choice]) -> list[Transform]:
    return joined([AUGMENTATIONS[choice.name].build(choice.options) for choice in choices])
