"""What a transform is: a batch and its targets in, the same shapes out."""

from collections.abc import Callable
from typing import Annotated, Any

import torch
from pydantic import Field
from torch import Generator, Tensor

Transform = Callable[[Tensor, Tensor, Generator], tuple[Tensor, Tensor]]
BuildAugmentation = Callable[[Any], Transform]

Share = Annotated[float, Field(ge=0, le=1)]

Change = Callable[[Tensor, Generator], Tensor]
"""Some pictures in, as many of the same shape out."""


def of_share(share: float, change: Change) -> Transform:
    """Return the transform that changes each picture with probability `share`; targets stay."""

    def transform(pictures: Tensor, targets: Tensor, generator: Generator) -> tuple[Tensor, Tensor]:
        drawn = torch.rand(len(pictures), generator=generator) < share
        chosen = drawn.nonzero()[:, 0].to(pictures.device)
        if not len(chosen):
            return pictures, targets
        found = pictures.clone()
        found[chosen] = change(pictures[chosen], generator)
        return found, targets

    return transform
