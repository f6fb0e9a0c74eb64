"""Learning on: a few hundred updates from the weights that are there, and their running average."""

import math
from collections.abc import Callable, Iterable
from typing import Final

import torch
from torch import Generator, Tensor, nn

from pilgi.errors import DivergedError, RecipeError
from pilgi.learn import rng
from pilgi.learn.adapt.entry import Setting, Weights
from pilgi.learn.methods.optimizers.groups import uncompiled
from pilgi.learn.models import Network
from pilgi.learn.train.state import WeightAverage

MOMENTUM: Final = 0.9
AVERAGE_DECAY: Final = 0.99
WARMUP: Final = 0.1

Loss = Callable[[float, Generator], Tensor]
"""loss(progress in [0, 1), generator) -> a scalar, of one batch drawn by the generator."""


def learn_on(  # noqa: PLR0913  (what learns what, for how long and how fast)
    setting: Setting,
    network: Network,
    loss: Loss,
    learnt: Iterable[nn.Parameter],
    *,
    steps: int,
    rate: float,
    teacher: Network | None = None,
) -> Weights:
    """Return the running average of `network`'s weights over `steps` updates of Nesterov momentum.

    learnt: the parameters that are updated. rate: the highest learning rate, reached after a tenth
    of the steps, then falling to 0. teacher: given this average after each update: mean teacher,
    Tarvainen and Valpola 2017, arXiv:1703.01780.
    Raises DivergedError where the loss is no longer a number.
    """
    optimizer = uncompiled(torch.optim.SGD)(list(learnt), lr=rate, momentum=MOMENTUM, nesterov=True)
    average = WeightAverage(network, AVERAGE_DECAY)
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = rate * _schedule(step, steps)
        value = loss(step / steps, rng.generator(setting.seed, "augment", step))
        optimizer.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        average.update(step)
        if teacher is not None:
            teacher.load_state_dict(average.weights)
        setting.watch(step + 1, steps, _finite(value.item(), step, rate))
    return average.weights


def features_and_head(network: Network) -> tuple[nn.Sequential, nn.Linear]:
    """Return the layers below the last, and the last, which turns features into logits.

    Raises RecipeError where the last layer is not linear.
    """
    head = network.layers[-1]
    if not isinstance(head, nn.Linear):
        raise RecipeError("this model ends in no linear layer, so its head cannot be told apart")
    return nn.Sequential(*list(network.layers)[:-1]), head


def batch(count: int, size: int, generator: Generator) -> Tensor:
    """Return the indices of `size` of `count` pictures, int64, drawn with replacement."""
    return torch.randint(count, (size,), generator=generator)


def _schedule(step: int, steps: int) -> float:
    """Return the learning rate's share of the highest at `step`: up a line, then down another."""
    progress = (step + 1) / (steps + 1)
    return min(progress / WARMUP, 1.0) * (1 - progress)


def _finite(loss: float, step: int, rate: float) -> float:
    if not math.isfinite(loss):
        raise DivergedError(
            f"the loss became {loss} at step {step + 1} of the adaptation (learning rate "
            f"{rate:g}); try another --method"
        )
    return loss
