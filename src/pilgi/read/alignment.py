"""How likely a text is in a CTC lattice, over every way to spell it, and where its places are."""

from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi.data.lines.symbols import labels_of

Floats = NDArray[np.float64]

TINY: Final = 1e-300


class View(NamedTuple):
    """One lattice: its probabilities by each step's largest, and the weight that makes up for it.

    So scaled, products over a long line stay above the smallest float.
    """

    steps: Floats
    weight: float


def views_of(lattice: NDArray[np.float32]) -> tuple[list[View], float]:
    """Return the views, their weights by the likeliest of them, and that one's own.

    lattice: float (t, classes + 1) log-probabilities, or (k, t, classes + 1) of k views.
    """
    chances = np.exp(np.asarray(lattice, np.float64))
    chances = chances if chances.ndim == 3 else chances[None]
    peaks = chances.max(axis=2, keepdims=True)
    levels = np.log(peaks).sum(axis=(1, 2))
    weights = np.exp(levels - levels.max()) / len(chances)
    views = [View(*each) for each in zip(chances / peaks, weights.tolist(), strict=True)]
    return views, float(np.exp(levels.max()))


def chances_of(views: list[View], texts: set[str]) -> dict[str, float]:
    """Return the probability of each text; those of one length are worked out together."""
    found: dict[str, float] = {}
    for _, group in groupby(sorted(texts, key=len), key=len):
        same = list(group)
        found.update(zip(same, _likelihoods(views, same).tolist(), strict=True))
    return found


def _spelt(texts: list[str], blank: int) -> NDArray[np.int64]:
    """Return texts of one length as labels with blanks around each, (m, 2 n + 1)."""
    spelt = np.full((len(texts), 2 * len(texts[0]) + 1), blank)
    for row, text in zip(spelt, texts, strict=True):
        row[1::2] = labels_of(text)
    return spelt


def _likelihoods(views: list[View], texts: list[str]) -> Floats:
    """Return the probability of each text, all of one length, over every way to spell it: (m,).

    a_t(s) = p_t(l_s) (a_(t-1)(s) + a_(t-1)(s - 1) + a_(t-1)(s - 2) where l_s is no blank and not
    the label before). Graves et al. 2006, equation 7. Of several views the weighed sum.
    """
    blank = views[0].steps.shape[1] - 1
    labels = _spelt(texts, blank)
    skips = np.zeros(labels.shape)
    skips[:, 2:] = (labels[:, 2:] != labels[:, :-2]) & (labels[:, 2:] != blank)
    ways = np.zeros((len(views), *labels.shape))
    ways[..., 0] = 1.0
    for step in np.stack([view.steps for view in views], axis=1):
        moved = ways.copy()
        moved[..., 1:] += ways[..., :-1]
        moved[..., 2:] += skips[:, 2:] * ways[..., :-2]
        ways = moved * step[:, labels]
    total: Floats = np.array([view.weight for view in views]) @ ways[..., -2:].sum(axis=-1)
    return total


def places_of(steps: Floats, text: str) -> list[tuple[int, int]]:
    """Return the first and last step of each character on the likeliest path (Viterbi 1967)."""
    if not text:
        return []
    labels = _spelt([text], steps.shape[1] - 1)[0]
    chances = np.log(np.maximum(steps[:, labels], TINY))
    skips = np.zeros(len(labels), bool)
    skips[2:] = (labels[2:] != labels[:-2]) & (labels[2:] != steps.shape[1] - 1)
    best = np.full(len(labels), -np.inf)
    best[:2] = chances[0, :2]
    came = np.zeros(chances.shape, np.int64)
    for number in range(1, len(steps)):
        ways = np.full((3, len(labels)), -np.inf)
        ways[0], ways[1, 1:] = best, best[:-1]
        ways[2, 2:] = np.where(skips[2:], best[:-2], -np.inf)
        came[number] = ways.argmax(axis=0)
        best = ways.max(axis=0) + chances[number]
    at = len(labels) - 1 - int(best[-2] > best[-1])
    path = [at]
    for back in came[:0:-1]:
        at -= int(back[at])
        path.append(at)
    taken = np.array(path[::-1])
    found = (np.flatnonzero(taken == 2 * number + 1) for number in range(len(text)))
    return [(int(each[0]), int(each[-1])) for each in found]
