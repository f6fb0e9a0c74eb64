"""SGD and its momenta: one method, with a coefficient more each time."""

from pydantic.dataclasses import dataclass as validated
from torch.optim import SGD, Optimizer

from pilgi.learn.methods.entry import STRICT
from pilgi.learn.methods.optimizers.groups import Coefficient, Decay, Groups, Rate, uncompiled


@validated(frozen=True, config=STRICT)
class SgdOptions:
    """learning_rate: e, the size of a step.

    weight_decay: d, L2 on weights but not on biases and norms.
    """

    learning_rate: Rate = 0.01
    weight_decay: Decay = 0.0


@validated(frozen=True, config=STRICT)
class MomentumOptions:
    """learning_rate: e, the size of a step. momentum: m, in [0, 1).

    weight_decay: d, the pull towards 0.
    """

    learning_rate: Rate = 0.01
    momentum: Coefficient = 0.9
    weight_decay: Decay = 0.0


def sgd(options: SgdOptions, groups: Groups) -> Optimizer:
    """w -= e (g + d w)."""
    return uncompiled(SGD)(groups, lr=options.learning_rate, fused=True)


def momentum(options: MomentumOptions, groups: Groups) -> Optimizer:
    """v = m v + g + d w; w -= e v. With m = 0 it is sgd."""
    return uncompiled(SGD)(groups, lr=options.learning_rate, momentum=options.momentum, fused=True)


def nesterov(options: MomentumOptions, groups: Groups) -> Optimizer:
    """v = m v + g + d w; w -= e (g + d w + m v): the gradient as if already one step on."""
    return uncompiled(SGD)(
        groups,
        lr=options.learning_rate,
        momentum=options.momentum,
        nesterov=options.momentum > 0,
        fused=True,
    )
