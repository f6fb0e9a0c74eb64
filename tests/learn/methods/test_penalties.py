import pytest
import torch
from torch import nn

from pilgi.learn.methods import PENALTIES


def penalty(name, **settings):
    entry = PENALTIES[name]
    return entry.build(entry.Options(**settings))


def network():
    layers = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Flatten(), nn.Linear(8, 3))
    with torch.no_grad():
        for weight in layers.parameters():
            weight.copy_(torch.linspace(-1, 1, weight.numel()).view(weight.shape))
    return layers


def weights(layers):
    return [layers[0].weight, layers[3].weight]


@pytest.mark.parametrize("biases", [False, True])
def test_l1_and_l2_follow_their_equations(biases):
    layers = network()
    held = weights(layers) + ([layers[0].bias, layers[3].bias] if biases else [])
    absolute = sum(w.abs().sum() for w in held)
    squares = sum(w.square().sum() for w in held)
    for name, expected in (("l1", 0.1 * absolute), ("l2", 0.05 * squares)):
        charged = penalty(name, strength=0.1, biases=biases).loss(layers)
        assert torch.allclose(charged, expected)


def test_l2_s_gradient_is_the_weight_times_the_strength():
    layers = network()
    penalty("l2", strength=0.1).loss(layers).backward()
    for weight in weights(layers):
        assert torch.allclose(weight.grad, 0.1 * weight.detach(), atol=1e-7)


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_max_norm_shortens_long_rows_and_leaves_short_ones(layout):
    layers = network().to(memory_format=layout)
    before = [weight.detach().flatten(1).clone() for weight in weights(layers)]
    penalty("max_norm", largest=1.5).mend(layers)
    for weight, old in zip(weights(layers), before, strict=True):
        expected = old * (1.5 / old.norm(dim=1, keepdim=True).clamp_min(1.5))
        assert torch.allclose(weight.detach().flatten(1), expected)
    assert any((old.norm(dim=1) > 1.5).any() for old in before)


def test_orthogonality_is_nothing_for_orthogonal_rows():
    layers = nn.Sequential(nn.Linear(6, 4), nn.Linear(4, 6))
    for layer in layers:
        nn.init.orthogonal_(layer.weight)
    assert penalty("orthogonality", strength=1.0).loss(layers) < 1e-6
    with torch.no_grad():
        layers[0].weight.mul_(2)
    assert penalty("orthogonality", strength=1.0).loss(layers).item() == pytest.approx(
        4 * 9, rel=1e-4
    )


def test_every_penalty_does_one_of_the_two():
    for name in PENALTIES:
        made = penalty(name)
        assert (made.loss is None) != (made.mend is None), name
