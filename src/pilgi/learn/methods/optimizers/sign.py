"""Lion: the sign of an average of gradients. torch has none, so it is written out."""

from typing import Any

import torch
from pydantic.dataclasses import dataclass as validated
from torch.optim import Optimizer

from pilgi.learn.methods.entry import STRICT
from pilgi.learn.methods.optimizers.groups import Coefficient, Decay, Groups, Rate, uncompiled


@validated(frozen=True, config=STRICT)
class LionOptions:
    """learning_rate: e, about a tenth of Adam's. beta1, beta2: of the two averages.

    weight_decay: d, decoupled: w shrinks by e d a step.
    """

    learning_rate: Rate = 1e-4
    beta1: Coefficient = 0.9
    beta2: Coefficient = 0.99
    weight_decay: Decay = 0.0


def lion(options: LionOptions, groups: Groups) -> Optimizer:
    """w -= e (sign(b1 m + (1-b1) g) + d w); m = b2 m + (1-b2) g."""
    return Lion(groups, options)


@uncompiled
class Lion(Optimizer):
    """See `lion`. Every weight moves by the same e, whatever the size of its gradient."""

    def __init__(self, groups: Groups, options: LionOptions) -> None:
        super().__init__(groups, {"lr": options.learning_rate, "weight_decay": 0.0})
        self.beta1, self.beta2 = options.beta1, options.beta2

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """Take one step; there is no closure."""
        del closure
        for group in self.param_groups:
            for weight in group["params"]:
                self._move(weight, group["lr"], group["weight_decay"])

    def _move(self, weight: torch.Tensor, rate: float, decay: float) -> None:
        gradient = weight.grad
        if gradient is None:
            return
        state = self.state[weight]
        if not state:
            state["average"] = torch.zeros_like(weight)
        average = state["average"]
        weight.mul_(1 - rate * decay)
        weight.sub_(average.lerp(gradient, 1 - self.beta1).sign_(), alpha=rate)
        average.lerp_(gradient, 1 - self.beta2)
