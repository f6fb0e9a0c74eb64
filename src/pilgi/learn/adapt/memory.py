"""What is lost of the old data, and how much of the old weights has to come back for it.

w' = s w_0 + (1 - s) w, s found by halving between 0 and 1: the old data's validation part is
answered at most `ALLOWED` worse, and at s - 2^-`HALVINGS` it was not. Wortsman et al. 2022, Robust
fine-tuning of zero-shot models (WiSE-FT), arXiv:2109.01903.
"""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from pilgi.data import Split
from pilgi.data.split import Pictures
from pilgi.learn.adapt.entry import Weights, unit
from pilgi.learn.adapt.origin import Origin
from pilgi.learn.models import Network

ALLOWED: Final = 0.001
"""A tenth of a point."""

HALVINGS: Final = 5
"""To a 32nd: a coarser share gives more of what was learnt away than the old data need."""

BATCH: Final = 1000


@dataclass(frozen=True)
class Old:
    """The old data: how it was answered before and is now, fractions, and the old weights' share.

    share: 1 where nothing but the old weights keeps what was known. n is 0 where no picture of it
    is at hand: nothing could be measured.
    """

    n: int
    before: float
    after: float
    share: float


def kept(origin: Origin, weights: Weights, *, forget: bool) -> tuple[Weights, Old]:
    """Return the weights, blended with the old ones as far as the old data need it."""
    held = origin.held
    if not held:
        return weights, Old(0, 0.0, 0.0, 0.0)
    before, after = (_accuracy(origin, each, held) for each in (origin.weights, weights))
    n = sum(len(each) for each in held)
    if forget or not forgotten(before, after):
        return weights, Old(n, before, after, 0.0)
    least, share, after = 0.0, 1.0, before
    for _ in range(HALVINGS):
        middle = (least + share) / 2
        found = _accuracy(origin, blend(origin.weights, weights, middle), held)
        if forgotten(before, found):
            least = middle
        else:
            share, after = middle, found
    return blend(origin.weights, weights, share), Old(n, before, after, share)


def forgotten(before: float, after: float) -> bool:
    """Return whether the old data are answered worse than is allowed, two fractions right."""
    return after < before - ALLOWED


def blend(old: Weights, new: Weights, share: float) -> Weights:
    """Return share w_0 + (1 - share) w; counts are w's."""
    return {
        name: torch.lerp(value, old[name], share) if value.is_floating_point() else value
        for name, value in new.items()
    }


def answers(network: Network, images: Pictures) -> Tensor:
    """Return the logits of all outputs, (n, outputs), of uint8 pictures (n, h, w)."""
    network.eval()
    pictures = torch.from_numpy(images)[:, None]
    with torch.no_grad():
        found = [network(unit(part)) for part in torch.split(pictures, BATCH)]
    return torch.cat(found)


def _accuracy(origin: Origin, weights: Weights, held: list[Split]) -> float:
    network, right, n = origin.network(weights), 0, 0
    for split in held:
        found = answers(network, split.images)[:, : origin.classes]
        right += int((found.argmax(1).numpy() == split.labels).sum())
        n += len(split)
    return right / n
