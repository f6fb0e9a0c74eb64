"""How likely texts are in lattices, and where a text's places are; see `pilgi.read.alignment`."""

from collections.abc import Iterable
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from pilgi.export.lines.logarithms import NONE, any_of, either
from pilgi.export.lines.search import Text

Lattices = NDArray[np.int64]
"""(views, t, classes + 1), blank last."""


def chances_of(lattices: Lattices, texts: Iterable[Text]) -> dict[Text, int]:
    """Return the logarithm of each text's probability, added up over the views."""
    found: dict[Text, int] = {}
    for _, group in groupby(sorted(set(texts), key=len), key=len):
        same = list(group)
        found.update(zip(same, any_of(_likelihoods(lattices, same)).tolist(), strict=True))
    return found


def _spelt(texts: list[Text], blank: int) -> NDArray[np.int64]:
    """Return texts of one length as labels with blanks around each, (m, 2 n + 1)."""
    spelt = np.full((len(texts), 2 * len(texts[0]) + 1), blank)
    spelt[:, 1::2] = np.array(texts, np.int64).reshape(len(texts), -1)
    return spelt


def _likelihoods(lattices: Lattices, texts: list[Text]) -> NDArray[np.int64]:
    """Return what each text has in each view, (views, m).

    a_t(s) = p_t(l_s) + log2(2^a_(t-1)(s) + 2^a_(t-1)(s - 1) + 2^a_(t-1)(s - 2)), the last where
    l_s is no blank and not the label before.
    """
    labels = _spelt(texts, lattices.shape[2] - 1)
    skips = np.zeros(labels.shape, np.bool_)
    skips[:, 3::2] = labels[:, 3::2] != labels[:, 1:-2:2]
    ways = np.full((len(lattices), *labels.shape), NONE)
    ways[..., 0] = 0
    for step in lattices.swapaxes(0, 1):
        moved = ways.copy()
        moved[..., 1:] = either(ways[..., 1:], ways[..., :-1])
        further = np.where(skips[:, 2:], ways[..., :-2], NONE)
        moved[..., 2:] = either(moved[..., 2:], further)
        ways = moved + step[:, labels]
    return np.asarray(any_of(np.moveaxis(ways[..., -2:], -1, 0)))


def places_of(lattice: NDArray[np.int64], text: Text) -> list[tuple[int, int]]:
    """Return the first and last step of each place on the likeliest path (Viterbi 1967)."""
    if not text:
        return []
    labels = _spelt([text], lattice.shape[1] - 1)[0]
    skips = np.zeros(len(labels), np.bool_)
    skips[3::2] = labels[3::2] != labels[1:-2:2]
    best = np.full(len(labels), NONE)
    best[0] = 0
    came = np.zeros((len(lattice), len(labels)), np.int64)
    for number, step in enumerate(lattice):
        ways = np.full((3, len(labels)), NONE)
        ways[0], ways[1, 1:] = best, best[:-1]
        ways[2, 2:] = np.where(skips[2:], best[:-2], NONE)
        came[number] = ways.argmax(axis=0)
        best = ways.max(axis=0) + step[labels]
    at = len(labels) - 1 - int(best[-2] > best[-1])
    return _ends(came, at, len(text))


def _ends(came: NDArray[np.int64], at: int, count: int) -> list[tuple[int, int]]:
    """Return where the path that ends in state `at` is in each place's state."""
    ends = [(-1, -1)] * count
    for number in range(len(came) - 1, -1, -1):
        if at % 2:
            last = ends[at // 2][1]
            ends[at // 2] = (number, number if last < 0 else last)
        at -= int(came[number, at])
    return ends
