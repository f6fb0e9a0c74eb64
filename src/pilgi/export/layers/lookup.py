"""Any function of one number, as a table."""

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilgi.export.layers.arithmetic import LOWEST, Bytes, IntegerLayer


@dataclass(frozen=True)
class Lookup(IntegerLayer):
    """y = table[q + 128]."""

    table: NDArray[np.int8]

    def run(self, *values: Bytes) -> Any:
        """Return int8 of the input's shape."""
        return self.table[values[0].astype(np.int64) - LOWEST]

    def constants(self) -> tuple[Any, ...]:
        """Return the members of pilgi_lookup_t."""
        return self.table, prod(self.shape)
