"""Knowledge distillation: learning from another recognizer's answers besides the labels."""

from dataclasses import replace
from functools import cached_property

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from pilgi.data import Split
from pilgi.errors import RecipeError
from pilgi.learn.recipe import Recipe
from pilgi.learn.train.batches import Batches
from pilgi.recognizer import Recognizer


def distillation(logits: Tensor, teacher: Tensor, temperature: float) -> Tensor:
    """Return T^2 KL(softmax(t / T) || softmax(z / T)) of each picture, (n,), in nats.

    logits z, teacher t: (n, classes). T^2 keeps the gradient's size where T changes.
    Hinton, Vinyals and Dean 2015, arXiv 1503.02531.
    """
    ours = functional.log_softmax(logits / temperature, 1)
    theirs = functional.softmax(teacher / temperature, 1)
    divergence = functional.kl_div(ours, theirs, reduction="none").sum(1)
    return temperature**2 * divergence


class Lesson:
    """A teacher beside the batches: what a step learns from it.

    Pictures that are not augmented are answered once, all of them; others anew each time.
    """

    def __init__(self, recipe: Recipe, batches: Batches) -> None:
        assert recipe.teacher is not None  # the caller asked
        self.options, self.batches = recipe.teacher, batches
        self.recognizer = Recognizer.load(recipe.teacher.recognizer, recipe.threads)
        self.fixed = not recipe.augment
        self.summed = recipe.loss_summed

    def __call__(self, loss: Tensor, logits: Tensor, pictures: Tensor, step: int) -> Tensor:
        """Return (1 - mix) loss + mix distillation, reduced as `loss` is."""
        teacher = self._fixed[self.batches.indices(step)] if self.fixed else self._ask(pictures)
        each = distillation(logits, teacher.to(logits.device), self.options.temperature)
        learnt = each.sum() if self.summed else each.mean()
        return (1 - self.options.mix) * loss + self.options.mix * learnt

    @cached_property
    def _fixed(self) -> Tensor:
        """The teacher's logits for every training picture, (n, classes)."""
        images = self.batches.data.images
        return torch.from_numpy(self.recognizer.logits(_ink(images.cpu()))).to(images.device)

    def _ask(self, pictures: Tensor) -> Tensor:
        bytes_ = pictures.mul(255).round_().clamp_(0, 255).to(torch.uint8)
        return torch.from_numpy(self.recognizer.logits(_ink(bytes_.cpu())))


def _ink(images: Tensor) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    """Return uint8 (n, channels, height, width) as recognizers read it."""
    shown = images.squeeze(1) if images.shape[1] == 1 else images.permute(0, 2, 3, 1)
    return np.ascontiguousarray(shown.numpy())


def with_known_teacher(recipe: Recipe) -> Recipe:
    """Return the recipe with its teacher's hash written down.

    Raises RecognizerError where there is no such recognizer, RecipeError where it is another than
    the one the recipe was first run with.
    """
    if recipe.teacher is None:
        return recipe
    found = Recognizer.load(recipe.teacher.recognizer).metadata.sha256
    if recipe.teacher.sha256 not in ("", found):
        raise RecipeError(
            f"recipe {recipe.name}: teacher {recipe.teacher.recognizer} is another recognizer than "
            "the one this run began with; put that one back, or start a new run"
        )
    return replace(recipe, teacher=replace(recipe.teacher, sha256=found))


def check_teacher(recipe: Recipe, train: Split) -> None:
    """Raise RecipeError where the teacher reads other pictures or knows other classes."""
    if recipe.teacher is None:
        return
    metadata = Recognizer.load(recipe.teacher.recognizer).metadata
    pairs = {
        "classes": (metadata.classes, train.classes),
        "pictures": (metadata.input, train.images.shape[1:]),
    }
    for what, (theirs, ours) in pairs.items():
        if tuple(theirs) != tuple(ours):
            raise RecipeError(
                f"recipe {recipe.name}: teacher {recipe.teacher.recognizer} has other {what} "
                f"({theirs}) than {recipe.data} ({ours}); choose a teacher of the same data"
            )
