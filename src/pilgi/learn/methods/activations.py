"""Activations: the nonlinearity after a layer. build(options) -> nn.Module.

Each takes any shape to the same, but maxout, which takes `pieces` channels to one.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch import Tensor, nn

from pilgi.learn.methods.entry import STRICT, Entry, NoOptions

BuildActivation = Callable[[Any], nn.Module]


@validated(frozen=True, config=STRICT)
class LeakyReluOptions:
    """slope: a, below zero. The course uses 0.1."""

    slope: Annotated[float, Field(ge=0, lt=1)] = 0.1


@validated(frozen=True, config=STRICT)
class MaxoutOptions:
    """pieces: k, how many linear units each output is the largest of."""

    pieces: Annotated[int, Field(ge=2, le=16)] = 2


class Step(nn.Module):
    """f(x) = 1 where x > 0, else 0. Its slope is 0, so nothing before it learns."""

    def forward(self, x: Tensor) -> Tensor:
        """Return zeros and ones."""
        return (x > 0).to(x.dtype)


class Maxout(nn.Module):
    """f(x)_i = max of k neighbours: channels (axis 1) k i to k i + k - 1."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.pieces = pieces

    def forward(self, x: Tensor) -> Tensor:
        """Return a k-th of the channels."""
        pieces = x.reshape(len(x), -1, self.pieces, *x.shape[2:])
        return pieces.amax(2)


def step(_: NoOptions) -> nn.Module:
    """Return f(x) = 1 where x > 0, else 0."""
    return Step()


def sigmoid(_: NoOptions) -> nn.Module:
    """Return f(x) = 1 / (1 + exp(-x))."""
    return nn.Sigmoid()


def tanh(_: NoOptions) -> nn.Module:
    """Return f(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x))."""
    return nn.Tanh()


def relu(_: NoOptions) -> nn.Module:
    """Return f(x) = max(0, x)."""
    return nn.ReLU()


def leaky_relu(options: LeakyReluOptions) -> nn.Module:
    """Return f(x) = x for x > 0, else a x. With a = 0 it is relu."""
    return nn.LeakyReLU(options.slope)


def maxout(options: MaxoutOptions) -> nn.Module:
    """Return f(x) = max_j (W_j x + b_j) over k pieces."""
    return Maxout(options.pieces)


def elu(_: NoOptions) -> nn.Module:
    """Return f(x) = x for x > 0, else exp(x) - 1."""
    return nn.ELU()


def selu(_: NoOptions) -> nn.Module:
    """Return f(x) = l x for x > 0, else l a (exp(x) - 1): elu, scaled to keep mean and variance."""
    return nn.SELU()


def gelu(_: NoOptions) -> nn.Module:
    """Return f(x) = x Phi(x)."""
    return nn.GELU()


def silu(_: NoOptions) -> nn.Module:
    """Return f(x) = x / (1 + exp(-x))."""
    return nn.SiLU()


ACTIVATIONS: Final[Mapping[str, Entry[BuildActivation]]] = {
    "step": Entry(
        build=step,
        Options=NoOptions,
        summary={"en": "Fires or does not.", "ko": "켜지거나 꺼지거나, 둘 중 하나입니다."},
        when={
            "en": "To see why it was given up: its slope is 0, so what is before it never learns.",
            "ko": "왜 버려졌는지 볼 때 씁니다. 기울기가 0이라 앞의 층이 배우지 못합니다.",
        },
        formula="f(x) = 1 if x > 0 else 0",
        reference="McCulloch and Pitts 1943; Rosenblatt 1958, Psychological Review 65",
    ),
    "sigmoid": Entry(
        build=sigmoid,
        Options=NoOptions,
        summary={
            "en": "Squeezes any number into 0..1.",
            "ko": "어떤 수든 0과 1 사이로 눌러 담습니다.",
        },
        when={
            "en": "In shallow nets and gates; in deep nets its slope (at most 1/4) vanishes.",
            "ko": "얕은 신경망과 게이트에 씁니다. 깊어지면 기울기(최대 1/4)가 사라집니다.",
        },
        formula="f(x) = 1 / (1 + exp(-x))",
        reference="Rumelhart, Hinton and Williams 1986, Nature 323",
    ),
    "tanh": Entry(
        build=tanh,
        Options=NoOptions,
        summary={
            "en": "Squeezes any number into -1..1, centred on 0.",
            "ko": "어떤 수든 0을 중심으로 -1과 1 사이로 눌러 담습니다.",
        },
        when={
            "en": "Instead of sigmoid in hidden layers: its mean is nearer 0, so it learns faster.",
            "ko": "은닉층에서 시그모이드 대신 씁니다. 평균이 0에 가까워 더 빨리 배웁니다.",
        },
        formula="f(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x))",
        reference="LeCun, Bottou, Orr and Mueller 1998, Efficient BackProp",
    ),
    "relu": Entry(
        build=relu,
        Options=NoOptions,
        summary={
            "en": "Passes what is positive, silences the rest.",
            "ko": "양수는 그대로 보내고 나머지는 0으로 만듭니다.",
        },
        when={
            "en": "The default: cheap, and its slope of 1 lets deep nets learn.",
            "ko": "기본값입니다. 계산이 싸고 기울기가 1이라 깊은 신경망도 배울 수 있습니다.",
        },
        formula="f(x) = max(0, x)",
        reference="Nair and Hinton 2010, ICML; Glorot, Bordes and Bengio 2011, AISTATS",
    ),
    "leaky_relu": Entry(
        build=leaky_relu,
        Options=LeakyReluOptions,
        summary={
            "en": "ReLU that lets a little of the negative through.",
            "ko": "음수도 조금은 흘려보내는 ReLU입니다.",
        },
        when={
            "en": "When units die: with ReLU a unit that is always negative never learns again.",
            "ko": "유닛이 죽을 때 씁니다. ReLU에서는 늘 음수인 유닛이 다시 배우지 못합니다.",
        },
        formula="f(x) = x if x > 0 else a x",
        reference="Maas, Hannun and Ng 2013, ICML",
    ),
    "maxout": Entry(
        build=maxout,
        Options=MaxoutOptions,
        summary={
            "en": "The largest of a few linear units: it learns its own shape.",
            "ko": "선형 유닛 몇 개 중 가장 큰 값입니다. 활성화 모양까지 스스로 배웁니다.",
        },
        when={
            "en": "With dropout, where its weights, k times as many, can be afforded.",
            "ko": "드롭아웃과 함께, 가중치가 k배로 늘어도 괜찮을 때 씁니다.",
        },
        formula="f(x) = max_j (W_j x + b_j), j = 1..k",
        reference="Goodfellow, Warde-Farley, Mirza, Courville and Bengio 2013, ICML",
    ),
    "elu": Entry(
        build=elu,
        Options=NoOptions,
        summary={
            "en": "ReLU whose negative side bends smoothly to -1.",
            "ko": "음수 쪽이 -1까지 부드럽게 휘는 ReLU입니다.",
        },
        when={
            "en": "Without batch norm, where a mean nearer 0 helps.",
            "ko": "배치 정규화가 없어 평균을 0에 가깝게 두고 싶을 때 씁니다.",
        },
        formula="f(x) = x if x > 0 else exp(x) - 1",
        reference="Clevert, Unterthiner and Hochreiter 2016, ICLR",
    ),
    "selu": Entry(
        build=selu,
        Options=NoOptions,
        summary={
            "en": "ELU scaled so that mean 0 and variance 1 carry through the layers.",
            "ko": "층을 지나도 평균 0과 분산 1이 이어지도록 배율을 정한 ELU입니다.",
        },
        when={
            "en": "In deep nets of dense layers alone, with weights of variance 1 / n_in.",
            "ko": "완전연결층만 깊게 쌓고 초기 가중치의 분산이 1 / n_in일 때 씁니다.",
        },
        formula="f(x) = l x if x > 0 else l a (exp(x) - 1), l = 1.0507, a = 1.6733",
        reference="Klambauer, Unterthiner, Mayr and Hochreiter 2017, NeurIPS",
    ),
    "gelu": Entry(
        build=gelu,
        Options=NoOptions,
        summary={
            "en": "A smooth ReLU: weighs x by the normal distribution's share below it.",
            "ko": "부드러운 ReLU입니다. x에 표준정규분포의 누적확률을 곱합니다.",
        },
        when={
            "en": "In deeper nets that train long; costs more than ReLU.",
            "ko": "오래 학습하는 깊은 신경망에 씁니다. ReLU보다 계산이 비쌉니다.",
        },
        formula="f(x) = x Phi(x)",
        reference="Hendrycks and Gimpel 2016, arXiv:1606.08415",
    ),
    "silu": Entry(
        build=silu,
        Options=NoOptions,
        summary={
            "en": "A smooth ReLU that dips below 0: weighs x by its own sigmoid.",
            "ko": "0 아래로 살짝 내려가는 부드러운 ReLU입니다. x에 자기 시그모이드를 곱합니다.",
        },
        when={
            "en": "Where a slope without a kink is wanted; costs more than ReLU.",
            "ko": "꺾이지 않는 기울기가 필요할 때 씁니다. ReLU보다 계산이 비쌉니다.",
        },
        formula="f(x) = x / (1 + exp(-x))",
        reference="Elfwing, Uchibe and Doya 2018, Neural Networks 107, arXiv:1702.03118",
    ),
}
