"""Which method: by held-back labels where there are enough, else by what needs no label.

Without labels a net is judged on pictures held back by whether it says the same of a picture seen
in other ways, and whether it still finds every class:

    c = mean_x mean_v p(v(x))[argmax p(x)] - KL(mean_x p(x) || r)

over strong views v; r the shares of the classes. The first term is high where boundaries run
between clusters, the second low where clusters were taken for each other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor

from pilgi.data.partly_labelled import UNKNOWN
from pilgi.data.split import Pictures
from pilgi.learn import rng
from pilgi.learn.adapt import memory
from pilgi.learn.adapt.entry import Setting, Weights
from pilgi.learn.adapt.memory import Old
from pilgi.learn.adapt.table import METHODS
from pilgi.learn.adapt.target import ENOUGH, Target
from pilgi.learn.adapt.views import STRONG, seen

KEEP: Final = "none"
"""Nothing is adapted: the weights stay what they were."""

STRANGE: Final = 0.2
"""Labels of which the recognizer answers fewer so are hardly those of its classes."""

VIEWS: Final = 4
MANY: Final = 10
"""Unlabelled pictures for each labelled one, from which on what has no label teaches more."""


@dataclass(frozen=True)
class Candidate:
    """What a method made, as it would be kept.

    value: what it was judged by, see `by`; the highest is chosen. right: of held-back labels.
    """

    method: str
    weights: Weights
    old: Old
    value: float
    right: float | None


@dataclass(frozen=True)
class Chosen:
    """The candidate that was taken, all that were judged, and why, in a sentence."""

    candidate: Candidate
    judged: tuple[Candidate, ...]
    why: str


def choose(setting: Setting, target: Target, *, forget: bool) -> Chosen:
    """Try what fits the target and return the best, or the old weights where none is better."""
    tried = [_stay(setting, target)]
    tried += [
        judged(name, setting, target, METHODS[name].apply(setting), forget=forget)
        for name in _fitting(target)
    ]
    # Of equals the first: the old weights, but after few labels, all of which were learnt.
    ordered = tried[::-1] if _learnt_all(target) else tried
    best = max(ordered, key=lambda each: each.value)
    return Chosen(best, tuple(tried), _why(target, best, tried))


def asked(name: str, setting: Setting, target: Target, *, forget: bool) -> Chosen:
    """Return what the method of that name made, judged beside the old weights."""
    made = judged(name, setting, target, METHODS[name].apply(setting), forget=forget)
    tried = (_stay(setting, target), made)
    return Chosen(made, tried, f"{name}, as asked for: {_figures(target, tried)}")


def judged(
    name: str, setting: Setting, target: Target, weights: Weights, *, forget: bool
) -> Candidate:
    """Return what a method made, blended as far as the old data need it, and what it is worth."""
    weights, old = memory.kept(setting.origin, weights, forget=forget)
    return _valued(name, setting, target, weights, old)


def _stay(setting: Setting, target: Target) -> Candidate:
    weights, old = memory.kept(setting.origin, setting.origin.weights, forget=False)
    return _valued(KEEP, setting, target, weights, old)


def _valued(name: str, setting: Setting, target: Target, weights: Weights, old: Old) -> Candidate:
    right = _right(setting, target, weights)
    value = steadiness(setting, target, weights) if right is None else right
    return Candidate(name, weights, old, value, right)


def _fitting(target: Target) -> Iterator[str]:
    """Yield the methods worth trying: with few labels one alone, for nothing can choose."""
    labelled, rest = target.labelled, len(target.labels) - target.labelled
    if not labelled:
        yield from ("bn", "shot")
    elif labelled >= ENOUGH:
        yield from ("shot", "all")
    else:
        yield "shot" if rest >= MANY * labelled else "all"


def _right(setting: Setting, target: Target, weights: Weights) -> float | None:
    """Return the accuracy on the labels held back, of a few on all, None where there are none."""
    held = target.labels != UNKNOWN if _learnt_all(target) else target.judged()
    if not held.any():
        return None
    classes = setting.origin.classes
    found = memory.answers(setting.origin.network(weights), target.images[held])[:, :classes]
    return float((found.argmax(1).numpy() == target.labels[held]).mean())


def _learnt_all(target: Target) -> bool:
    """Return whether there are labels, and so few that none is held back."""
    return 0 < target.labelled < ENOUGH


def steadiness(setting: Setting, target: Target, weights: Weights) -> float:
    """Return c of the pictures held back, or of all where none is; see the file's head."""
    chosen = target.held if target.held.any() else np.ones(len(target.held), bool)
    network, classes = setting.origin.network(weights), setting.origin.classes
    pictures = target.images[chosen]
    plain = memory.answers(network, pictures)[:, :classes].softmax(1)
    answer = plain.argmax(1, keepdim=True)
    with torch.no_grad():
        views = [network(_view(setting, pictures, number)) for number in range(VIEWS)]
    same = torch.stack([view[:, :classes].softmax(1).gather(1, answer).mean() for view in views])
    return float(same.mean() - _apart(plain.mean(0), setting.shares))


def _view(setting: Setting, pictures: Pictures, number: int) -> Tensor:
    generator = rng.generator(setting.seed, "split", number)
    shown = torch.from_numpy(pictures)[:, None].float() / 255
    return seen(shown, STRONG, generator).contiguous(memory_format=torch.channels_last)


def _apart(mean: Tensor, shares: Tensor) -> Tensor:
    """Return KL(mean p || r) in nats."""
    return (mean * (mean.clamp(min=1e-6) / shares.clamp(min=1e-3)).log()).sum()


def _why(target: Target, best: Candidate, tried: Sequence[Candidate]) -> str:
    """Return in a sentence what was taken and why."""
    named = "the old weights stay" if best.method == KEEP else best.method
    return f"{named}: {_figures(target, tried)}"


def _figures(target: Target, tried: Sequence[Candidate]) -> str:
    """Return what the candidates, the old weights first, were judged by and how they did."""
    figures = ", ".join(f"{each.method} {each.value:.2%}" for each in tried)
    before = tried[0].right
    odd = before is not None and before < STRANGE
    doubt = "; the labels contradict the recognizer: are they right?" if odd else ""
    if _learnt_all(target):
        return (
            f"{target.labelled} labels are too few to hold any back; right on them, "
            f"after learning them: {figures}{doubt}"
        )
    if before is not None:
        return f"right on {int(target.judged().sum()):,} labels held back: {figures}{doubt}"
    return (
        "how much of the answers stays the same when pictures are distorted, and "
        f"every class keeps its share: {figures}"
    )
