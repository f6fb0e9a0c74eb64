"""The models: assembled from methods, each one entry of `MODELS`.

build(options, shape, classes) -> nn.Sequential: shape is (channels, height, width), the output
is (n, classes) logits; of those in `READERS` it is (n, t, classes + 1), one answer a step along the
line, the last of them "nothing here".
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from torch import nn

from pilgi.learn.methods.entry import Entry
from pilgi.learn.models.cnn import CnnOptions, cnn
from pilgi.learn.models.crnn import CrnnOptions, crnn
from pilgi.learn.models.lstm import LstmOptions, lstm
from pilgi.learn.models.mlp import MlpOptions, mlp
from pilgi.learn.models.network import Network, Scale, multiply_accumulates, parameters
from pilgi.learn.models.residual import ResidualOptions, residual
from pilgi.learn.models.softmax import SoftmaxOptions, softmax

BuildModel = Callable[[Any, tuple[int, ...], int], nn.Sequential]

MODELS: Final[Mapping[str, Entry[BuildModel]]] = {
    "softmax": Entry(
        build=softmax,
        Options=SoftmaxOptions,
        summary={
            "en": "One linear layer: every class weighs every pixel.",
            "ko": "선형 층 하나입니다. 클래스마다 모든 픽셀에 가중치를 둡니다.",
        },
        when={
            "en": "As the first rung: about 92 % on MNIST, and its weights can be looked at.",
            "ko": "첫 단계로 씁니다. MNIST에서 약 92 %이고 가중치를 그림으로 볼 수 있습니다.",
        },
        formula="z = W x + b",
        reference="Bishop 2006, Pattern Recognition and Machine Learning, 4.3.4",
    ),
    "mlp": Entry(
        build=mlp,
        Options=MlpOptions,
        summary={
            "en": "Layers of units that each see the whole layer before.",
            "ko": "앞 층 전체를 보는 유닛들을 층층이 쌓습니다.",
        },
        when={
            "en": "To study depth, activations and initial weights: about 98 % on MNIST.",
            "ko": "깊이, 활성화 함수, 초깃값을 공부할 때 씁니다. MNIST에서 약 98 %입니다.",
        },
        formula="h = f(W x + b), layer after layer; z = W h + b",
        reference="Rumelhart, Hinton and Williams 1986, Nature 323",
    ),
    "cnn": Entry(
        build=cnn,
        Options=CnnOptions,
        summary={
            "en": "Small filters slide over the picture and share their weights.",
            "ko": "작은 필터가 그림 위를 미끄러지며 같은 가중치를 함께 씁니다.",
        },
        when={
            "en": "For pictures: over 99 % on MNIST, with fewer parameters than an MLP.",
            "ko": "그림에 씁니다. MLP보다 적은 파라미터로 MNIST에서 99 %를 넘습니다.",
        },
        formula="y_k(p) = f(norm(sum_c sum_q w_kc(q) x_c(p + q))), pooled; z = W h + b",
        reference="LeCun, Bottou, Bengio and Haffner 1998, Proceedings of the IEEE 86",
    ),
    "residual": Entry(
        build=residual,
        Options=ResidualOptions,
        summary={
            "en": "Convolutions with shortcuts around them: each block only adds a correction.",
            "ko": "합성곱 둘레로 지름길을 냅니다. 블록은 고칠 만큼만 더합니다.",
        },
        when={
            "en": "When depth should help and plain stacks no longer learn.",
            "ko": "깊게 쌓고 싶은데 그냥 쌓아서는 배우지 못할 때 씁니다.",
        },
        formula="y = f(B(x) + S(x)); with gates y = f(g B(x) + (1 - g) S(x))",
        reference="He, Zhang, Ren and Sun 2016, CVPR; Srivastava, Greff and Schmidhuber 2015",
    ),
    "lstm": Entry(
        build=lstm,
        Options=LstmOptions,
        summary={
            "en": "Reads the picture row after row and remembers what it has seen.",
            "ko": "그림을 한 줄씩 차례로 읽으며 지금까지 본 것을 기억합니다.",
        },
        when={
            "en": "To study memory; convolutions see more of a picture for the same work.",
            "ko": "기억을 공부할 때 씁니다. 그림이라면 같은 계산으로 합성곱이 더 많이 봅니다.",
        },
        formula="i, f, o = sigmoid(W x + U h + b); c = f c + i tanh(W x + U h + b); h = o tanh(c)",
        reference="Hochreiter and Schmidhuber 1997, Neural Computation 9; Gers et al. 2000",
    ),
    "crnn": Entry(
        build=crnn,
        Options=CrnnOptions,
        summary={
            "en": "Convolutions look, an LSTM reads along the line in both directions.",
            "ko": "합성곱이 보고, LSTM이 줄을 따라 양쪽으로 읽습니다.",
        },
        when={
            "en": "For lines of digits that touch, with loss=ctc: nobody has to cut them apart.",
            "ko": "서로 닿은 숫자 줄에 loss=ctc와 함께 씁니다. 미리 자를 필요가 없습니다.",
        },
        formula="x = columns(cnn(ink)); h = LSTM(x) both ways; z_t = V [x_t, h_t] + d",
        reference="Shi, Bai and Yao 2017, IEEE PAMI 39, arXiv:1507.05717",
    ),
}

READERS: Final = ("crnn",)
"""Those that read a line of any width rather than one picture."""

__all__ = ["MODELS", "READERS", "Network", "Scale", "multiply_accumulates", "parameters"]
