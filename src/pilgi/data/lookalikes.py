"""What no one can tell from a digit once it stands alone: it is neither learnt nor scored as none.

A lone straight stroke is a 1 where it stands. Its lean and its width for its length come from the
second moments of its ink; where the border lies was measured on 28x28 ink (`docs/log.md`):

- **lean.** Slashes on paper lean by 18 to 57 degrees (2.5th to 99th percentile). 1s that are a
  straight stroke lean by at most 14 on paper, 34 on tablets (95 % of them), but MNIST's go on to
  44 (99 %): leaning alone makes a slash only beyond what nearly all hands give their 1s.
- **width.** A slash is long for its pen: 59 of 100 are thinner than a tenth of their length, of
  MNIST's 1s 2 of 100, of those on paper and on tablets fewer. A stroke so thin is a slash from
  20 degrees on, where handwriting's own slant ends.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data.split import Pictures, Split

LOOKALIKES: Final = frozenset("OoDQIilSsZzBbGgq")
"""Letters that no one can tell from a digit once they stand alone."""

SLASH: Final = "/"
UPRIGHT: Final = 20.0
STEEPEST: Final = 40.0
"""Degrees from the vertical: a thin stroke up to the first, any stroke up to the second is a 1."""

THIN: Final = 0.1
"""Width over length, each by its standard deviation: no 1 is thinner."""


def without_lookalikes(split: Split) -> Split:
    """Return `split` without what looks like a digit: letters of `LOOKALIKES`, slashes that stand.

    Letters among signs stay: the z of formulas is written to be told from a 2, with a bar, a hook
    or sharp corners (most are; the others are too few to unlearn a 2).
    """
    names = np.array(split.classes)[split.labels]
    if SLASH not in split.classes:
        return split.take(np.flatnonzero(~np.isin(names, list(LOOKALIKES))))
    alike = names == SLASH
    alike[alike] = stands(split.images[alike])
    return split.take(np.flatnonzero(~alike))


def stands(images: Pictures) -> NDArray[np.bool_]:
    """Say of each picture of one straight stroke, (n, height, width), whether it reads as a 1.

    Either way counts as leaning; see above for where the border lies.
    """
    lean, width = principal_axis(images)
    found: NDArray[np.bool_] = np.abs(lean) <= np.where(width < THIN, UPRIGHT, STEEPEST)
    return found


def principal_axis(images: Pictures) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how the ink of each picture leans, and its width over its length.

    lean: degrees from the vertical to the axis of the largest second moment, (n,), positive to the
    right: lean = atan2(-2 s_xy, s_yy - s_xx) / 2. The two extents are the roots of the moments'
    eigenvalues. A blank picture leans by 0 and is as wide as long.
    """
    ink = images.astype(np.float64)
    rows, columns = np.arange(images.shape[1])[:, None], np.arange(images.shape[2])
    total = np.maximum(ink.sum((1, 2)), 1)

    def mean(of: NDArray[Any]) -> NDArray[np.float64]:
        averaged: NDArray[np.float64] = (ink * of).sum((1, 2)) / total
        return averaged

    y, x = rows - mean(rows)[:, None, None], columns - mean(columns)[:, None, None]
    tall, wide, mixed = mean(y * y), mean(x * x), mean(x * y)
    lean = np.degrees(np.arctan2(-2 * mixed, tall - wide) / 2)
    spread, apart = tall + wide, np.hypot(tall - wide, 2 * mixed)
    ratio = np.sqrt(np.maximum(spread - apart, 0) / np.maximum(spread + apart, 1e-12))
    return lean, np.where(images.any((1, 2)), ratio, 1.0)
