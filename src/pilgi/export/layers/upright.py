"""Upright: slant and size taken out, by moments in whole numbers."""

from dataclasses import dataclass
from math import isqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.export.layers.arithmetic import LOWEST, Bytes, IntegerLayer

STEEPEST: Final = 4 << 16


@dataclass(frozen=True)
class IntegerUpright(IntegerLayer):
    """The picture read at (row, column) of its own moments; I = q + 128, one channel.

    With Y = 2 y - (h - 1), X = 2 x - (w - 1) and sums over all pixels M = sum I, S_y = sum I Y,
    A = M sum I Y^2 - S_y^2, B = M sum I X Y - S_x S_y, in 2^-16 of a pixel:

        size    = max(smallest, 1000 isqrt(2^18 A) 2^7 / (M spread))
        slant   = B / (A >> 16), at most 4 either way; 0 where A < 2^16
        below   = (Y size) >> 1
        row     = 2^15 (S_y + (h - 1) M) / M + below
        column  = 2^15 (S_x + (w - 1) M) / M + 2^15 X + (slant below >> 16)

    and between pixels, bilinearly with eighths of bits f = 0..255 of row and column,
    y = (sum I w + 2^15) >> 16. Quotients are rounded towards zero. Without ink, 0.

    spread: 1000 times the standard deviation wanted, in half pixels, times 2; smallest: 2^-16.
    """

    spread: int
    smallest: int

    def run(self, *values: Bytes) -> Any:
        """Return int8 (n, h, w, 1)."""
        ink = values[0][..., 0].astype(np.int64) - LOWEST
        made = np.stack([self._one(picture) for picture in ink])
        return (made + LOWEST).astype(np.int8)[..., None]

    def _one(self, ink: NDArray[np.int64]) -> NDArray[np.int64]:
        mass = int(ink.sum())
        if not mass:
            return ink
        height, width = ink.shape
        y, x = 2 * np.arange(height)[:, None] - (height - 1), 2 * np.arange(width) - (width - 1)
        down, right = int((ink * y).sum()), int((ink * x).sum())
        tall = mass * int((ink * y * y).sum()) - down * down
        lean = mass * int((ink * x * y).sum()) - right * down
        size = max(self.smallest, 1000 * (isqrt(tall << 18) << 7) // (mass * self.spread))
        slant = 0 if tall >> 16 == 0 else abs(lean) // (tall >> 16) * (1 if lean > 0 else -1)
        below = (y * size) >> 1
        leaning = (max(-STEEPEST, min(STEEPEST, slant)) * below) >> 16
        rows = ((down + (height - 1) * mass) << 15) // mass + below
        columns = ((right + (width - 1) * mass) << 15) // mass + (x << 15) + leaning
        return _between(ink, np.broadcast_to(rows, columns.shape), columns)

    def constants(self) -> tuple[Any, ...]:
        """Return the members of pilgi_upright_t."""
        return (*self.shape[:2], self.spread, self.smallest)


def _between(
    ink: NDArray[np.int64], rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the ink at places in 2^-16 of a pixel, bilinearly; 0 outside."""
    height, width = ink.shape
    around = np.pad(ink, 1)
    top, left = rows >> 16, columns >> 16
    down, right = (rows >> 8) & 255, (columns >> 8) & 255
    total = np.full(rows.shape, 1 << 15, np.int64)
    for lower in (0, 1):
        for later in (0, 1):
            share = (down if lower else 256 - down) * (right if later else 256 - right)
            at = (top + lower + 1).clip(0, height + 1), (left + later + 1).clip(0, width + 1)
            total += share * around[at]
    return total >> 16
