"""Transforms that move nothing: another pen, a part hidden, two pictures in one."""

from typing import Annotated

import numpy as np
import torch
from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch import Generator, Tensor
from torch.nn import functional

from pilgi.learn.methods.augment.transform import Share, Transform
from pilgi.learn.methods.entry import STRICT, NoOptions


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
