"""Lines as training sees them: composed an epoch at a time, batched by width."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import torch
from torch import Tensor

from pilgi.data.lines import Composition, Line, Lines, Writers, batched, by_width, compose
from pilgi.ink import LINE_HEIGHT
from pilgi.learn import rng
from pilgi.learn.recipe import LineOptions, Recipe
from pilgi.learn.train.batches import Course
from pilgi.learn.train.parallel import ALONE, World

SHAPE: Final = (1, LINE_HEIGHT, 128)
"""A line of five digits or so: what costs are counted for."""

DIGITS_ALONE: Final = Composition(
    overlap=(0.0, 0.05),
    nearest=0.6,
    thin=0.35,
    eight=0.15,
    sizes=0.09,
    turn=10.0,
    shear=8.0,
    bent=0.4,
    pens=0.4,
    small=0.3,
)
"""Lines a person can read (a 1 drawn inside a 7 teaches nothing but doubt), many in a thin pen or
from far away, each digit as other hands might have written it."""

TRAINED: Final = replace(DIGITS_ALONE, signs=0.2, lettered=0.07, words=0.1, scribbles=0.03)
"""Those, with separators, letters, words and scribbles among them."""


class LineBatches(Course):
    """The training batches of lines: batch `step` is a function of (recipe, seed, step) alone.

    Every `views` epochs new lines are composed; each epoch batches them anew, like widths together.
    """

    def __init__(
        self,
        writers: Writers,
        recipe: Recipe,
        options: LineOptions,
        device: torch.device,
        world: World = ALONE,
    ) -> None:
        self.writers, self.recipe, self.options = writers, recipe, options
        self.device, self.world = device, world
        self.shape, self.classes = SHAPE, len(writers.classes)
        self.settings = DIGITS_ALONE if writers.others is None else TRAINED
        self.per_epoch = options.count // recipe.batch_size
        self.steps = recipe.steps or self.per_epoch * (recipe.epochs or 0)
        self._lines: tuple[int, list[Line]] = (-1, [])
        self._order: tuple[int, Tensor] = (-1, torch.empty(0))

    def batch(self, step: int) -> tuple[Tensor, Tensor]:
        """Return float lines (n, 1, 32, w) in [0, 1] and labels (n, most), filled up with -1."""
        epoch, position = divmod(step, self.per_epoch)
        lines = self._composed(epoch // self.options.views)
        chosen = self.world.share(self._epoch_order(epoch, lines)[position])
        pictures, labels = batched([lines[at] for at in chosen.tolist()])
        return _on(self.device, pictures, labels)

    def _composed(self, number: int) -> list[Line]:
        if self._lines[0] != number:
            draws = np.random.default_rng(rng.derive(self.recipe.seed, "augment", number))
            count = self.per_epoch * self.recipe.batch_size
            self._lines = (
                number,
                [compose(self.writers, self.settings, draws) for _ in range(count)],
            )
        return self._lines[1]

    def _epoch_order(self, epoch: int, lines: list[Line]) -> Tensor:
        """Return the epoch's batches, (batches, batch size): like widths, in random order."""
        if self._order[0] != epoch:
            generator = rng.generator(self.recipe.seed, "order", epoch)
            widths = torch.tensor([line.ink.shape[1] for line in lines])
            blurred = widths * (0.9 + 0.2 * torch.rand(len(lines), generator=generator))
            batches = blurred.argsort().view(self.per_epoch, self.recipe.batch_size)
            self._order = epoch, batches[torch.randperm(self.per_epoch, generator=generator)]
        return self._order[1]


class ResidentLines:
    """Composed lines that are scored: batches of like width, always the same."""

    def __init__(self, lines: Lines, device: torch.device) -> None:
        self.lines, self.device = lines, device

    def __len__(self) -> int:
        return len(self.lines)

    def batches(self, size: int) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield float lines in [0, 1] and their labels, filled up with -1."""
        for indices in by_width(self.lines, size):
            pictures, labels = batched([self.lines[at] for at in indices.tolist()])
            yield _on(self.device, pictures, labels)


def _on(
    device: torch.device,
    pictures: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]",
    labels: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]",
) -> tuple[Tensor, Tensor]:
    shown = torch.from_numpy(pictures).to(device).unsqueeze(1).float().div_(255)
    return shown, torch.from_numpy(labels).to(device)
