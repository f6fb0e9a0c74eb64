"""Layers beyond the linear ones. build(options, channels, flat) -> nn.Module.

channels: how many features the layer normalises or drops; flat: vectors (n, channels) rather
than pictures (n, channels, height, width).
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch import nn

from pilgi.learn.methods.entry import STRICT, Entry

BuildLayer = Callable[[Any, int, bool], nn.Module]


@validated(frozen=True, config=STRICT)
class DropoutOptions:
    """rate: the share of values set to 0 in training, in [0, 1)."""

    rate: Annotated[float, Field(ge=0, lt=1)] = 0.5


@validated(frozen=True, config=STRICT)
class BatchNormOptions:
    """momentum: the share a new batch has in the running statistics; epsilon: added to variance."""

    momentum: Annotated[float, Field(gt=0, le=1)] = 0.1
    epsilon: Annotated[float, Field(gt=0)] = 1e-5


def dropout(options: DropoutOptions, channels: int, flat: bool) -> nn.Module:
    """Return y = x m / (1 - rate) in training, m ~ Bernoulli(1 - rate); y = x afterwards."""
    del channels, flat
    return nn.Dropout(options.rate)


def batch_norm(options: BatchNormOptions, channels: int, flat: bool) -> nn.Module:
    """Return y = g (x - mean) / sqrt(var + epsilon) + b over the batch, then the running ones."""
    kind = nn.BatchNorm1d if flat else nn.BatchNorm2d
    return kind(channels, eps=options.epsilon, momentum=options.momentum)


LAYERS: Final[Mapping[str, Entry[BuildLayer]]] = {
    "batch_norm": Entry(
        build=batch_norm,
        Options=BatchNormOptions,
        summary={
            "en": "Gives every feature mean 0 and variance 1 in the batch, then scales and shifts.",
            "ko": "배치 안에서 특징마다 평균 0, 분산 1로 맞춘 뒤 배율과 이동을 배웁니다.",
        },
        when={
            "en": "In deep nets: larger learning rates, less care about initial weights.",
            "ko": "깊은 신경망에서 학습률을 키우고 초깃값 걱정을 덜어 줍니다.",
        },
        formula="y = g (x - mean) / sqrt(var + eps) + b",
        reference="Ioffe and Szegedy 2015, ICML",
    ),
    "dropout": Entry(
        build=dropout,
        Options=DropoutOptions,
        summary={
            "en": "Silences a random share of the units at each step.",
            "ko": "매 단계마다 유닛 일부를 무작위로 쉬게 합니다.",
        },
        when={
            "en": "When a wide net fits the training pictures much better than others.",
            "ko": "넓은 신경망이 학습 그림만 지나치게 잘 맞힐 때 씁니다.",
        },
        formula="y = x m / (1 - rate), m ~ Bernoulli(1 - rate)",
        reference="Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov 2014, JMLR 15",
    ),
}
