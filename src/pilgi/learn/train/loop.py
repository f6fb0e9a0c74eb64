"""The training loop, on one screen.

batch -> augment -> network -> loss -> gradient -> optimizer -> average -> next batch
"""

import math
import time
from collections.abc import Callable

import torch
from torch import Tensor, nn

from pilgi.errors import DivergedError
from pilgi.learn import rng
from pilgi.learn.methods import LOSSES, PENALTIES, SCHEDULES
from pilgi.learn.recipe import Recipe
from pilgi.learn.train.backend import settled_objects
from pilgi.learn.train.batches import Batches
from pilgi.learn.train.events import Events
from pilgi.learn.train.interruption import INTERRUPTED
from pilgi.learn.train.line_batches import LineBatches
from pilgi.learn.train.parallel import World
from pilgi.learn.train.scoring import right
from pilgi.learn.train.state import Progress, State
from pilgi.learn.train.teacher import Lesson


def fit(
    state: State,
    batches: Batches | LineBatches,
    recipe: Recipe,
    events: Events,
    end_epoch: Callable[[], None],
) -> None:
    """Train `state` from its step to the last one, or until `progress.stopped` says why not.

    Raises DivergedError at the step whose loss is not finite, before its update is made.
    """
    update = Update(state, recipe, batches)
    progress = state.progress
    state.network.train()
    with settled_objects():
        while progress.step < batches.steps and not _stopped(progress, batches.world):
            started = time.perf_counter()
            pictures, targets = batches.batch(progress.step)
            loss, correct = update(pictures, targets)
            progress.step += 1
            progress.batches += 1
            progress.loss += loss
            progress.correct += correct
            progress.seconds += time.perf_counter() - started
            events.stepped(progress.step, loss)
            if batches.ends_epoch(progress.step):
                end_epoch()
                state.network.train()


def _stopped(progress: Progress, world: World) -> bool:
    """Return whether to stop, here or in any of the processes that train together."""
    # One answer for all: a signal that comes after the question waits for the next step.
    stop = world.any(bool(progress.stopped))
    if stop:
        progress.stopped = progress.stopped or INTERRUPTED
    return stop


class Update:
    """One step of learning."""

    def __init__(self, state: State, recipe: Recipe, batches: Batches | LineBatches) -> None:
        self.state, self.recipe, self.steps = state, recipe, batches.steps
        self.world, self.network = batches.world, batches.world.wrap(state.network)
        # Gradients are averaged over the processes; those of a summed loss are to be added.
        self.weight = self.world.size if recipe.loss_summed else 1
        self.loss = LOSSES[recipe.loss.name].build(recipe.loss.options)
        self.schedule = SCHEDULES[recipe.schedule.name].build(recipe.schedule.options)
        self.penalties = [PENALTIES[each.name].build(each.options) for each in recipe.penalty]
        taught = recipe.teacher is not None and recipe.teacher.mix > 0
        self.lesson = (
            Lesson(recipe, batches, self.loss) if taught and isinstance(batches, Batches) else None
        )
        self.device = torch.device(recipe.device).type
        # Seeding is 3 % of a small net's step, so it is left out where no layer draws.
        self.draws = any(isinstance(layer, nn.Dropout) for layer in state.network.modules())

    def __call__(self, pictures: Tensor, targets: Tensor) -> tuple[float, int]:
        """Learn from one batch; return its loss and how many it got right beforehand."""
        step, optimizer = self.state.progress.step, self.state.optimizer
        if self.draws:
            rng.seed_layers(self.recipe.seed, self.world.draw(step), self.device)
        with torch.autocast(self.device, torch.bfloat16, self.recipe.precision == "bf16"):
            logits = self.network(pictures.contiguous(memory_format=torch.channels_last))
        logits = logits.float()
        lesson = self.lesson
        loss = lesson(logits, targets, step) if lesson else self.loss(logits, targets)
        loss = self.weight * loss
        for penalty in self.penalties:
            loss = loss + penalty.loss(self.state.network) if penalty.loss else loss
        value, correct = self._measured(loss, logits, targets)
        self._check(value, step)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        for group in optimizer.param_groups:
            group["lr"] = self.recipe.optimizer.options.learning_rate * self.schedule(
                step, self.steps
            )
        optimizer.step()
        for penalty in self.penalties:
            if penalty.mend:
                penalty.mend(self.state.network)
        if self.state.average:
            self.state.average.update(step)
        return value, correct

    def _measured(self, loss: Tensor, logits: Tensor, targets: Tensor) -> tuple[float, int]:
        """Return the whole batch's loss and how many it got right, over all processes."""
        hits = int(right(logits, targets).sum())
        total, correct = self.world.total(loss.item(), hits)
        return total / self.world.size, int(correct)

    def _check(self, loss: float, step: int) -> None:
        if math.isfinite(loss) or self.recipe.on_nan == "continue":
            return
        raise DivergedError(
            f"the loss became {loss} at step {step + 1}: usually the learning rate "
            f"({self.recipe.optimizer.options.learning_rate}) is too high for this model; "
            "try a tenth of it (the last good checkpoint is kept)"
        )
