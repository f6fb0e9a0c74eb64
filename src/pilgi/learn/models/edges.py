"""Edges: a first layer without weights that tells in which directions ink begins and ends."""

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from pilgi.errors import RecipeError

DIRECTIONS: Final = 8


class Edges(nn.Module):
    """Each channel's slope in eight directions, averaged over 2x2 pixels.

    With d_x and d_y the differences between the neighbours on both sides, the eight are max(0, +-d)
    for d = d_x, d_y, d_x + d_y and d_x - d_y. (n, channels, h, w) -> (n, 8 channels, (h - 2) / 2,
    (w - 2) / 2), rounded down. It stores nothing.

    After the direction features that read digits best before nets learnt their own: Liu, Nakashima,
    Sako and Fujisawa 2003, Pattern Recognition 36.
    """

    def forward(self, pictures: Tensor) -> Tensor:
        """Return the slopes, direction after direction."""
        rows, columns = pictures[:, :, 1:-1], pictures[:, :, :, 1:-1]
        across = rows[:, :, :, 2:] - rows[:, :, :, :-2]
        down = columns[:, :, 2:] - columns[:, :, :-2]
        slopes = torch.cat([across, down, across + down, across - down], dim=1)
        both = torch.cat([slopes, -slopes], dim=1)
        return functional.avg_pool2d(functional.relu(both), 2)


def edges_shape(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape (channels, h, w) after the layer; RecipeError where nothing is left."""
    channels, *sides = shape
    left = tuple((side - 2) // 2 for side in sides)
    if min(left) < 1:
        raise RecipeError(
            f"model.edges leaves nothing of pictures of {sides[0]}x{sides[1]}; leave it out"
        )
    return (DIRECTIONS * channels, *left)
