"""How much of a target each class is, told from the answers of a net that is often wrong there."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.recognizer import Recognizer, softmax

ROUNDS: Final = 50
ABSENT: Final = 0.02
"""A class whose estimate is less than this of an equal share is taken for missing: low, for a net
may take nearly all of a class for another one, and a class that is there must not be given up."""

BELIEVED: Final = 0.3
"""How much of the estimate is believed, the rest being equal shares of the classes that are there:
a net that takes 1s for 7s finds many 7s."""


def shares_of(recognizer: Recognizer, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the share of each class, float32 (classes,), which sum to 1.

    EM for label shift, r_k <- mean_x r_k p_k(x) / sum_j r_j p_j(x), then `BELIEVED` of the way from
    equal shares to it.
    Saerens, Latinne, Decaestecker 2002, Neural Computation 14.
    """
    likely = softmax(recognizer.logits(images), recognizer.metadata.temperature).astype(np.float64)
    classes = likely.shape[1]
    found = np.full(classes, 1 / classes)
    for _ in range(ROUNDS):
        weighed = likely * found
        found = (weighed / weighed.sum(axis=1, keepdims=True)).mean(axis=0)
    there = found >= ABSENT / classes
    mixed = np.where(there, BELIEVED * found + (1 - BELIEVED) / there.sum(), 0)
    shares: NDArray[np.float32] = (mixed / mixed.sum()).astype(np.float32)
    return shares
