"""Activations: the nonlinearity after a layer. build(options) -> nn.Module, any shape to same."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from torch import nn

from pilgi.learn.methods.entry import Entry, NoOptions

BuildActivation = Callable[[Any], nn.Module]


def _relu(_: NoOptions) -> nn.Module:
    return nn.ReLU()


def _sigmoid(_: NoOptions) -> nn.Module:
    return nn.Sigmoid()


def _tanh(_: NoOptions) -> nn.Module:
    return nn.Tanh()


def _gelu(_: NoOptions) -> nn.Module:
    return nn.GELU()


ACTIVATIONS: Final[Mapping[str, Entry[BuildActivation]]] = {
    "sigmoid": Entry(
        build=_sigmoid,
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
        build=_tanh,
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
        build=_relu,
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
    "gelu": Entry(
        build=_gelu,
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
}
