"""The residual net: stages of two-convolution blocks around which the signal takes a shortcut."""

from typing import Annotated, Final

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch import Tensor, nn

from pilgi.learn.methods.entry import STRICT
from pilgi.learn.models.parts import (
    HE_NORMAL,
    RELU,
    ZEROS,
    Activation,
    BiasInitializer,
    Initializer,
    Width,
    activation,
    batch_norm,
)

GATE_BIAS: Final = -2.0
"""A highway's gates start nearly shut, so that a deep net starts out shallow."""


@validated(frozen=True, config=STRICT)
class ResidualOptions:
    """widths: channels of each stage; all but the first halve the picture. depth: blocks a stage.

    highway: gates g = sigmoid(conv x) weigh block against shortcut (Srivastava et al. 2015).
    """

    widths: Annotated[tuple[Width, ...], Field(min_length=1, max_length=4)] = (16, 32, 64)
    depth: Annotated[int, Field(ge=1, le=20)] = 1
    highway: bool = False
    activation: Activation = RELU
    initializer: Initializer = HE_NORMAL
    bias_initializer: BiasInitializer = ZEROS


class Shortcut(nn.Module):
    """y = f(B(x) + S(x)), or f(g B(x) + (1 - g) S(x)) with a highway's gate.

    B: convolution - norm - f - convolution - norm. S: x, or a 1x1 convolution where the shape
    changes.
    """

    def __init__(self, inputs: int, outputs: int, stride: int, options: ResidualOptions) -> None:
        super().__init__()
        same = stride == 1 and inputs == outputs
        self.block = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
            batch_norm(outputs, flat=False),
            activation(options.activation),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False),
            batch_norm(outputs, flat=False),
        )
        self.shortcut = nn.Identity() if same else nn.Conv2d(inputs, outputs, 1, stride, bias=False)
        self.gate = nn.Conv2d(inputs, outputs, 3, stride, 1) if options.highway else None
        self.activation = activation(options.activation)

    def forward(self, x: Tensor) -> Tensor:
        """Return y, (n, outputs, height / stride, width / stride)."""
        through, around = self.block(x), self.shortcut(x)
        if self.gate is None:
            mixed: Tensor = through + around
        else:
            mixed = torch.lerp(around, through, torch.sigmoid(self.gate(x) + GATE_BIAS))
        result: Tensor = self.activation(mixed)
        return result


def residual(options: ResidualOptions, shape: tuple[int, ...], classes: int) -> nn.Sequential:
    """Return stem convolution - stages of shortcuts - global average - z = W h + b."""
    first = options.widths[0]
    stages: list[nn.Module] = [
        nn.Conv2d(shape[0], first, 3, 2, 1, bias=False),
        batch_norm(first, flat=False),
        activation(options.activation),
    ]
    inputs = first
    for stage, width in enumerate(options.widths):
        for block in range(options.depth):
            halves = stage > 0 and block == 0
            stages.append(Shortcut(inputs, width, 2 if halves else 1, options))
            inputs = width
    head = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, classes)]
    return nn.Sequential(*stages, *head)
