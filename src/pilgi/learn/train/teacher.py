"""Knowledge distillation: learning from another recognizer's answers besides the labels."""

from dataclasses import replace
from functools import cached_property

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from pilgi.data import Split
from pilgi.errors import RecipeError
from pilgi.learn.methods.losses import Loss
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

    Noisy student (Xie et al. 2020, arXiv:1911.04252): the teacher answers pictures as they are
    before what makes them worse. Those that are not augmented are answered once, all of them;
    others anew each time. What is none of the teacher's classes is learnt by its label alone.
    """

    def __init__(self, recipe: Recipe, batches: Batches, loss: Loss) -> None:
        assert recipe.teacher is not None  # the caller asked
        self.mix, self.temperature = recipe.teacher.mix, recipe.teacher.temperature
        self.batches, self.loss = batches, loss
        self.recognizer = Recognizer.load(recipe.teacher.recognizer, recipe.threads)
        self.known = len(self.recognizer.classes)
        self.fixed = not recipe.augment
        self.summed = recipe.loss_summed

    def __call__(self, logits: Tensor, targets: Tensor, step: int) -> Tensor:
        """Return (1 - mix) loss + mix distillation, reduced as the recipe's loss is.

        Where there are classes that the teacher lacks, loss(z, t) + mix (distillation - loss(z_k,
        t)), z_k the logits of those it knows: the label says whether it is one of them, the
        teacher which.
        """
        whole = self.loss(logits, targets)
        taught = self._of_its_classes(targets)
        if not taught.any():
            return whole
        ours, labels = logits[taught, : self.known], self._labels(targets[taught])
        each = distillation(ours, self.answers(step).to(logits.device)[taught], self.temperature)
        learnt = each.sum() if self.summed else each.mean()
        share = 1.0 if self.summed else taught.float().mean()
        return whole + self.mix * share * (learnt - self.loss(ours, labels))

    def answers(self, step: int) -> Tensor:
        """Return the teacher's logits for the pictures of `step`, (n, its classes)."""
        if self.fixed:
            return self._fixed[self.batches.indices(step)]
        bytes_ = self.batches.calm(step).mul(255).round_().clamp_(0, 255).to(torch.uint8)
        return torch.from_numpy(self.recognizer.logits(_ink(bytes_.cpu())))

    def _of_its_classes(self, targets: Tensor) -> Tensor:
        if targets.dim() == 1:
            return targets < self.known
        return targets[:, self.known :].sum(1) == 0

    def _labels(self, targets: Tensor) -> Tensor:
        return targets if targets.dim() == 1 else targets[:, : self.known]

    @cached_property
    def _fixed(self) -> Tensor:
        """The teacher's logits for every training picture, (n, its classes)."""
        images = self.batches.data.images
        return torch.from_numpy(self.recognizer.logits(_ink(images.cpu()))).to(images.device)


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
    """Raise RecipeError where the teacher reads other pictures or knows other classes.

    One class more, last, may be learnt without the teacher.
    """
    if recipe.teacher is None:
        return
    metadata = Recognizer.load(recipe.teacher.recognizer).metadata
    classes = train.classes[:-1] if recipe.others else train.classes
    pairs = {
        "classes": (metadata.classes, classes),
        "pictures": (metadata.input, train.images.shape[1:]),
    }
    for what, (theirs, ours) in pairs.items():
        if tuple(theirs) != tuple(ours):
            raise RecipeError(
                f"recipe {recipe.name}: teacher {recipe.teacher.recognizer} has other {what} "
                f"({theirs}) than {recipe.data} ({ours}); choose a teacher of the same data"
            )
