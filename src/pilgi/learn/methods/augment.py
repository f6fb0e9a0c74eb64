"""Augmentation: each picture a little different at each step, the whole batch at once.

build(options) -> transform(pictures, targets, generator) -> (pictures, targets)
pictures: float32 (n, channels, h, w) in [0, 1], ink bright, to the same shape. targets: labels
(n,), or shares (n, classes) where one of the transforms is in `SOFT`. Draws come from `generator`
on the CPU.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Final, cast

import numpy as np
import torch
from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch import Generator, Tensor
from torch.nn import functional

from pilgi.learn.methods.entry import STRICT, Entry, NoOptions

Transform = Callable[[Tensor, Tensor, Generator], tuple[Tensor, Tensor]]
Move = Callable[[Tensor | None], Tensor]
BuildAugmentation = Callable[[Any], Transform]

Share = Annotated[float, Field(ge=0, le=1)]

SOFT: Final = ("mixup",)
"""Those that need and give targets as shares of the classes."""


@validated(frozen=True, config=STRICT)
class AffineOptions:
    """rotation, shear: degrees either way. shift: pixels either way. zoom: share either way."""

    rotation: Annotated[float, Field(ge=0, le=180)] = 10.0
    shift: Annotated[float, Field(ge=0)] = 2.0
    zoom: Annotated[float, Field(ge=0, lt=1)] = 0.1
    shear: Annotated[float, Field(ge=0, lt=90)] = 0.0


@validated(frozen=True, config=STRICT)
class ElasticOptions:
    """strength: pixels that a place moves, one standard deviation. cells: bends across a side."""

    strength: Annotated[float, Field(gt=0)] = 1.0
    cells: Annotated[int, Field(ge=2, le=28)] = 6


@validated(frozen=True, config=STRICT)
class EraseOptions:
    """largest: the longest side of the erased rectangle, as a share of the picture's."""

    largest: Annotated[float, Field(gt=0, le=1)] = 0.3


@validated(frozen=True, config=STRICT)
class PenOptions:
    """wider, thinner: how far towards a stroke one pixel wider or thinner on each side, at most."""

    wider: Share = 0.7
    thinner: Share = 0.5


@validated(frozen=True, config=STRICT)
class MixupOptions:
    """alpha: of Beta(alpha, alpha); small ones mix little."""

    alpha: Annotated[float, Field(gt=0)] = 0.2


def none(_: NoOptions) -> Transform:
    """Return x unchanged."""
    return lambda pictures, targets, _: (pictures, targets)


class Warp:
    """A transform that reads every picture at moved positions, or several of them in turn.

    draw(pictures, generator) -> move; move(grid) -> grid: positions (n, h, w, 2) to read from, in
    units of half a side; None is every place itself. However many there are, pictures are read
    once: each bilinear reading blurs a little, and the net would learn softer pictures than it
    will meet.
    """

    def __init__(self, *draws: Callable[[Tensor, Generator], Move]) -> None:
        self.draws = draws

    def __call__(
        self, pictures: Tensor, targets: Tensor, generator: Generator
    ) -> tuple[Tensor, Tensor]:
        """Return the pictures as read."""
        grid: Tensor | None = None
        for move in reversed([draw(pictures, generator) for draw in self.draws]):
            grid = move(grid)
        return functional.grid_sample(pictures, cast(Tensor, grid), align_corners=False), targets


def joined(transforms: Sequence[Transform]) -> list[Transform]:
    """Return the transforms with neighbouring warps made one."""
    found: list[Transform] = []
    for each in transforms:
        last = found[-1] if found else None
        if isinstance(each, Warp) and isinstance(last, Warp):
            found[-1] = Warp(*last.draws, *each.draws)
        else:
            found.append(each)
    return found


def affine(options: AffineOptions) -> Transform:
    """Return x(A p + t): A = zoom rotation shear, t a shift, each uniform, read bilinearly."""

    def draw(pictures: Tensor, generator: Generator) -> Move:
        height, width = pictures.shape[-2:]
        maps = affine_maps(options, len(pictures), width, generator).to(pictures.device)

        def move(grid: Tensor | None) -> Tensor:
            if grid is None:
                return affine_grid(maps, height, width)
            x, y, shift = (maps[:, None, None, :, part] for part in range(3))
            return grid[..., :1] * x + grid[..., 1:] * y + shift

        return move

    return Warp(draw)


def elastic(options: ElasticOptions) -> Transform:
    """Return x(p + u(p)): u a smooth random field, normal at cells^2 places, bicubic between."""

    def draw(pictures: Tensor, generator: Generator) -> Move:
        count, (height, width) = len(pictures), pictures.shape[-2:]
        coarse = torch.randn(count, 2, options.cells, options.cells, generator=generator)
        smooth = functional.interpolate(coarse, (height, width), mode="bicubic")
        field = smooth.to(pictures.device) * (2 * options.strength / width)
        still = torch.eye(2, 3, device=pictures.device).expand(1, 2, 3)

        def move(grid: Tensor | None) -> Tensor:
            if grid is None:
                return affine_grid(still, height, width) + field.permute(0, 2, 3, 1)
            there = functional.grid_sample(field, grid, padding_mode="border", align_corners=False)
            return grid + there.permute(0, 2, 3, 1)

        return move

    return Warp(draw)


def erase(options: EraseOptions) -> Transform:
    """Return x with a rectangle of each picture turned to paper, its sides and place uniform."""

    def transform(pictures: Tensor, targets: Tensor, generator: Generator) -> tuple[Tensor, Tensor]:
        draws = torch.rand(2, 2, len(pictures), 1, generator=generator).to(pictures.device)
        outside = [
            _outside(draws[axis], pictures.shape[axis - 2], options.largest) for axis in (0, 1)
        ]
        kept = outside[0][:, None, :, None] | outside[1][:, None, None, :]
        return pictures * kept, targets

    return transform


def _outside(draws: Tensor, length: int, largest: float) -> Tensor:
    """Return (n, length): whether a place lies outside a random stretch of an axis."""
    sides = draws[0] * largest * length
    starts = draws[1] * (length - sides)
    places = torch.arange(length, device=draws.device) + 0.5
    return (places < starts) | (places >= starts + sides)


def pen(options: PenOptions) -> Transform:
    """Return x + s (d(x) - x), s ~ U(0, wider), or x + s (e(x) - x), s ~ U(0, thinner).

    d and e are grey dilation and erosion by 3x3 pixels; half of the pictures get either, and every
    one keeps its peak.
    """

    def transform(pictures: Tensor, targets: Tensor, generator: Generator) -> tuple[Tensor, Tensor]:
        draws = torch.rand(2, len(pictures), 1, 1, 1, generator=generator).to(pictures.device)
        wide = draws[0] < 0.5
        sign = torch.where(wide, 1.0, -1.0)
        share = draws[1] * torch.where(wide, options.wider, options.thinner)
        moved = sign * functional.max_pool2d(sign * pictures, 3, stride=1, padding=1)
        drawn = torch.lerp(pictures, moved, share)
        # A pen thinner than a pixel is drawn grey; ink is as bright as it was, whatever the pen.
        peaks = [each.amax((1, 2, 3), keepdim=True) for each in (pictures, drawn)]
        return drawn * (peaks[0] / peaks[1].clamp(min=1 / 255)), targets

    return transform


def mixup(options: MixupOptions) -> Transform:
    """Return s x + (1 - s) x' and s t + (1 - s) t', x' another of the batch, s ~ Beta(a, a)."""

    def transform(pictures: Tensor, targets: Tensor, generator: Generator) -> tuple[Tensor, Tensor]:
        seed = int(torch.randint(2**62, (1,), generator=generator))
        share = float(np.random.default_rng(seed).beta(options.alpha, options.alpha))
        others = torch.randperm(len(pictures), generator=generator).to(pictures.device)
        return (
            torch.lerp(pictures[others], pictures, share),
            torch.lerp(targets[others], targets, share),
        )

    return transform


def affine_grid(maps: Tensor, height: int, width: int) -> Tensor:
    """Return (n, height, width, 2) positions to read from, as torch's own affine_grid does.

    Written out because torch's multiplies many small matrices, six times slower on a CPU.
    """
    y = torch.linspace(1 / height - 1, 1 - 1 / height, height, device=maps.device)[:, None, None]
    x = torch.linspace(1 / width - 1, 1 - 1 / width, width, device=maps.device)[:, None]
    columns = maps[:, :, 0, None, None].movedim(1, -1) * x
    rows = maps[:, :, 1, None, None].movedim(1, -1) * y
    return columns + (rows + maps[:, None, None, :, 2])


def affine_maps(options: AffineOptions, count: int, width: int, generator: Generator) -> Tensor:
    """Return (count, 2, 3) maps from output to input positions, in units of half the width."""
    draws = torch.rand(5, count, generator=generator) * 2 - 1
    angle = draws[0] * math.radians(options.rotation)
    slant = torch.tan(draws[1] * math.radians(options.shear))
    scale = 1 / (1 + draws[2] * options.zoom)
    cos, sin = scale * torch.cos(angle), scale * torch.sin(angle)
    shift = draws[3:] * (2 * options.shift / width)
    rows = [cos, cos * slant - sin, shift[0], sin, sin * slant + cos, shift[1]]
    return torch.stack(rows, dim=1).view(count, 2, 3)


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
