"""Optimizers. build(options, groups) -> torch.optim.Optimizer.

groups: parameter groups as torch takes them, each with its own `weight_decay`.
In the equations g is the gradient of the loss, e the learning rate, all operations elementwise.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Final

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch.optim import Optimizer

from pilgi.learn.methods.entry import STRICT, Entry

Groups = Sequence[dict[str, Any]]
BuildOptimizer = Callable[[Any, Groups], Optimizer]

Rate = Annotated[float, Field(gt=0)]
Decay = Annotated[float, Field(ge=0)]
Coefficient = Annotated[float, Field(ge=0, lt=1)]


@validated(frozen=True, config=STRICT)
class SgdOptions:
    """learning_rate: e. weight_decay: d, L2 on weights but not on biases and norms."""

    learning_rate: Rate = 0.01
    weight_decay: Decay = 0.0


@validated(frozen=True, config=STRICT)
class MomentumOptions:
    """learning_rate: e. momentum: m, in [0, 1). weight_decay: d."""

    learning_rate: Rate = 0.01
    momentum: Coefficient = 0.9
    weight_decay: Decay = 0.0


@validated(frozen=True, config=STRICT)
class AdamOptions:
    """learning_rate: e. beta1, beta2: how slowly the averages forget. weight_decay: d.

    epsilon: keeps the division finite.
    """

    learning_rate: Rate = 0.001
    beta1: Coefficient = 0.9
    beta2: Coefficient = 0.999
    epsilon: Rate = 1e-8
    weight_decay: Decay = 0.0


def sgd(options: SgdOptions, groups: Groups) -> Optimizer:
    """w -= e (g + d w)."""
    return torch.optim.SGD(groups, lr=options.learning_rate, fused=True)


def momentum(options: MomentumOptions, groups: Groups) -> Optimizer:
    """v = m v + g + d w; w -= e v. With m = 0 it is sgd."""
    return torch.optim.SGD(groups, lr=options.learning_rate, momentum=options.momentum, fused=True)


def nesterov(options: MomentumOptions, groups: Groups) -> Optimizer:
    """v = m v + g + d w; w -= e (g + d w + m v): the gradient as if already one step on."""
    return torch.optim.SGD(
        groups,
        lr=options.learning_rate,
        momentum=options.momentum,
        nesterov=options.momentum > 0,
        fused=True,
    )


def adam(options: AdamOptions, groups: Groups) -> Optimizer:
    """m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2; w -= e m' / (sqrt(v') + eps).

    m' = m / (1-b1^t) and v' = v / (1-b2^t) undo the averages' start at zero.
    """
    return torch.optim.Adam(
        groups,
        lr=options.learning_rate,
        betas=(options.beta1, options.beta2),
        eps=options.epsilon,
        fused=True,
    )


OPTIMIZERS: Final[Mapping[str, Entry[BuildOptimizer]]] = {
    "sgd": Entry(
        build=sgd,
        Options=SgdOptions,
        summary={
            "en": "One step down the slope of this batch.",
            "ko": "이 배치의 기울기를 따라 한 걸음 내려갑니다.",
        },
        when={
            "en": "To see learning at its plainest; with a good rate it is hard to break.",
            "ko": "학습의 가장 단순한 모습을 볼 때 씁니다. 학습률만 맞으면 튼튼합니다.",
        },
        formula="w -= e (g + d w)",
        reference="Robbins and Monro 1951, Annals of Mathematical Statistics 22",
    ),
    "momentum": Entry(
        build=momentum,
        Options=MomentumOptions,
        summary={
            "en": "SGD with a heavy ball: steps add up along slopes that last.",
            "ko": "무거운 공처럼 굴러, 이어지는 내리막에서 걸음이 쌓이는 SGD입니다.",
        },
        when={
            "en": "Nearly always better than plain SGD: it crosses narrow valleys.",
            "ko": "좁은 골짜기를 빨리 지나므로 거의 언제나 SGD보다 낫습니다.",
        },
        formula="v = m v + g + d w; w -= e v",
        reference="Polyak 1964, USSR Computational Mathematics 4(5)",
    ),
    "nesterov": Entry(
        build=nesterov,
        Options=MomentumOptions,
        summary={
            "en": "Momentum that looks one step ahead.",
            "ko": "한 걸음 앞을 내다보는 모멘텀입니다.",
        },
        when={
            "en": "With convolutional nets and a one-cycle schedule.",
            "ko": "합성곱 신경망을 one-cycle 일정으로 학습할 때 씁니다.",
        },
        formula="v = m v + g + d w; w -= e (g + d w + m v)",
        reference="Nesterov 1983; Sutskever, Martens, Dahl and Hinton 2013, ICML",
    ),
    "adam": Entry(
        build=adam,
        Options=AdamOptions,
        summary={
            "en": "Momentum, each weight's step divided by the size of its own gradients.",
            "ko": "모멘텀에 더해, 가중치마다 제 기울기 크기로 걸음을 나눕니다.",
        },
        when={
            "en": "When there is no time to search for a learning rate.",
            "ko": "학습률을 찾을 시간이 없을 때 씁니다.",
        },
        formula="m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2; w -= e m' / (sqrt(v') + eps), "
        "m' = m / (1-b1^t), v' = v / (1-b2^t)",
        reference="Kingma and Ba 2015, ICLR, arXiv:1412.6980",
    ),
}
