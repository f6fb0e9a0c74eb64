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
