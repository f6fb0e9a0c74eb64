import math

import pytest
import torch

from pilgi.learn.methods import ACTIVATIONS

SELU = (1.0507009873554805, 1.6732632423543772)
FORMULAS = {
    "step": lambda x: 1.0 if x > 0 else 0.0,
    "leaky_relu": lambda x: x if x > 0 else 0.1 * x,
    "elu": lambda x: x if x > 0 else math.exp(x) - 1,
    "selu": lambda x: SELU[0] * (x if x > 0 else SELU[1] * (math.exp(x) - 1)),
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": math.tanh,
    "relu": lambda x: max(0.0, x),
    "gelu": lambda x: x * (1 + math.erf(x / math.sqrt(2))) / 2,
    "silu": lambda x: x / (1 + math.exp(-x)),
}


@pytest.mark.parametrize(("name", "formula"), FORMULAS.items())
@pytest.mark.parametrize("x", [-2.0, -0.5, 0.0, 0.5, 2.0])
def test_an_activation_follows_its_formula(name, formula, x):
    entry = ACTIVATIONS[name]
    assert entry.build(entry.Options())(torch.tensor(x)).item() == pytest.approx(
        formula(x), abs=1e-6
    )


def test_every_activation_is_checked_here():
    assert {*FORMULAS, "maxout"} == set(ACTIVATIONS)


@pytest.mark.parametrize("shape", [(2, 6), (2, 6, 3, 3)], ids=["vectors", "pictures"])
def test_maxout_is_the_largest_of_its_pieces(shape):
    entry, x = ACTIVATIONS["maxout"], torch.randn(shape)
    largest = entry.build(entry.Options(pieces=3))(x)
    assert torch.equal(largest[:, 0], x[:, 0:3].amax(1))
    assert torch.equal(largest[:, 1], x[:, 3:6].amax(1))


def test_nothing_learns_before_a_step():
    entry, x = ACTIVATIONS["step"], torch.ones(3, requires_grad=True)
    assert not entry.build(entry.Options())(x).requires_grad
