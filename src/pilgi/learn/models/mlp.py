"""The multilayer perceptron: linear layers with an activation between them."""

from pydantic.dataclasses import dataclass as validated
from torch import nn

from pilgi.learn.methods.entry import STRICT
from pilgi.learn.models.parts import (
    HE_NORMAL,
    RELU,
    ZEROS,
    Activation,
    BiasInitializer,
    Initializer,
    Place,
    Share,
    Width,
    dense_stages,
)


@validated(frozen=True, config=STRICT)
class MlpOptions:
    """widths: the hidden layers' units, from input to output; () is softmax regression.

    dropout: the share of each hidden layer's units silenced in training; dropout_place: before or
    after the activation.
    """

    widths: tuple[Width, ...] = (256, 256)
    activation: Activation = RELU
    initializer: Initializer = HE_NORMAL
    bias_initializer: BiasInitializer = ZEROS
    batch_norm: bool = False
    dropout: Share = 0.0
    dropout_place: Place = "after"


def mlp(options: MlpOptions, shape: tuple[int, ...], classes: int) -> nn.Sequential:
    """Return h_i = dropout(f(norm(W_i h_(i-1) + b_i))) for each width, then z = W h + b."""
    channels, height, width = shape
    widths = (channels * height * width, *options.widths)
    return nn.Sequential(
        nn.Flatten(), *dense_stages(widths, options), nn.Linear(widths[-1], classes)
    )
