"""torch's optimizers behind our names, held to the equations in their docstrings."""

import sys

import pytest
import torch

from pilgi.learn.methods import OPTIMIZERS
from pilgi.learn.methods.optimizers.orthogonal import orthogonalized


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


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_it_learns_without_torch_s_compiler(name, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch._dynamo", None)
    assert trajectory(name) < 1


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


def test_adagrad_follows_its_equation():
    w, h = 1.0, 0.0
    for _ in range(5):
        h += w * w
        w -= 0.1 * w / (h**0.5 + 1e-10)
    assert trajectory("adagrad", learning_rate=0.1).item() == pytest.approx(w, rel=1e-5)


def test_rmsprop_follows_its_equation():
    w, h = 1.0, 0.0
    for _ in range(5):
        h = 0.9 * h + 0.1 * w * w
        w -= 0.01 * w / (h**0.5 + 1e-8)
    assert trajectory("rmsprop", learning_rate=0.01).item() == pytest.approx(w, rel=1e-5)


def test_adamw_decays_apart_from_the_gradient():
    plain = trajectory("adam", steps=1, learning_rate=0.1)
    decayed = trajectory("adamw", steps=1, learning_rate=0.1, weight_decay=0.5)
    assert decayed.item() == pytest.approx(plain.item() - 0.1 * 0.5, rel=1e-5)


def test_lion_follows_its_equation():
    w, m = 1.0, 0.0
    for _ in range(5):
        gradient = w
        way = 0.9 * m + 0.1 * gradient
        w = w * (1 - 0.1 * 0.5) - 0.1 * ((way > 0) - (way < 0))
        m = 0.99 * m + 0.01 * gradient
    decayed = trajectory("lion", learning_rate=0.1, weight_decay=0.5)
    assert decayed.item() == pytest.approx(w, rel=1e-5)


def test_lion_moves_every_weight_by_the_same():
    weights = torch.tensor([[1.0, 10.0, -0.001]], requires_grad=True)
    before = weights.detach().clone()
    entry = OPTIMIZERS["lion"]
    lion = entry.build(entry.Options(learning_rate=0.1), [{"params": [weights]}])
    weights.square().sum().backward()
    lion.step()
    assert torch.allclose((weights.detach() - before).abs(), torch.full((1, 3), 0.1))


def test_muon_s_matrix_steps_have_singular_values_of_about_one():
    matrix = torch.randn(8, 20, generator=torch.Generator().manual_seed(0))
    for shape in (matrix, matrix.T):
        values = torch.linalg.svdvals(orthogonalized(shape))
        assert values.min() > 0.5
        assert values.max() < 1.3


def test_muon_s_matrix_steps_keep_the_singular_vectors():
    matrix = torch.randn(8, 20, generator=torch.Generator().manual_seed(0))
    left, _, right = torch.linalg.svd(matrix, full_matrices=False)
    for given, found in (
        (matrix, left.T @ orthogonalized(matrix) @ right.T),
        (matrix.T, right @ orthogonalized(matrix.T) @ left),
    ):
        assert torch.allclose(found, found.diagonal().diag(), atol=1e-4), given.shape


def test_muon_decays_its_matrices_apart_from_their_gradient():
    weights = [torch.ones(3, 3, requires_grad=True) for _ in range(3)]
    for weight in weights:
        weight.grad = torch.zeros_like(weight)
    entry = OPTIMIZERS["muon"]
    options = entry.Options(learning_rate=0.1, matrix_rate=0.5)
    entry.build(options, [{"params": weights, "weight_decay": 0.2}]).step()
    assert torch.allclose(weights[1], torch.full((3, 3), 1 - 0.1 * 0.5 * 0.2))


def test_muon_s_first_and_last_layer_and_biases_go_by_nesterov():
    def moved(name):
        weights = [torch.ones(3, 3, requires_grad=True) for _ in range(3)]
        bias = torch.ones(3, requires_grad=True)
        entry = OPTIMIZERS[name]
        groups = [{"params": weights}, {"params": [bias]}]
        optimizer = entry.build(entry.Options(learning_rate=0.1), groups)
        (sum(w.square().sum() for w in weights) + bias.square().sum()).backward()
        optimizer.step()
        return [weight.detach() for weight in (*weights, bias)]

    muon, nesterov = moved("muon"), moved("nesterov")
    same = [torch.allclose(a, b) for a, b in zip(muon, nesterov, strict=True)]
    assert same == [True, False, True, True]


def test_every_optimizer_goes_down_a_narrow_valley():
    for name in OPTIMIZERS:
        weight = torch.tensor([1.0, 1.0], requires_grad=True)
        entry = OPTIMIZERS[name]
        optimizer = entry.build(entry.Options(learning_rate=0.02), [{"params": [weight]}])
        for _ in range(300):
            optimizer.zero_grad()
            (10 * weight[0] ** 2 + weight[1] ** 2).backward()
            optimizer.step()
        assert 10 * weight[0] ** 2 + weight[1] ** 2 < 11 / 4, name
