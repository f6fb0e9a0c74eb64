"""Optimizers that divide each weight's step by the size of its own gradients."""

from pydantic.dataclasses import dataclass as validated
from torch.optim import Adagrad, Adam, AdamW, Optimizer, RMSprop

from pilgi.learn.methods.entry import STRICT
from pilgi.learn.methods.optimizers.groups import Coefficient, Decay, Groups, Rate, uncompiled


@validated(frozen=True, config=STRICT)
class AdagradOptions:
    """learning_rate: e, the size of a step. epsilon: keeps the division finite.

    weight_decay: d, the pull towards 0, coupled.
    """

    learning_rate: Rate = 0.01
    epsilon: Rate = 1e-10
    weight_decay: Decay = 0.0


@validated(frozen=True, config=STRICT)
class RmspropOptions:
    """learning_rate: e, the size of a step. decay: r, how slowly the squares are forgotten.

    epsilon: keeps the division finite. weight_decay: d, the pull towards 0, coupled.
    """

    learning_rate: Rate = 0.001
    decay: Coefficient = 0.9
    epsilon: Rate = 1e-8
    weight_decay: Decay = 0.0


@validated(frozen=True, config=STRICT)
class AdamOptions:
    """learning_rate: e, the size of a step. beta1, beta2: how slowly the averages forget.

    epsilon: keeps the division finite. weight_decay: d, the pull towards 0.
    """

    learning_rate: Rate = 0.001
    beta1: Coefficient = 0.9
    beta2: Coefficient = 0.999
    epsilon: Rate = 1e-8
    weight_decay: Decay = 0.0


def adagrad(options: AdagradOptions, groups: Groups) -> Optimizer:
    """h += g^2; w -= e g / (sqrt(h) + eps)."""
    return uncompiled(Adagrad)(groups, lr=options.learning_rate, eps=options.epsilon, fused=True)


def rmsprop(options: RmspropOptions, groups: Groups) -> Optimizer:
    """h = r h + (1-r) g^2; w -= e g / (sqrt(h) + eps). adagrad that forgets."""
    return uncompiled(RMSprop)(
        groups, lr=options.learning_rate, alpha=options.decay, eps=options.epsilon, foreach=True
    )


def adam(options: AdamOptions, groups: Groups) -> Optimizer:
    """m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2; w -= e m' / (sqrt(v') + eps).

    m' = m / (1-b1^t) and v' = v / (1-b2^t) undo the averages' start at zero.
    """
    return uncompiled(Adam)(
        groups,
        lr=options.learning_rate,
        betas=(options.beta1, options.beta2),
        eps=options.epsilon,
        fused=True,
    )


def adamw(options: AdamOptions, groups: Groups) -> Optimizer:
    """w -= e d w, then as adam without d: the decay is decoupled from the gradient's size."""
    return uncompiled(AdamW)(
        groups,
        lr=options.learning_rate,
        betas=(options.beta1, options.beta2),
        eps=options.epsilon,
        fused=True,
    )
