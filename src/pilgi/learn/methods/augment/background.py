"""Background: digits over colours, as they come out of the ink spec with what it leaves in."""

from typing import Final, NamedTuple

import numpy as np
import torch
from pydantic.dataclasses import dataclass as validated
from torch import Generator, Tensor

from pilgi import ink
from pilgi.errors import RecipeError
from pilgi.ink.geometry import SIDE
from pilgi.learn.methods.augment.transform import Share, Transform, of_share
from pilgi.learn.methods.entry import STRICT

FIELD: Final = 2 * SIDE
"""Pixels of the periodic fields that 28x28 backgrounds are cut from, so that none repeats."""

SLOPES: Final = (0.8, 1.6)
"""a of a field's amplitudes f^-a: photographs have about 1 (Field 1987, JOSA A 4)."""

MEANS: Final = (40.0, 215.0)
CONTRASTS: Final = (10.0, 60.0)
TINT: Final = 25.0
"""Levels of 255: a background's mean lightness, how far it varies, its colour's own."""

CHROMA: Final = 0.4
"""How far a channel varies by itself, in lightness's own."""

FLAT: Final = 0.5
"""How often lightness falls into a few flat regions with edges between them, as objects do."""

TONES: Final = 3.0
"""Lightness over its deviation, between whose whole numbers the edges run: at most 7 regions."""

APART: Final = 70.0
"""Levels that a pen's colour lies from the background's mean at least."""

GRAIN: Final = 3.0


@validated(frozen=True, config=STRICT)
class BackgroundOptions:
    """share: of the pictures that are written over a background; the others stay as they are."""

    share: Share = 0.2


class Scene(NamedTuple):
    """Colours in levels of 255: backgrounds (n, 3, 28, 28), and their mean (n, 3, 1, 1)."""

    colours: Tensor
    mean: Tensor


def background(options: BackgroundOptions) -> Transform:
    """Return x, or with probability `share` ink(|b - x|) or ink(b + x (c - b)), each half.

    b: a background, smooth or of flat regions; c: a pen's colour; ink: the ink spec, of 28x28
    pictures in colour, a picture at a time on the CPU: 1 ms each. The target stays.
    |b - x| of photographs is MNIST-M: Ganin et al. 2016, JMLR 17, arXiv:1505.07818.
    Raises RecipeError for pictures that are not ink.
    """

    def change(pictures: Tensor, generator: Generator) -> Tensor:
        return _ink(_seen(pictures.cpu() * 255, generator)).to(pictures.device, pictures.dtype)

    changed = of_share(options.share, change)

    def transform(pictures: Tensor, targets: Tensor, generator: Generator) -> tuple[Tensor, Tensor]:
        _check(pictures)  # also where none of them is chosen
        return changed(pictures, targets, generator)

    return transform


def _check(pictures: Tensor) -> None:
    if pictures.shape[1:] != (1, SIDE, SIDE):
        shape = "x".join(str(side) for side in pictures.shape[1:])
        raise RecipeError(
            f"augment=background writes 28x28 ink anew, and these pictures are {shape}; "
            "leave it out"
        )


def _seen(digits: Tensor, generator: Generator) -> Tensor:
    """Return the digits over backgrounds, levels (n, 3, 28, 28)."""
    scene = _scenes(len(digits), generator)
    turned = (scene.colours - digits).abs()
    written = scene.colours + digits / 255 * (_pens(scene.mean, generator) - scene.colours)
    half = torch.rand(len(digits), 1, 1, 1, generator=generator) < 0.5
    grain = GRAIN * torch.randn(turned.shape, generator=generator)
    return torch.where(half, turned, written) + grain


def _scenes(count: int, generator: Generator) -> Scene:
    """Return backgrounds: a field of lightness, and less of one in each channel."""
    size = (count, 1, 1, 1)
    mean = _between(*MEANS, size, generator)
    tint = TINT * torch.randn(count, 3, 1, 1, generator=generator)
    fields = _fields(count, generator)
    lightness, chroma = fields[:, :1], fields[:, 1:]
    regions = (TONES * lightness).round() / TONES
    flat = torch.rand(size, generator=generator) < FLAT
    varied = torch.where(flat, regions, lightness) + CHROMA * chroma
    colours = mean + tint + _between(*CONTRASTS, size, generator) * varied
    return Scene(colours.clamp(0, 255), (mean + tint).clamp(0, 255))


def _fields(count: int, generator: Generator) -> Tensor:
    """Return fields of mean 0 and deviation 1 with amplitudes f^-a, (n, 4, 28, 28)."""
    frequency = torch.hypot(torch.fft.fftfreq(FIELD)[:, None], torch.fft.rfftfreq(FIELD))
    frequency[0, 0] = torch.inf
    slope = _between(*SLOPES, (count, 1, 1, 1), generator)
    white = torch.randn(count, 4, FIELD, FIELD, generator=generator)
    field = torch.fft.irfft2(torch.fft.rfft2(white) * frequency**-slope)[..., :SIDE, :SIDE]
    deviation = field.std((2, 3), keepdim=True).clamp(min=1e-6)
    found: Tensor = (field - field.mean((2, 3), keepdim=True)) / deviation
    return found


def _pens(mean: Tensor, generator: Generator) -> Tensor:
    """Return a colour for each picture, (n, 3, 1, 1), far enough from its background's mean."""
    colour = 255 * torch.rand(mean.shape, generator=generator)
    near = (colour - mean).abs().amax(1, keepdim=True) < APART
    return torch.where(near, torch.where(mean < 128, 255.0, 0.0), colour)


def _between(low: float, high: float, size: tuple[int, ...], generator: Generator) -> Tensor:
    return low + (high - low) * torch.rand(size, generator=generator)


def _ink(levels: Tensor) -> Tensor:
    """Return each picture's ink, (n, 1, 28, 28) in [0, 1]."""
    shown = levels.round().clamp(0, 255).byte().permute(0, 2, 3, 1).contiguous().numpy()
    made = np.stack([ink.from_picture(picture) for picture in shown])
    return torch.from_numpy(made)[:, None] / 255
