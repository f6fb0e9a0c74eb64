"""What is left of a crop, in the ink spec's size and place: the whole batch at once.

The spec itself (`pilgi.ink.geometry`) is in integers and takes one picture; this is its like for
training: the same box, size and centre, read bilinearly.
"""

from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from pilgi.learn.methods.augment.warps import affine_grid

LEVEL: Final = 0.05
"""Ink at least this bright belongs to the box."""


def placed(canvas: Tensor, side: int) -> Tensor:
    """Return (n, channels, side, side): the ink of `canvas`, (n, channels, size, size).

    The box of its ink is scaled so that the longer side is 20/28 of `side`, the centre of mass
    moves to the middle as far as the box stays inside, and the peak becomes 1. No ink gives zeros.
    """
    ink = canvas.amax(1)
    maps = [_axis(ink, boxes(ink), axis, side) for axis in (1, 0)]
    (x_zoom, x_shift), (y_zoom, y_shift) = maps
    still = torch.zeros_like(x_zoom)
    rows = torch.stack([x_zoom, still, x_shift, still, y_zoom, y_shift], 1).view(-1, 2, 3)
    found = functional.grid_sample(canvas, affine_grid(rows, side, side), align_corners=False)
    return (found / found.amax((1, 2, 3), keepdim=True).clamp(min=LEVEL)).clamp(max=1)


def boxes(ink: Tensor) -> Tensor:
    """Return (n, 2, 2): the first row and column, and the ones past the last, that hold ink.

    ink: (n, height, width). A blank picture's box is the whole picture.
    """
    found = []
    for axis in (2, 1):
        held = ink.amax(axis) >= LEVEL
        length = held.shape[1]
        forward = torch.arange(length, device=ink.device)
        last = torch.where(held, forward + 1, 0).amax(1)
        first = torch.where(held, forward, length).amin(1)
        found.append(torch.stack([first % length, torch.where(last > 0, last, length)], 1))
    return torch.stack(found, 2)


def _axis(ink: Tensor, box: Tensor, axis: int, side: int) -> tuple[Tensor, Tensor]:
    """Return zoom and shift of one axis, as `affine_grid` takes them: from output to canvas."""
    size, inner = ink.shape[1], round(side * 20 / 28)
    zoom = (box[:, 1] - box[:, 0]).amax(1) / inner
    start, length = box[:, 0, axis], (box[:, 1] - box[:, 0])[:, axis] / zoom
    mass = ink.sum(2 - axis)
    places = torch.arange(size, device=ink.device, dtype=ink.dtype)
    centre = (mass @ places) / mass.sum(1).clamp(min=LEVEL)
    middle = (centre - start + 0.5) / zoom - 0.5
    top = torch.minimum((side / 2 - middle).round().clamp(min=0), (side - length).floor())
    # Where the output's middle lies on the canvas, in units of half a canvas from its own middle.
    return zoom * (side / size), ((side / 2 - top) * zoom + start) * (2 / size) - 1
