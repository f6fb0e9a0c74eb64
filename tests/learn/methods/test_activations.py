import math

import pytest
import torch

from pilgi.learn.methods import ACTIVATIONS

FORMULAS = {
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": math.tanh,
    "relu": lambda x: max(0.0, x),
    "gelu": lambda x: x * (1 + math.erf(x / math.sqrt(2))) / 2,
}


@pytest.mark.parametrize(("name", "formula"), FORMULAS.items())
@pytest.mark.parametrize("x", [-2.0, -0.5, 0.0, 0.5, 2.0])
def test_an_activation_follows_its_formula(name, formula, x):
    entry = ACTIVATIONS[name]
    assert entry.build(entry.Options())(torch.tensor(x)).item() == pytest.approx(
        formula(x), abs=1e-6
    )


def test_every_activation_is_checked_here():
    assert set(FORMULAS) == set(ACTIVATIONS)
