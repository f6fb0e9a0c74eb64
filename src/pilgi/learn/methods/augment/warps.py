"""Warps: every picture read at moved positions."""

import math
from collections.abc import Callable, Sequence
from typing import Annotated, cast

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch import Generator, Tensor
from torch.nn import functional

from pilgi.learn.methods.augment.transform import Transform
from pilgi.learn.methods.entry import STRICT

Move = Callable[[Tensor | None], Tensor]


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
