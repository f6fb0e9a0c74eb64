"""Whitening: a first convolution that is computed from the pictures instead of learnt."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from pilgi.errors import RecipeError

SAMPLE = 500
"""So many pictures settle 25 x 25 covariances to the third digit, in five milliseconds."""


class Whitening(nn.Conv2d):
    """y = S V^T (p - mean) and -y: p a patch, V its leading principal components.

    S scales each to variance 1. Half the filters are components, the other half the same with
    the other sign, so that a rectifier after them loses nothing. They are fixed: no gradient is
    ever made for the first, largest layer, and what follows starts from decorrelated inputs.

    Coates, Lee and Ng 2011, AISTATS; with both signs Jordan 2024, airbench.
    """

    def __init__(self, inputs: int, filters: int, kernel: int, stride: int, padding: int) -> None:
        if filters % 2 or filters // 2 > inputs * kernel**2:
            raise RecipeError(
                f"model.blocks: a whitening block has two filters a principal component of its "
                f"patches: an even number up to {2 * inputs * kernel**2}, not {filters}"
            )
        super().__init__(inputs, filters, kernel, stride, padding)
        self.margin = padding
        self.requires_grad_(False)

    @torch.no_grad()
    def fit(self, pictures: Tensor) -> None:
        """Take the components of `pictures` (n, channels, height, width), scaled as in training."""
        mean, axes, variances = principal_components(self._patches(pictures))
        count = self.out_channels // 2
        # Where a component hardly varies (a margin always blank) its noise is not blown up.
        floor = 1e-3 * variances[0].clamp_min(1e-3)
        scaled = (axes[:count] / (variances[:count, None] + floor).sqrt()).float()
        both = torch.cat([scaled, -scaled])
        self.weight.copy_(both.view_as(self.weight))
        if self.bias is not None:
            self.bias.copy_(-both @ mean.float())

    def _patches(self, pictures: Tensor) -> Tensor:
        columns = functional.unfold(
            pictures, self.kernel_size, padding=self.margin, stride=self.stride
        )
        return columns.transpose(1, 2).flatten(0, 1)


def principal_components(rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return the mean (d,), the axes (d, d) row by row and their variances (d,), largest first.

    rows: (n, d). Axes point where their largest weight is positive; float64.
    """
    rows = rows.cpu().double()
    mean = rows.mean(0)
    centred = rows - mean
    variances, columns = torch.linalg.eigh(centred.T @ centred / len(rows))
    axes = columns.T.flip(0)
    largest = axes.gather(1, axes.abs().argmax(1, keepdim=True))
    return mean, axes * largest.sign(), variances.flip(0).clamp_min(0)
