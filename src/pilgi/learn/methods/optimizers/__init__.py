"""Optimizers. build(options, groups) -> torch.optim.Optimizer.

groups: parameter groups as torch takes them, each with its own `weight_decay`; the first holds
the weights in the net's order, the second biases and norms.
In the equations g is the gradient of the loss, e the learning rate, all operations elementwise.
"""

from collections.abc import Mapping
from typing import Final

from pilgi.learn.methods.entry import Entry
from pilgi.learn.methods.optimizers.adaptive import (
    AdagradOptions,
    AdamOptions,
    RmspropOptions,
    adagrad,
    adam,
    adamw,
    rmsprop,
)
from pilgi.learn.methods.optimizers.gradient import (
    MomentumOptions,
    SgdOptions,
    momentum,
    nesterov,
    sgd,
)
from pilgi.learn.methods.optimizers.groups import BuildOptimizer
from pilgi.learn.methods.optimizers.orthogonal import MuonOptions, muon
from pilgi.learn.methods.optimizers.sign import LionOptions, lion

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
    "adagrad": Entry(
        build=adagrad,
        Options=AdagradOptions,
        summary={
            "en": "Divides each weight's step by all the gradients it ever had.",
            "ko": "가중치마다 지금까지 받은 기울기 전체의 크기로 걸음을 나눕니다.",
        },
        when={
            "en": "Where some inputs are rare; on long runs its steps shrink to nothing.",
            "ko": "드물게 나오는 입력이 있을 때 씁니다. 오래 학습하면 걸음이 0에 가까워집니다.",
        },
        formula="h += g^2; w -= e g / (sqrt(h) + eps)",
        reference="Duchi, Hazan and Singer 2011, JMLR 12",
    ),
    "rmsprop": Entry(
        build=rmsprop,
        Options=RmspropOptions,
        summary={
            "en": "AdaGrad that forgets: divides by the recent gradients' size.",
            "ko": "잊을 줄 아는 AdaGrad입니다. 최근 기울기의 크기로 나눕니다.",
        },
        when={
            "en": "With recurrent nets, and where AdaGrad stops too soon.",
            "ko": "순환 신경망이나 AdaGrad가 너무 일찍 멈출 때 씁니다.",
        },
        formula="h = r h + (1-r) g^2; w -= e g / (sqrt(h) + eps)",
        reference="Tieleman and Hinton 2012, COURSERA Neural Networks, lecture 6.5",
    ),
    "adamw": Entry(
        build=adamw,
        Options=AdamOptions,
        summary={
            "en": "Adam whose weight decay is not divided by the gradients' size.",
            "ko": "가중치 감쇠를 기울기 크기로 나누지 않는 Adam입니다.",
        },
        when={
            "en": "Whenever Adam is used with weight decay.",
            "ko": "Adam에 가중치 감쇠를 함께 쓸 때는 언제나 이쪽입니다.",
        },
        formula="w -= e d w; then w -= e m' / (sqrt(v') + eps) as adam",
        reference="Loshchilov and Hutter 2019, ICLR, arXiv:1711.05101",
    ),
    "lion": Entry(
        build=lion,
        Options=LionOptions,
        summary={
            "en": "Moves every weight by the same amount; the gradients say only which way.",
            "ko": "모든 가중치를 같은 크기로 움직이고, 기울기는 방향만 정합니다.",
        },
        when={
            "en": "To save memory against Adam; wants a tenth of its rate.",
            "ko": "Adam보다 메모리를 아낄 때 씁니다. 학습률은 Adam의 십분의 일로 둡니다.",
        },
        formula="w -= e (sign(b1 m + (1-b1) g) + d w); m = b2 m + (1-b2) g",
        reference="Chen et al. 2023, NeurIPS, arXiv:2302.06675",
    ),
    "muon": Entry(
        build=muon,
        Options=MuonOptions,
        summary={
            "en": "Momentum whose matrix steps are made orthogonal: no direction is neglected.",
            "ko": "행렬의 걸음을 직교하게 만들어 어느 방향도 소홀히 하지 않는 모멘텀입니다.",
        },
        when={
            "en": "When few steps must suffice.",
            "ko": "적은 걸음으로 끝내야 할 때 씁니다.",
        },
        formula=(
            "v = m v + g; g + m v = U S V^T; W -= e (s U V^T + d W), "
            "s = sqrt(max(1, rows / columns))"
        ),
        reference="Jordan et al. 2024, kellerjordan.github.io/posts/muon",
    ),
}
