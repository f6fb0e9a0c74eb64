"""Augmentation: each picture a little different at each step, the whole batch at once.

build(options) -> transform(pictures, generator): float32 (n, channels, h, w) in [0, 1], ink
bright, to the same shape. Draws come from `generator` on the CPU.
"""

import math
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch import Generator, Tensor
from torch.nn import functional

from pilgi.learn.methods.entry import STRICT, Entry, NoOptions

Transform = Callable[[Tensor, Generator], Tensor]
BuildAugmentation = Callable[[Any], Transform]


@validated(frozen=True, config=STRICT)
class AffineOptions:
    """rotation, shear: degrees either way. shift: pixels either way. zoom: share either way."""

    rotation: Annotated[float, Field(ge=0, le=180)] = 10.0
    shift: Annotated[float, Field(ge=0)] = 2.0
    zoom: Annotated[float, Field(ge=0, lt=1)] = 0.1
    shear: Annotated[float, Field(ge=0, lt=90)] = 0.0


def none(_: NoOptions) -> Transform:
    """Return x unchanged."""
    return lambda pictures, _: pictures


def affine(options: AffineOptions) -> Transform:
    """Return x(A p + t): A = zoom rotation shear, t a shift, each uniform, read bilinearly."""

    def transform(pictures: Tensor, generator: Generator) -> Tensor:
        maps = affine_maps(options, len(pictures), pictures.shape[-1], generator)
        grid = affine_grid(maps.to(pictures.device), *pictures.shape[-2:])
        return functional.grid_sample(pictures, grid, align_corners=False)

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
}
