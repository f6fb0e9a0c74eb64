"""DANN: features by which nobody can tell the target from the source.

L = CE(y(f(x_s)), y_s) + CE(d(R(f(x))), domain): d a small classifier of the domain, f the layers
below the last, R the gradient reversal layer, R(f) = f, dR/df = -lambda, lambda = 2 / (1 +
exp(-10 t)) - 1 with t from 0 to 1. Ganin et al. 2016, Domain-adversarial training of neural
networks, JMLR 17, arXiv:1505.07818. It needs pictures that the recognizer learnt from, and may
match a class with another: features alike are no proof of answers alike.
"""

import math
from typing import Any, Final

import torch
from torch import Generator, Tensor, nn
from torch.nn import functional

from pilgi.errors import RecipeError
from pilgi.learn.adapt.entry import Setting, Weights, unit
from pilgi.learn.adapt.learning import batch, features_and_head, learn_on
from pilgi.learn.adapt.rehearsal import Rehearsal
from pilgi.learn.adapt.views import WEAK, seen

STEPS: Final = 400
BATCH: Final = 64
OLD: Final = 2.0
"""Of the old data's loss beside the judge's."""

RATE: Final = 0.01
UNITS: Final = 100
STRENGTH: Final = 0.1
"""Of the domain's loss; at 1 a net this small unlearns its digits."""


def confuse_domains(setting: Setting) -> Weights:
    """Return the weights after DANN. Raises RecipeError where the source is not at hand."""
    if setting.source is None:
        raise RecipeError(
            "dann needs the data that the recognizer learnt from, which is not on this machine; "
            "get it with `pilgi data get`, or use shot"
        )
    network = setting.origin.network().train()
    features, head = features_and_head(network)
    judge = _judge(head.in_features, setting.seed)
    rehearsal = Rehearsal(setting, BATCH, OLD)

    def loss(progress: float, generator: Generator) -> Tensor:
        old, labels = rehearsal.batch(generator)
        chosen = batch(len(setting.pictures), BATCH, generator)
        new = seen(unit(setting.pictures[chosen]), WEAK, generator)
        together = torch.cat([old, new]).contiguous(memory_format=torch.channels_last)
        found = features(network.scaled(together))
        domains = torch.cat([torch.zeros(len(old)), torch.ones(len(new))])
        guessed = judge(Reversal.apply(found, reversal(progress)))[:, 0]  # type: ignore[no-untyped-call]
        told_apart = functional.binary_cross_entropy_with_logits(guessed, domains)
        return rehearsal.loss(head(found[: len(old)]), labels) + STRENGTH * told_apart

    learnt = [*network.parameters(), *judge.parameters()]
    return learn_on(setting, network, loss, learnt, steps=STEPS, rate=RATE)


class Reversal(torch.autograd.Function):
    """R(f) = f forwards, -strength times the gradient backwards."""

    @staticmethod
    def forward(context: Any, features: Tensor, strength: float) -> Tensor:
        """Return the features as they are."""
        context.strength = strength
        return features.view_as(features)

    @staticmethod
    def backward(context: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        """Return the gradient turned round."""
        return -context.strength * gradients[0], None


def reversal(progress: float) -> float:
    """Return lambda, from 0 towards 1 as the training goes on."""
    return 2 / (1 + math.exp(-10 * progress)) - 1


def _judge(inputs: int, seed: int) -> nn.Sequential:
    layers = nn.Linear(inputs, UNITS), nn.Linear(UNITS, 1)
    generator = torch.Generator().manual_seed(seed)
    for layer in layers:
        nn.init.kaiming_normal_(layer.weight, generator=generator)
        nn.init.zeros_(layer.bias)
    return nn.Sequential(layers[0], nn.ReLU(), layers[1])
