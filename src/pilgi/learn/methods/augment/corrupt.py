"""Corruption: what goes wrong between a hand and a recognizer, learnt by its families."""

from typing import Annotated, Final

import numpy as np
import torch
from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch import Generator, Tensor

from pilgi.data.corruptions import CORRUPTIONS, FAMILIES, Corruption, Family
from pilgi.data.split import Pictures
from pilgi.learn.methods.augment.transform import Share, Transform, of_share
from pilgi.learn.methods.entry import STRICT

EVERY: Final[tuple[Family, ...]] = FAMILIES


@validated(frozen=True, config=STRICT)
class CorruptOptions:
    """share: of the pictures that are corrupted. families: whose corruptions are drawn from."""

    share: Share = 0.5
    families: Annotated[tuple[Family, ...], Field(min_length=1)] = EVERY


def corrupt(options: CorruptOptions) -> Transform:
    """Return x, or with probability `share` k(x): k one of the families' corruptions.

    Every corruption is as likely, and so is each of its levels up to the usual one. They are the
    numpy functions that score a recognizer, `pilgi.data.corruptions`, a picture at a time on the
    CPU: 0.2 ms each. Every channel is corrupted alike. The target stays.
    """
    kinds = [each for each in CORRUPTIONS.values() if each.family in options.families]

    def change(pictures: Tensor, generator: Generator) -> Tensor:
        seeds = torch.randint(2**62, (len(pictures),), generator=generator).tolist()
        before = pictures.mul(255).round().byte().cpu().numpy()
        after = [_corrupted(each, kinds, seed) for each, seed in zip(before, seeds, strict=True)]
        return torch.from_numpy(np.stack(after)).to(pictures.device, pictures.dtype) / 255

    return of_share(options.share, change)


def _corrupted(channels: Pictures, kinds: list[Corruption], seed: int) -> Pictures:
    """Return (channels, height, width) after one corruption at one level, drawn from the seed."""
    drawn = np.random.default_rng(seed)
    kind = kinds[drawn.integers(len(kinds))]
    level = kind.levels[drawn.integers(kind.usual)]
    again = int(drawn.integers(2**62))
    return np.stack(
        [kind.apply(channel, level, np.random.default_rng(again)) for channel in channels]
    )
