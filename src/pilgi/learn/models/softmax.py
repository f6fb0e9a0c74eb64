"""Softmax regression: one linear layer, the straight line among recognizers."""

from pydantic.dataclasses import dataclass as validated
from torch import nn

from pilgi.learn.methods.entry import STRICT
from pilgi.learn.models.parts import ZEROS, BiasInitializer, Initializer


@validated(frozen=True, config=STRICT)
class SoftmaxOptions:
    """initializer, bias_initializer: how weights and biases start."""

    initializer: Initializer = ZEROS
    bias_initializer: BiasInitializer = ZEROS


def softmax(options: SoftmaxOptions, shape: tuple[int, ...], classes: int) -> nn.Sequential:
    """Return z = W x + b over the picture's pixels; the loss applies the softmax."""
    del options
    channels, height, width = shape
    return nn.Sequential(nn.Flatten(), nn.Linear(channels * height * width, classes))
