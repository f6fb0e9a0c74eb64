"""A deep net of sigmoid units with one output, written out in numpy.

A net of four examples and some two hundred weights takes tens of microseconds a step so. Forward
h_i = sigmoid(h_(i-1) W_i + b_i); backward, with the loss
L = -mean(y log p + (1 - y) log(1 - p)) and n examples, dz_last = (p - y) / n,
dz_i = (dz_(i+1) W_(i+1)^T) h_i (1 - h_i), dW_i = h_(i-1)^T dz_i, db_i = sum dz_i.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import torch

from pilgi.learn import rng
from pilgi.learn.labs.plane import XOR, Numbers, sigmoid

TARGET: Final = XOR[:, None]


@dataclass(frozen=True)
class Layer:
    """weights (inputs, outputs) and biases (outputs,)."""

    weights: Numbers
    biases: Numbers

    def __call__(self, inputs: Numbers) -> Numbers:
        """Return sigmoid(x W + b), (n, outputs)."""
        return sigmoid(inputs @ self.weights + self.biases)

    def copy(self) -> "Layer":
        """Return one that later steps do not change."""
        return Layer(self.weights.copy(), self.biases.copy())


Net = list[Layer]


def fresh(widths: tuple[int, ...], seed: int) -> Net:
    """Return a net from 2 inputs to 1 output, every weight and bias drawn from normal(0, 1)."""
    net = []
    for number, (inputs, outputs) in enumerate(pairwise((2, *widths, 1))):
        draws = torch.randn(
            inputs + 1, outputs, generator=rng.generator(seed, "weights", number)
        ).double()
        net.append(Layer(draws[:-1].numpy().copy(), draws[-1].numpy().copy()))
    return net


def forward(net: Net, inputs: Numbers) -> list[Numbers]:
    """Return the inputs and every layer's output, h_0 ... h_L."""
    outputs = [inputs]
    for layer in net:
        outputs.append(layer(outputs[-1]))
    return outputs


def descend(net: Net, outputs: list[Numbers], learning_rate: float) -> None:
    """Take one step against the gradient, in place; the module says the equations."""
    slope = (outputs[-1] - TARGET) / len(TARGET)
    for layer, inputs in zip(reversed(net), reversed(outputs[:-1]), strict=True):
        below = (slope @ layer.weights.T) * (inputs * (1 - inputs))
        np.subtract(layer.weights, learning_rate * (inputs.T @ slope), out=layer.weights)
        np.subtract(layer.biases, learning_rate * slope.sum(axis=0), out=layer.biases)
        slope = below


def output(net: Net, points: Numbers) -> Numbers:
    """Return p (n,) of points (n, 2)."""
    return forward(net, points)[-1][:, 0]
