"""torch's optimizers behind our names, held to the equations in their docstrings."""

import pytest
import torch

from pilgi.learn.methods import OPTIMIZERS


def trajectory(name: str, steps: int = 5, **settings: float) -> torch.Tensor:
    """Return the weight after `steps` steps on f(w) = w^2 / 2, whose gradient is w."""
    entry = OPTIMIZERS[name]
    weight = torch.tensor([1.0], requires_grad=True)
    options = entry.Options(**settings)
    group = {"params": [weight], "weight_decay": options.weight_decay}
    optimizer = entry.build(options, [group])
    for _ in range(steps):
        optimizer.zero_grad()
        (weight**2 / 2).sum().backward()
        optimizer.step()
    return weight.detach()


def test_sgd_multiplies_by_one_minus_the_rate_on_a_parabola():
    assert trajectory("sgd", learning_rate=0.1).item() == pytest.approx(0.9**5)


def test_weight_decay_adds_to_the_gradient():
    decayed = trajectory("sgd", learning_rate=0.1, weight_decay=1.0)
    assert decayed.item() == pytest.approx(0.8**5)


def test_momentum_follows_its_equation():
    w, v = 1.0, 0.0
    for _ in range(5):
        v = 0.9 * v + w
        w -= 0.1 * v
    assert trajectory("momentum", learning_rate=0.1).item() == pytest.approx(w)


def test_nesterov_follows_its_equation():
    w, v = 1.0, 0.0
    for _ in range(5):
        v = 0.9 * v + w
        w -= 0.1 * (w + 0.9 * v)
    assert trajectory("nesterov", learning_rate=0.1).item() == pytest.approx(w)


@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_without_momentum_it_is_sgd(name):
    assert torch.equal(trajectory(name, momentum=0.0), trajectory("sgd"))


def test_adam_follows_its_equation():
    w, m, v = 1.0, 0.0, 0.0
    for t in range(1, 6):
        m = 0.9 * m + 0.1 * w
        v = 0.999 * v + 0.001 * w * w
        w -= 0.1 * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)) ** 0.5 + 1e-8)
    assert trajectory("adam", learning_rate=0.1).item() == pytest.approx(w, rel=1e-5)
