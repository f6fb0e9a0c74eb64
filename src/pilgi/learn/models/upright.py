"""Upright: a first layer without weights that takes slant and size out of what is written."""

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

SPREAD: Final = 0.193
"""Standard deviation of the ink downwards after the layer, in heights of the picture: MNIST's."""

SMALLEST: Final = 0.3
"""A picture is never enlarged by more than one over this."""

TINY: Final = 1e-6
"""Keeps a blank picture's moments finite."""


class Upright(nn.Module):
    """The picture, moved, sheared and scaled downwards so that its moments are those of a norm.

    With ink I, centre of mass (cx, cy), vyy = E[(y - cy)^2] and vxy = E[(x - cx)(y - cy)], all
    weighted by I: the pixel at (x, y) from the middle is read, bilinearly, at

        (cx + x + (vxy / vyy) s y,  cy + s y)  from the middle,  s = sqrt(vyy) / (SPREAD height),

    so that the result has no slant and every digit the same spread of ink downwards. What the
    net would otherwise have to learn from weights is computed. It stores nothing: coordinates are
    counted along the picture. pictures: float (n, channels, h, w) on paper 0; the moments are
    those of the channels' mean. Always float32.

    After the moment normalisation of Casey 1970, IBM Journal of Research and Development 14(5).
    """

    def forward(self, pictures: Tensor) -> Tensor:
        """Return the upright pictures, of the same shape."""
        with torch.autocast(pictures.device.type, enabled=False):
            ink = pictures.float()
            grey = ink if ink.shape[1] == 1 else ink.mean(1, keepdim=True)
            return functional.grid_sample(ink, _places(grey), align_corners=True)


def _places(ink: Tensor) -> Tensor:
    """Return where each pixel is read, (n, h, w, 2); the picture's corners are -1 and 1."""
    height, width = ink.shape[2:]
    one = ink * 0 + 1
    y, x = one.cumsum(2) - (height + 1) / 2, one.cumsum(3) - (width + 1) / 2
    mass = _total(ink) + TINY
    centre_y, centre_x = _total(ink * y) / mass, _total(ink * x) / mass
    down, across = ink * (y - centre_y), x - centre_x
    spread = _total(down * (y - centre_y)) / mass + TINY
    slant = _total(down * across) / mass / spread
    below = y * (spread.sqrt() / (SPREAD * height)).clamp_min(SMALLEST)
    places = [
        (centre_x + x + slant * below) * (2 / (width - 1)),
        (centre_y + below) * (2 / (height - 1)),
    ]
    return torch.cat(places, dim=1).permute(0, 2, 3, 1)


def _total(values: Tensor) -> Tensor:
    return values.sum((2, 3), keepdim=True)
