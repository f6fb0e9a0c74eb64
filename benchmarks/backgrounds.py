"""Digits over coloured backgrounds, composed as MNIST-M is: |background - digit| in each channel.

MNIST-M (Ganin et al. 2016) takes its backgrounds from 28x28 cuts of photographs (BSDS500, 481x321).
Here they are drawn by the dead leaves model, which has the statistics of photographs: discs lie on
one another, their radii r distributed as r^-3 between a pixel and half a photograph's height, so
that many cuts hold one disc's edge or none (Lee, Mumford, Huang 2001, IJCV 41). A photograph's
colours vary mostly in lightness.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pilgi import ink
from pilgi.data import Split
from pilgi.ink.geometry import SIDE

SMALLEST: Final = 1.0
LARGEST: Final = 160.0
DISCS: Final = 600
FRACTION: Final = 4
"""Bits of a pixel that OpenCV draws with."""

Colour = NDArray[np.uint8]


def leaves(rng: np.random.Generator) -> Colour:
    """Return one background, uint8 (28, 28, 3)."""
    mean, spread, tint = rng.uniform(60, 195), rng.uniform(20, 60), rng.normal(0, 12, 3)
    canvas = np.zeros((SIDE, SIDE, 3), np.float32)
    u = rng.uniform((SMALLEST / LARGEST) ** 2, 1, DISCS)
    for radius in SMALLEST / np.sqrt(u):  # the inverse of the distribution function of r^-3
        at = rng.uniform(-radius, SIDE + radius, 2)
        lightness = mean + spread * rng.normal()
        colour = lightness + tint + rng.normal(0, spread / 4, 3)
        centre = [round(float(each) * 2**FRACTION) for each in at]
        size = round(float(radius) * 2**FRACTION)
        cv2.circle(canvas, centre, size, colour.tolist(), -1, cv2.LINE_8, FRACTION)
    seen = cv2.GaussianBlur(canvas, (0, 0), 0.7) + rng.normal(0, 2, canvas.shape)
    return np.clip(np.rint(seen), 0, 255).astype(np.uint8)


def coloured(digits: Split, seed: int) -> Split:
    """Return the digits over backgrounds, brought to ink as any picture is; i is of (seed, i)."""
    pictures = [
        _over(leaves(np.random.default_rng((seed, number))), digit)
        for number, digit in enumerate(digits.images)
    ]
    images = np.stack([ink.from_picture(picture) for picture in pictures])
    return Split(f"{digits.name} coloured", images, digits.labels, digits.classes)


def _over(background: Colour, digit: NDArray[np.uint8]) -> Colour:
    apart = background.astype(np.int16) - digit[..., None].astype(np.int16)
    return np.abs(apart).astype(np.uint8)
