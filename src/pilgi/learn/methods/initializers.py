"""Initial weights. build(options) -> fill(weight, generator), in place.

n_in and n_out are the numbers of inputs and outputs of one unit; for a convolution, of one
position: channels times kernel area.
"""

import math
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch import Generator, Tensor
from torch.nn import init

from pilgi.learn.methods.entry import STRICT, Entry, NoOptions

Fill = Callable[[Tensor, Generator], None]
BuildInitializer = Callable[[Any], Fill]


@validated(frozen=True, config=STRICT)
class ConstantOptions:
    """value: what every weight starts as."""

    value: float = 0.0


@validated(frozen=True, config=STRICT)
class NormalOptions:
    """std: the standard deviation."""

    std: Annotated[float, Field(gt=0)] = 1.0


def constant(options: ConstantOptions) -> Fill:
    """w = value."""

    def fill(weight: Tensor, _: Generator) -> None:
        init.constant_(weight, options.value)

    return fill


def normal(options: NormalOptions) -> Fill:
    """w ~ N(0, std^2)."""

    def fill(weight: Tensor, generator: Generator) -> None:
        init.normal_(weight, std=options.std, generator=generator)

    return fill


def truncated_normal(options: NormalOptions) -> Fill:
    """w ~ N(0, std^2), drawn again beyond 2 std."""

    def fill(weight: Tensor, generator: Generator) -> None:
        std = options.std
        init.trunc_normal_(weight, std=std, a=-2 * std, b=2 * std, generator=generator)

    return fill


def xavier(_: NoOptions) -> Fill:
    """w ~ N(0, 1 / n_in), the course's Xavier: standard deviation 1 / sqrt(n_in)."""

    def fill(weight: Tensor, generator: Generator) -> None:
        init.kaiming_normal_(weight, nonlinearity="linear", generator=generator)

    return fill


def orthogonal(_: NoOptions) -> Fill:
    """W W^T = 1 for at most as many rows as columns, else W^T W = 1; Q of a normal draw's QR."""

    def fill(weight: Tensor, generator: Generator) -> None:
        init.orthogonal_(weight, generator=generator)

    return fill


def zeros(_: NoOptions) -> Fill:
    """w = 0: constant with nothing to choose."""
    return constant(ConstantOptions(0.0))


def fan_in_uniform(_: NoOptions) -> Fill:
    """w ~ U(-1/sqrt(n_in), 1/sqrt(n_in)); what PyTorch does when nobody chooses."""

    def fill(weight: Tensor, generator: Generator) -> None:
        init.kaiming_uniform_(weight, a=math.sqrt(5), generator=generator)

    return fill


def glorot_uniform(_: NoOptions) -> Fill:
    """w ~ U(-a, a), a = sqrt(6 / (n_in + n_out)); variance 2 / (n_in + n_out)."""

    def fill(weight: Tensor, generator: Generator) -> None:
        init.xavier_uniform_(weight, generator=generator)

    return fill


def glorot_normal(_: NoOptions) -> Fill:
    """w ~ N(0, 2 / (n_in + n_out))."""

    def fill(weight: Tensor, generator: Generator) -> None:
        init.xavier_normal_(weight, generator=generator)

    return fill


def he_normal(_: NoOptions) -> Fill:
    """w ~ N(0, 2 / n_in)."""

    def fill(weight: Tensor, generator: Generator) -> None:
        init.kaiming_normal_(weight, nonlinearity="relu", generator=generator)

    return fill


def he_uniform(_: NoOptions) -> Fill:
    """w ~ U(-a, a), a = sqrt(6 / n_in); variance 2 / n_in."""

    def fill(weight: Tensor, generator: Generator) -> None:
        init.kaiming_uniform_(weight, nonlinearity="relu", generator=generator)

    return fill


GLOROT: Final = "Glorot and Bengio 2010, AISTATS"
HE: Final = "He, Zhang, Ren and Sun 2015, ICCV"

INITIALIZERS: Final[Mapping[str, Entry[BuildInitializer]]] = {
    "zeros": Entry(
        build=zeros,
        Options=NoOptions,
        summary={"en": "Everything starts at 0.", "ko": "모두 0에서 시작합니다."},
        when={
            "en": "For biases, and for softmax regression; a hidden layer of zeros never wakes.",
            "ko": "편향이나 소프트맥스 회귀에 씁니다. 은닉층이 모두 0이면 깨어나지 못합니다.",
        },
        formula="w = 0",
        reference="-",
    ),
    "constant": Entry(
        build=constant,
        Options=ConstantOptions,
        summary={
            "en": "The same value everywhere.",
            "ko": "모든 값을 똑같이 둡니다.",
        },
        when={
            "en": "For biases, and for softmax regression; hidden units alike stay alike.",
            "ko": "편향이나 소프트맥스 회귀에 씁니다. 은닉 유닛은 똑같이 시작하면 늘 똑같습니다.",
        },
        formula="w = value",
        reference="-",
    ),
    "normal": Entry(
        build=normal,
        Options=NormalOptions,
        summary={
            "en": "Normal noise of a given width.",
            "ko": "주어진 폭의 정규분포에서 뽑습니다.",
        },
        when={
            "en": "To see what a wrong width does: too wide saturates, too narrow goes silent.",
            "ko": "폭이 틀리면 어떻게 되는지 볼 때 씁니다. 넓으면 포화되고 좁으면 사라집니다.",
        },
        formula="w ~ N(0, std^2)",
        reference="-",
    ),
    "truncated_normal": Entry(
        build=truncated_normal,
        Options=NormalOptions,
        summary={
            "en": "Normal noise without the tails beyond two standard deviations.",
            "ko": "표준편차 두 배를 넘는 값은 버리고 정규분포에서 뽑습니다.",
        },
        when={
            "en": "Where a single large weight would hurt.",
            "ko": "유난히 큰 가중치 하나가 해로울 때 씁니다.",
        },
        formula="w ~ N(0, std^2) given |w| <= 2 std",
        reference="-",
    ),
    "fan_in_uniform": Entry(
        build=fan_in_uniform,
        Options=NoOptions,
        summary={
            "en": "Uniform noise that shrinks with the number of inputs.",
            "ko": "입력이 많을수록 좁아지는 균등분포에서 뽑습니다.",
        },
        when={
            "en": "A safe, rather small start; PyTorch's own default.",
            "ko": "무난하고 조금 작게 시작합니다. PyTorch의 기본값입니다.",
        },
        formula="w ~ U(-a, a), a = 1 / sqrt(n_in)",
        reference="LeCun, Bottou, Orr and Mueller 1998, Efficient BackProp",
    ),
    "xavier": Entry(
        build=xavier,
        Options=NoOptions,
        summary={
            "en": "Normal noise that keeps a linear layer's variance forward.",
            "ko": "선형 층을 앞으로 지나는 신호의 분산을 지킵니다(정규분포).",
        },
        when={
            "en": "With sigmoid and tanh; the simplest form of Glorot's.",
            "ko": "시그모이드나 tanh와 함께 씁니다. Glorot 초깃값의 가장 단순한 꼴입니다.",
        },
        formula="w ~ N(0, 1 / n_in)",
        reference=GLOROT,
    ),
    "orthogonal": Entry(
        build=orthogonal,
        Options=NoOptions,
        summary={
            "en": "Rows at right angles: signals keep their length.",
            "ko": "행들이 서로 직각입니다. 신호의 길이가 그대로 지켜집니다.",
        },
        when={
            "en": "In deep and in recurrent nets.",
            "ko": "깊은 신경망과 순환 신경망에 씁니다.",
        },
        formula="W W^T = 1",
        reference="Saxe, McClelland and Ganguli 2014, ICLR",
    ),
    "glorot_uniform": Entry(
        build=glorot_uniform,
        Options=NoOptions,
        summary={
            "en": "Keeps the signal's variance alike forward and backward; uniform.",
            "ko": "앞뒤로 흐르는 신호의 분산을 비슷하게 지킵니다(균등분포).",
        },
        when={
            "en": "With sigmoid and tanh.",
            "ko": "시그모이드나 tanh와 함께 씁니다.",
        },
        formula="w ~ U(-a, a), a = sqrt(6 / (n_in + n_out))",
        reference=GLOROT,
    ),
    "glorot_normal": Entry(
        build=glorot_normal,
        Options=NoOptions,
        summary={
            "en": "Keeps the signal's variance alike forward and backward; normal.",
            "ko": "앞뒤로 흐르는 신호의 분산을 비슷하게 지킵니다(정규분포).",
        },
        when={"en": "With sigmoid and tanh.", "ko": "시그모이드나 tanh와 함께 씁니다."},
        formula="w ~ N(0, 2 / (n_in + n_out))",
        reference=GLOROT,
    ),
    "he_normal": Entry(
        build=he_normal,
        Options=NoOptions,
        summary={
            "en": "Keeps the signal's variance through ReLU, which halves it; normal.",
            "ko": "ReLU가 반으로 줄이는 분산을 미리 두 배로 잡아 지킵니다(정규분포).",
        },
        when={"en": "With ReLU and its kin.", "ko": "ReLU 계열과 함께 씁니다."},
        formula="w ~ N(0, 2 / n_in)",
        reference=HE,
    ),
    "he_uniform": Entry(
        build=he_uniform,
        Options=NoOptions,
        summary={
            "en": "Keeps the signal's variance through ReLU, which halves it; uniform.",
            "ko": "ReLU가 반으로 줄이는 분산을 미리 두 배로 잡아 지킵니다(균등분포).",
        },
        when={"en": "With ReLU and its kin.", "ko": "ReLU 계열과 함께 씁니다."},
        formula="w ~ U(-a, a), a = sqrt(6 / n_in)",
        reference=HE,
    ),
}

FOR_BIASES: Final = {
    name: INITIALIZERS[name] for name in ("zeros", "constant", "normal", "truncated_normal")
}
"""Those that need no count of inputs."""
