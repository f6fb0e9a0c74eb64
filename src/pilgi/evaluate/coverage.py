"""What declining buys: the accuracy of those answered when the least sure are not."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

SHARES: Final = (0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)


@dataclass(frozen=True)
class Balance:
    """A threshold and what comes of it.

    min_confidence: what is less sure is declined; declined: the share of all pictures that is;
    errors, n: the wrong answers among those given, and how many are given.
    """

    min_confidence: float
    declined: float
    errors: int
    n: int

    @property
    def accuracy(self) -> float:
        """The fraction of the given answers that are right."""
        return (self.n - self.errors) / self.n


def balances(confidence: Floats, right: NDArray[np.bool_]) -> tuple[Balance, ...]:
    """Return the risk-coverage curve at `SHARES` of pictures declined, the least sure first.

    confidence, right: (n,). A share that is less than one picture is left out.
    El-Yaniv and Wiener 2010, JMLR 11.
    """
    order = np.argsort(confidence, kind="stable")
    wrong = np.cumsum(~right[order][::-1])[::-1]
    counts = sorted({int(share * len(order)) for share in SHARES})
    return tuple(
        Balance(
            float(confidence[order[count]]),
            count / len(order),
            int(wrong[count]),
            len(order) - count,
        )
        for count in counts
    )
