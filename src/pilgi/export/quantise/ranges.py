"""Which range of a tensor's values int8 holds: that in which rounding and clipping err least."""

from typing import Final

import numpy as np

from pilgi.export.graph.floats import Floats
from pilgi.export.layers.arithmetic import HIGHEST, LOWEST, Scale

SAMPLE: Final = 200_000
"""So many values settle an error of which the seventh part of a bit matters."""

SHARES: Final = np.concatenate([np.linspace(0.5, 0.9, 9), np.linspace(0.92, 1, 9)])
"""Of the largest value: where a range may end."""


def scale_of(low: float, high: float) -> Scale:
    """Return step and zero point of a range; 0 is always held exactly, as paper and padding are."""
    low, high = min(low, 0.0), max(high, 0.0)
    step = (high - low) / (HIGHEST - LOWEST) or 1.0
    return Scale(step, int(np.clip(round(LOWEST - low / step), LOWEST, HIGHEST)))


def best_scale(values: Floats) -> Scale:
    """Return the scale with the least squared error of `values` once they are int8."""
    flat = values.ravel()
    sample = flat[:: max(1, flat.size // SAMPLE)]
    low, high = float(flat.min()), float(flat.max())
    found = [scale_of(low * share, high * share) for share in SHARES]
    return min(found, key=lambda scale: _error(sample, scale))


def _error(values: Floats, scale: Scale) -> float:
    whole = (np.rint(values / scale.step) + scale.zero).clip(LOWEST, HIGHEST)
    return float(np.square((whole - scale.zero) * scale.step - values).mean())
