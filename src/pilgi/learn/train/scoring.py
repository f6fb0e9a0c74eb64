"""Scores during training, in torch; the final ones come from the recognizer itself."""

import torch
from torch import Tensor
from torch.nn import functional

from pilgi.learn.methods import LOSSES
from pilgi.learn.models import Network
from pilgi.learn.train.batches import Resident
from pilgi.learn.train.line_batches import ResidentLines

BATCH = 1000
LINES_BATCH = 100


def score(network: Network, data: Resident | ResidentLines) -> tuple[float, float]:
    """Return the mean loss in nats and the accuracy on `data`, in float32.

    Of pictures the cross entropy and the share answered rightly; of lines the CTC loss a line and
    the share of which every digit is read.
    """
    network.eval()
    loss, correct = 0.0, 0
    with torch.no_grad():
        for pictures, targets in data.batches(BATCH if isinstance(data, Resident) else LINES_BATCH):
            logits = network(pictures.contiguous(memory_format=torch.channels_last))
            loss += _surprise(logits, targets)
            correct += int(right(logits, targets).sum())
    return loss / len(data), correct / len(data)


def right(logits: Tensor, targets: Tensor) -> Tensor:
    """Return for each picture, or each line, whether it is answered rightly, bool (n,)."""
    if logits.dim() == 3:
        return _read_rightly(logits, targets)
    labels = targets if targets.dim() == 1 else targets.argmax(1)
    return logits.argmax(1) == labels


def _read_rightly(logits: Tensor, targets: Tensor) -> Tensor:
    """Compare the best path's digits with the targets, (n, most), filled up with -1."""
    path = logits.argmax(2)
    fresh = path != functional.pad(path, (1, 0), value=-1)[:, :-1]
    read = fresh & (path != logits.shape[2] - 1)
    lengths, wanted = read.sum(1), (targets >= 0).sum(1)
    # The digits of each line moved to its left end, in their order.
    order = (~read).to(torch.int8).argsort(dim=1, stable=True)
    found = functional.pad(path.gather(1, order), (0, targets.shape[1]))[:, : targets.shape[1]]
    return (lengths == wanted) & ((found == targets) | (targets < 0)).all(1)


def _surprise(logits: Tensor, targets: Tensor) -> float:
    """Return the batch's loss in nats, added up."""
    if logits.dim() == 3:
        entry = LOSSES["ctc"]
        return entry.build(entry.Options(reduction="sum"))(logits, targets).item()
    return functional.cross_entropy(logits, targets, reduction="sum").item()
