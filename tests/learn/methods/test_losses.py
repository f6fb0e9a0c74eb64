import math

import pytest
import torch

from pilgi.learn.methods import LOSSES

LOGITS = torch.tensor([[2.0, 0.0, -1.0], [0.0, 0.0, 0.0]])
LABELS = torch.tensor([0, 2])


def cross_entropy(logits=LOGITS, labels=LABELS, **settings) -> float:
    entry = LOSSES["cross_entropy"]
    return entry.build(entry.Options(**settings))(logits, labels).item()


def by_hand(smoothing: float) -> list[float]:
    losses = []
    for row, label in zip(LOGITS.tolist(), LABELS.tolist(), strict=True):
        log_sum = math.log(sum(math.exp(z) for z in row))
        targets = [(1 - smoothing) * (k == label) + smoothing / 3 for k in range(3)]
        losses.append(-sum(t * (z - log_sum) for t, z in zip(targets, row, strict=True)))
    return losses


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_cross_entropy_follows_its_equation(smoothing):
    losses = by_hand(smoothing)
    assert cross_entropy(label_smoothing=smoothing) == pytest.approx(sum(losses) / 2)
    summed = cross_entropy(label_smoothing=smoothing, reduction="sum")
    assert summed == pytest.approx(sum(losses))


def test_cross_entropy_stays_finite_where_the_softmax_is_zero():
    assert cross_entropy(torch.tensor([[1000.0, -1000.0, 0.0]]), torch.tensor([1])) == 2000


def loss_of(name, logits=LOGITS, targets=LABELS, **settings) -> float:
    entry = LOSSES[name]
    return entry.build(entry.Options(**settings))(logits, targets).item()


def test_the_naive_cross_entropy_is_the_same_where_numbers_are_small():
    assert loss_of("naive_cross_entropy") == pytest.approx(cross_entropy())


def test_the_naive_cross_entropy_is_no_number_where_a_softmax_is_zero():
    assert math.isnan(
        loss_of("naive_cross_entropy", torch.tensor([[1000.0, 0.0]]), torch.tensor([0]))
    )


def test_mean_squared_error_follows_its_equation():
    shares = LOGITS.softmax(1)
    shares[0, 0] -= 1
    shares[1, 2] -= 1
    expected = (shares**2).sum(1)
    assert loss_of("mean_squared_error") == pytest.approx(expected.mean().item())
    assert loss_of("mean_squared_error", reduction="sum") == pytest.approx(expected.sum().item())


@pytest.mark.parametrize("name", LOSSES)
def test_labels_and_their_one_hot_shares_cost_the_same(name):
    shares = torch.nn.functional.one_hot(LABELS, 3).float()
    assert loss_of(name) == pytest.approx(loss_of(name, targets=shares), rel=1e-5)
