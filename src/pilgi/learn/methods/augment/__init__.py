"""Augmentation: each picture a little different at each step, the whole batch at once.

build(options) -> transform(pictures, targets, generator) -> (pictures, targets)
pictures: float32 (n, channels, h, w) in [0, 1], ink bright, to the same shape. targets: labels
(n,), or shares (n, classes) where one of the transforms is in `SOFT`. Draws come from `generator`
on the CPU.
"""

from collections.abc import Mapping
from typing import Final

from pilgi.learn.methods.augment import background, clutter, corrupt
from pilgi.learn.methods.augment.pixels import (
    EraseOptions,
    MixupOptions,
    PenOptions,
    erase,
    mixup,
    none,
    pen,
)
from pilgi.learn.methods.augment.transform import BuildAugmentation, Transform
from pilgi.learn.methods.augment.warps import (
    AffineOptions,
    ElasticOptions,
    Warp,
    affine,
    affine_grid,
    elastic,
    joined,
)
from pilgi.learn.methods.entry import Entry, NoOptions

SOFT: Final = ("mixup",)
"""Those that need and give targets as shares of the classes."""

NOISE: Final = ("clutter", "corrupt", "background")
"""Those that make a picture worse and leave what it shows: a teacher answers it before them."""

AUGMENTATIONS: Final[Mapping[str, Entry[BuildAugmentation]]] = {
    "none": Entry(
        build=none,
        Options=NoOptions,
        summary={"en": "The pictures as they are.", "ko": "그림을 있는 그대로 씁니다."},
        when={
            "en": "In the course's rows, and in trainings of one or two epochs.",
            "ko": "강의의 실험이나 한두 에폭짜리 학습에 씁니다.",
        },
        formula="x' = x",
        reference="-",
    ),
    "affine": Entry(
        build=affine,
        Options=AffineOptions,
        summary={
            "en": "Turns, shifts, zooms and slants every picture a little, anew at each step.",
            "ko": "매 단계마다 그림을 조금씩 돌리고, 밀고, 키우고, 기울입니다.",
        },
        when={
            "en": "For more than a few epochs: the net never sees the same picture twice.",
            "ko": "여러 에폭 학습할 때 씁니다. 같은 그림을 두 번 보지 않게 됩니다.",
        },
        formula="x'(p) = x(A p + t), A = zoom rotation shear",
        reference="Simard, Steinkraus and Platt 2003, ICDAR",
    ),
    "elastic": Entry(
        build=elastic,
        Options=ElasticOptions,
        summary={
            "en": "Bends every picture as a hand's tremor would.",
            "ko": "손이 떨린 것처럼 그림을 부드럽게 휩니다.",
        },
        when={
            "en": "For handwriting above all: strokes wobble, but stay strokes.",
            "ko": "무엇보다 손글씨에 좋습니다. 획은 흔들려도 획이기 때문입니다.",
        },
        formula="x'(p) = x(p + u(p)), u a smooth random field",
        reference="Simard, Steinkraus and Platt 2003, ICDAR",
    ),
    "erase": Entry(
        build=erase,
        Options=EraseOptions,
        summary={
            "en": "Turns a rectangle of each picture to paper.",
            "ko": "그림마다 사각형 하나를 지워 버립니다.",
        },
        when={
            "en": "When the net relies on one spot, or parts may be hidden.",
            "ko": "신경망이 한곳만 보고 답하거나 일부가 가려질 수 있을 때 씁니다.",
        },
        formula="x'(p) = 0 inside a random rectangle, else x(p)",
        reference="Zhong, Zheng, Kang, Li and Yang 2020, AAAI, arXiv:1708.04896",
    ),
    "pen": Entry(
        build=pen,
        Options=PenOptions,
        summary={
            "en": "Writes every picture with a wider or a thinner pen.",
            "ko": "그림마다 더 굵거나 더 가는 펜으로 쓴 것처럼 바꿉니다.",
        },
        when={
            "en": "When the pens to be read are others than those of the training pictures.",
            "ko": "읽을 글씨의 펜이 학습 그림의 펜과 다를 때 씁니다.",
        },
        formula="x' = x + s (d(x) - x) or x + s (e(x) - x), d dilation, e erosion",
        reference="Haralick, Sternberg and Zhuang 1987, IEEE TPAMI 9(4)",
    ),
    "clutter": Entry(
        build=clutter.clutter,
        Options=clutter.ClutterOptions,
        summary={
            "en": "Lays pieces of neighbours, rules, dots and stains around a share of the "
            "pictures, as crops from forms show them.",
            "ko": "그림 일부의 둘레에 서식에서 잘라 낸 그림처럼 다른 잉크를 놓습니다. 옆 숫자의 "
            "조각, 괘선, 점, 얼룩입니다.",
        },
        when={
            "en": "When the digits to be read are cut out of forms, tables or registers; "
            "before the other methods.",
            "ko": "서식이나 표, 장부에서 잘라 낸 숫자를 읽을 때 다른 방법보다 먼저 씁니다.",
        },
        formula="x' = place(crop(min(1, x + neighbours + rules + marks))), t' = t",
        reference="After DIDA: Kusetogullari et al. 2021, Big Data Research 23, 100182",
    ),
    "corrupt": Entry(
        build=corrupt.corrupt,
        Options=corrupt.CorruptOptions,
        summary={
            "en": "Puts noise, blur, fog, stray lines or a poor copy over a share of the pictures.",
            "ko": "그림 일부에 잡음, 흐림, 안개, 엉뚱한 선, 나쁜 화질을 입힙니다.",
        },
        when={
            "en": "When pictures will come worse than the training pictures are; the last in turn.",
            "ko": "읽을 그림이 학습 그림보다 나쁠 때 다른 방법 뒤에 씁니다.",
        },
        formula="x' = k(x) with probability s, k ~ U(the families' corruptions), else x",
        reference="Mu and Gilmer 2019, MNIST-C, arXiv:1906.02337",
    ),
    "background": Entry(
        build=background.background,
        Options=background.BackgroundOptions,
        summary={
            "en": "Writes a share of the pictures over coloured backgrounds, and brings them to "
            "ink again.",
            "ko": "그림 일부를 색이 있는 배경 위에 쓰고 다시 잉크로 바꿉니다.",
        },
        when={
            "en": "When the digits to be read stand on photographs, labels or patterned paper.",
            "ko": "사진이나 라벨, 무늬 있는 종이 위의 숫자를 읽을 때 씁니다.",
        },
        formula="x' = ink(|b - x|) or ink(b + x (c - b)) with probability s, else x",
        reference="Ganin et al. 2016, JMLR 17, arXiv:1505.07818 (MNIST-M)",
    ),
    "mixup": Entry(
        build=mixup,
        Options=MixupOptions,
        summary={
            "en": "Blends each picture, and its truth, with another.",
            "ko": "그림과 정답을 다른 그림, 다른 정답과 섞습니다.",
        },
        when={
            "en": "In long trainings, for calmer probabilities.",
            "ko": "오래 학습하면서 확률을 차분하게 만들고 싶을 때 씁니다.",
        },
        formula="x' = s x1 + (1 - s) x2, t' = s t1 + (1 - s) t2, s ~ Beta(a, a)",
        reference="Zhang, Cisse, Dauphin and Lopez-Paz 2018, ICLR, arXiv:1710.09412",
    ),
}

__all__ = ["AUGMENTATIONS", "NOISE", "SOFT", "Transform", "Warp", "affine_grid", "joined"]
