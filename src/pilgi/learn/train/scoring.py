"""Scores during training, in torch; the final ones come from the recognizer itself."""

import torch
from torch.nn import functional

from pilgi.learn.models import Network
from pilgi.learn.train.batches import Resident

BATCH = 1000


def score(network: Network, data: Resident) -> tuple[float, float]:
    """Return the mean cross entropy in nats and the accuracy on `data`, in float32."""
    network.eval()
    loss, correct = 0.0, 0
    with torch.no_grad():
        for start in range(0, len(data), BATCH):
            pictures = data.images[start : start + BATCH].float().div_(255)
            labels = data.labels[start : start + BATCH]
            logits = network(pictures.contiguous(memory_format=torch.channels_last))
            loss += functional.cross_entropy(logits, labels, reduction="sum").item()
            correct += int((logits.argmax(1) == labels).sum())
    return loss / len(data), correct / len(data)
