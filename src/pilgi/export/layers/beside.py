"""The channels of two tensors side by side."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pilgi.export.layers.arithmetic import Bytes, IntegerLayer


@dataclass(frozen=True)
class IntegerBeside(IntegerLayer):
    """y = [q, q']: each channel keeps its scale, which the next layer's weights take in."""

    channels: tuple[int, int]

    def run(self, *values: Bytes) -> Any:
        """Return int8 (n, h, w, c + c')."""
        return np.concatenate(values, axis=3)

    def constants(self) -> tuple[Any, ...]:
        """Return the members of pilgi_beside_t."""
        return (self.shape[1], *self.channels)
