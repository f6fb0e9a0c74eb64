"""The LSTM: a picture read row after row, as a text is read word after word."""

from typing import Annotated

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch import Tensor, nn

from pilgi.learn.methods import INITIALIZERS
from pilgi.learn.methods.entry import STRICT, pick
from pilgi.learn.models.parts import ZEROS, BiasInitializer, Initializer

ORTHOGONAL = pick(INITIALIZERS, "orthogonal")


@validated(frozen=True, config=STRICT)
class LstmOptions:
    """hidden: units of each direction. bidirectional: also read from the bottom upwards."""

    hidden: Annotated[int, Field(gt=0, le=4096)] = 96
    bidirectional: bool = False
    initializer: Initializer = ORTHOGONAL
    bias_initializer: BiasInitializer = ZEROS


class Recurrent(nn.Module):
    """h_t of an LSTM for each of (n, t, inputs), (n, t, hidden), or both directions' side by side.

    i, f, o = sigmoid(W x + U h + b), g = tanh(W x + U h + b), one W, U, b each; c = f c + i g;
    h = o tanh(c). Always float32: sums over a hundred steps lose too much in bfloat16.
    """

    def __init__(self, inputs: int, hidden: int, *, bidirectional: bool) -> None:
        super().__init__()
        self.lstm = nn.LSTM(inputs, hidden, batch_first=True, bidirectional=bidirectional)

    def forward(self, x: Tensor) -> Tensor:
        """Return the outputs of every step."""
        with torch.autocast(x.device.type, enabled=False):
            outputs: Tensor = self.lstm(x.float())[0]
        return outputs


class Rows(nn.Module):
    """(n, channels, height, width) -> (n, height, channels width): a row a step."""

    def forward(self, x: Tensor) -> Tensor:
        """Return the picture's rows, top first."""
        return x.transpose(1, 2).flatten(2)


class Ends(nn.Module):
    """(n, t, hidden) -> (n, hidden): what a direction knows when it has read everything."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.hidden = hidden

    def forward(self, x: Tensor) -> Tensor:
        """Return the last step's forward half and the first step's backward half."""
        return torch.cat([x[:, -1, : self.hidden], x[:, 0, self.hidden :]], dim=1)


def lstm(options: LstmOptions, shape: tuple[int, ...], classes: int) -> nn.Sequential:
    """Return rows - LSTM - its last state - z = V h + d."""
    recurrent = Recurrent(shape[0] * shape[2], options.hidden, bidirectional=options.bidirectional)
    directions = 2 if options.bidirectional else 1
    dense = nn.Linear(directions * options.hidden, classes)
    return nn.Sequential(Rows(), recurrent, Ends(options.hidden), dense)
