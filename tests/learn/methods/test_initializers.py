"""Each initializer's distribution, measured."""

import math

import pytest
import torch

from pilgi.learn.methods import INITIALIZERS

N_IN, N_OUT = 400, 300
STD = {
    "normal": 1.0,
    "truncated_normal": 0.8796,
    "fan_in_uniform": math.sqrt(1 / (3 * N_IN)),
    "xavier": math.sqrt(1 / N_IN),
    "orthogonal": math.sqrt(1 / N_IN),
    "glorot_uniform": math.sqrt(2 / (N_IN + N_OUT)),
    "glorot_normal": math.sqrt(2 / (N_IN + N_OUT)),
    "he_normal": math.sqrt(2 / N_IN),
    "he_uniform": math.sqrt(2 / N_IN),
}


def filled(name: str, shape: tuple[int, ...] = (N_OUT, N_IN), seed: int = 0) -> torch.Tensor:
    entry, weight = INITIALIZERS[name], torch.empty(shape)
    entry.build(entry.Options())(weight, torch.Generator().manual_seed(seed))
    return weight


@pytest.mark.parametrize(("name", "std"), STD.items())
def test_the_spread_is_what_the_formula_says(name, std):
    weight = filled(name)
    assert weight.std().item() == pytest.approx(std, rel=0.01)
    assert weight.mean().abs().item() < 0.02 * std


@pytest.mark.parametrize("name", STD)
def test_the_generator_decides_the_draw(name):
    assert torch.equal(filled(name), filled(name))
    assert not torch.equal(filled(name), filled(name, seed=1))


def test_truncated_normal_has_no_tails():
    assert filled("truncated_normal").abs().max() <= 2


def test_a_convolution_counts_its_kernel_as_inputs():
    weight = filled("he_normal", (500, 16, 5, 5))
    assert weight.std().item() == pytest.approx(math.sqrt(2 / (16 * 25)), rel=0.01)


def test_constant_is_the_same_everywhere():
    entry, weight = INITIALIZERS["constant"], torch.empty(3, 2)
    entry.build(entry.Options(value=0.1))(weight, torch.Generator())
    assert torch.equal(weight, torch.full((3, 2), 0.1))


@pytest.mark.parametrize("shape", [(20, 30), (30, 20)])
def test_orthogonal_keeps_lengths(shape):
    weight = filled("orthogonal", shape)
    short = weight if shape[0] < shape[1] else weight.T
    assert torch.allclose(short @ short.T, torch.eye(20), atol=1e-5)


def test_zeros_are_zeros():
    assert not filled("zeros").any()
