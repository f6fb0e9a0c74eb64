import math
from itertools import groupby, product

import pytest
import torch

from pilgi.learn.methods import LOSSES
from pilgi.learn.methods.losses import SEQUENCE

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


@pytest.mark.parametrize("name", sorted(set(LOSSES) - set(SEQUENCE)))
def test_labels_and_their_one_hot_shares_cost_the_same(name):
    shares = torch.nn.functional.one_hot(LABELS, 3).float()
    assert loss_of(name) == pytest.approx(loss_of(name, targets=shares), rel=1e-5)


def spelt(path):
    """Return what a path of labels spells, 3 being blank."""
    return [label for label, _ in groupby(path) if label != 3]


def test_ctc_adds_up_every_way_to_spell_the_target():
    logits = torch.randn(1, 4, 4, generator=torch.Generator().manual_seed(0))
    chances = logits[0].softmax(1)
    ways = [path for path in product(range(4), repeat=4) if spelt(path) == [2, 2]]
    total = sum(math.prod(chances[t, k].item() for t, k in enumerate(path)) for path in ways)
    targets = torch.tensor([[2, 2, -1]])
    assert loss_of("ctc", logits, targets, reduction="sum") == pytest.approx(-math.log(total))
    assert loss_of("ctc", logits, targets) == pytest.approx(-math.log(total) / 2)


def test_ctc_costs_nothing_where_a_target_is_too_long_for_its_steps():
    assert loss_of("ctc", torch.zeros(1, 2, 4), torch.tensor([[1, 1]])) == 0
