"""The CRNN: convolutions look, an LSTM reads along the line, CTC says where digits are."""

from itertools import pairwise
from typing import Annotated, Final

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch import Tensor, nn

from pilgi.errors import RecipeError
from pilgi.learn.methods.entry import STRICT
from pilgi.learn.models.lstm import Recurrent
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

HALVES: Final = ((2, 2), (2, 1))
"""How the line is halved after the two convolutions of `pools`: both ways, then in height alone."""

Index = Annotated[int, Field(ge=0, lt=32)]


@validated(frozen=True, config=STRICT)
class CrnnOptions:
    """widths: channels of the convolutions, four or more. hidden: LSTM units of each direction.

    pools: after which of them, counted from 0, the line is halved: both ways, then in height alone.
    emissions: answers for each four columns of the line; 2 tells narrow neighbours apart.
    """

    widths: Annotated[tuple[Width, ...], Field(min_length=4)] = (32, 48, 96, 128)
    pools: tuple[Index, Index] = (1, 2)
    hidden: Annotated[int, Field(gt=0, le=4096)] = 64
    emissions: Annotated[int, Field(ge=1, le=4)] = 2
    activation: Activation = RELU
    initializer: Initializer = HE_NORMAL
    bias_initializer: BiasInitializer = ZEROS


class Columns(nn.Module):
    """(n, channels, 1, t) -> (n, t, channels): a column a step."""

    def forward(self, x: Tensor) -> Tensor:
        """Return the line's columns, from left to right."""
        return x.squeeze(2).transpose(1, 2)


class Beside(nn.Module):
    """(n, t, inputs) -> (n, t, inputs + 2 hidden): the columns, and beside them what is read.

    The columns alone already say which digit stands there, so the convolutions learn from the
    first step on, before the LSTM has learnt to pass anything back to them.
    """

    def __init__(self, inputs: int, hidden: int) -> None:
        super().__init__()
        self.recurrent = Recurrent(inputs, hidden, bidirectional=True)

    def forward(self, x: Tensor) -> Tensor:
        """Return each column with both directions' outputs there."""
        return torch.cat([x.float(), self.recurrent(x)], dim=2)


class Emissions(nn.Module):
    """(n, t, emissions answers) -> (n, emissions t, answers)."""

    def __init__(self, answers: int) -> None:
        super().__init__()
        self.answers = answers

    def forward(self, x: Tensor) -> Tensor:
        """Return each step's answers one after another."""
        return x.reshape(x.shape[0], -1, self.answers)


def crnn(options: CrnnOptions, shape: tuple[int, ...], classes: int) -> nn.Sequential:
    """Return convolutions - columns - LSTM in both directions - z, (n, t, classes + 1), blank last.

    Convolutions of 3x3, the first with stride 2, those of `pools` with pools 2x2 and 2x1, then one
    that spans the height that is left and three columns: t = emissions width / 4. Any width of
    the line will do. The last layer sees the columns themselves too, beside the LSTM's answers.
    Raises RecipeError where the picture is not at least 8 high, or `pools` are no two convolutions.
    """
    left = shape[1] // 8
    if not left:
        raise RecipeError(f"model=crnn reads lines at least 8 pixels high, not {shape[1]}")
    pools, stages = _pools(options), list[nn.Module]()
    for at, (inputs, outputs) in enumerate(pairwise((shape[0], *options.widths))):
        stride, pool = 1 if stages else 2, pools.get(at)
        stages.append(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False))
        stages += [batch_norm(outputs, flat=False), *([nn.MaxPool2d(pool)] if pool else [])]
        stages.append(activation(options.activation))
    last, answers = options.widths[-1], classes + 1
    whole = nn.Conv2d(last, last, (left, 3), padding=(0, 1), bias=False)
    dense = nn.Linear(last + 2 * options.hidden, options.emissions * answers)
    return nn.Sequential(
        *stages,
        whole,
        batch_norm(last, flat=False),
        activation(options.activation),
        Columns(),
        Beside(last, options.hidden),
        dense,
        Emissions(answers),
    )


def _pools(options: CrnnOptions) -> dict[int, tuple[int, int]]:
    count, asked = len(options.widths), list(options.pools)
    if len(set(asked)) < len(HALVES) or max(asked) >= count:
        raise RecipeError(
            f"model.pools={asked}: name two of the {count} convolutions, counted from 0"
        )
    return dict(zip(sorted(asked), HALVES, strict=True))
