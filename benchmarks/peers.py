"""Two nets people would pick instead of Pilgi, rebuilt in torch float32 from their own settings.

Both follow what their authors publish: layers, initialisation, optimizer, batch, schedule and
pixel scale. One thing is kinder to them than their own scripts: the pictures lie in memory as one
tensor, so no data loader costs time. Sources:

- https://github.com/pytorch/examples/blob/main/mnist/main.py
- https://keras.io/examples/vision/mnist_convnet/
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


class PytorchExampleNet(nn.Module):
    """conv 32, conv 64 (3x3, valid), max pool 2, dropout .25, dense 128, dropout .5, dense 10.

    (n, 1, 28, 28) normalised pixels -> (n, 10) log-probabilities. 1,199,882 parameters, torch's
    own initialisation.
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3)
        self.conv2 = nn.Conv2d(32, 64, 3)
        self.dropout1 = nn.Dropout(0.25)
        self.dropout2 = nn.Dropout(0.5)
        self.dense1 = nn.Linear(9216, 128)
        self.dense2 = nn.Linear(128, 10)

    def forward(self, pixels: Tensor) -> Tensor:
        """Return log-probabilities."""
        hidden = functional.relu(self.conv2(functional.relu(self.conv1(pixels))))
        hidden = self.dropout1(functional.max_pool2d(hidden, 2)).flatten(1)
        hidden = self.dropout2(functional.relu(self.dense1(hidden)))
        return functional.log_softmax(self.dense2(hidden), dim=1)


class KerasExampleNet(nn.Sequential):
    """conv 32, pool, conv 64, pool (3x3, valid, ReLU), dropout .5, dense 10.

    (n, 1, 28, 28) pixels in [0, 1] -> (n, 10) logits. 34,826 parameters; Keras's initialisation:
    Glorot uniform weights, zero biases.
    """

    def __init__(self) -> None:
        super().__init__(
            nn.Conv2d(1, 32, 3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Dropout(0.5),
            nn.Linear(1600, 10),
        )
        for layer in self:
            if isinstance(layer, nn.Conv2d | nn.Linear):
                nn.init.xavier_uniform_(layer.weight)
                assert layer.bias is not None
                nn.init.zeros_(layer.bias)


Scale = Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class Peer:
    """One peer's published settings.

    held_out: the share at the end that it never trains on. layout: whichever is faster for it.
    """

    name: str
    network: Callable[[], nn.Module]
    scale: Scale
    loss: Callable[[Tensor, Tensor], Tensor]
    optimizer: Callable[[nn.Module], torch.optim.Optimizer]
    learning_rate_decay: float
    batch_size: int
    epochs: int
    held_out: float
    layout: torch.memory_format

    def logits(self, network: nn.Module, pictures: Tensor) -> Tensor:
        """uint8 (n, 28, 28) -> scores (n, 10): the peer's own pixel scale, then its net."""
        pixels = self.scale(pictures.unsqueeze(1).float())
        scores: Tensor = network(pixels.contiguous(memory_format=self.layout))
        return scores


def _adadelta(network: nn.Module) -> torch.optim.Optimizer:
    return torch.optim.Adadelta(network.parameters(), lr=1.0)


def _keras_adam(network: nn.Module) -> torch.optim.Optimizer:
    return torch.optim.Adam(network.parameters(), lr=1e-3, eps=1e-7)


# Layout, measured on 2 cores (Zen 4), interleaved, best of 14: microseconds a training picture,
# contiguous and channels-last: pytorch/examples 732 and 727, Keras 203 and 184.
PYTORCH_EXAMPLE = Peer(
    name="pytorch/examples mnist",
    network=PytorchExampleNet,
    scale=lambda pixels: (pixels / 255 - 0.1307) / 0.3081,
    loss=functional.nll_loss,
    optimizer=_adadelta,
    learning_rate_decay=0.7,
    batch_size=64,
    epochs=14,
    held_out=0.0,
    layout=torch.channels_last,
)
KERAS_EXAMPLE = Peer(
    name="Keras mnist_convnet",
    network=KerasExampleNet,
    scale=lambda pixels: pixels / 255,
    loss=functional.cross_entropy,
    optimizer=_keras_adam,
    learning_rate_decay=1.0,
    batch_size=128,
    epochs=15,
    held_out=0.1,
    layout=torch.channels_last,
)
PEERS = (PYTORCH_EXAMPLE, KERAS_EXAMPLE)


def train(
    peer: Peer, pictures: Tensor, labels: Tensor, seed: int
) -> Iterator[tuple[float, nn.Module]]:
    """Train `peer` as published; yield (seconds of training so far, net) each quarter epoch.

    pictures: uint8 (n, 28, 28). labels: int64 (n,). Every warm-up is counted; what the caller does
    between two yields is not. The net is put back into training mode after each.
    """
    start, elapsed = time.perf_counter(), 0.0
    torch.manual_seed(seed)
    kept = len(pictures) - int(len(pictures) * peer.held_out)
    network = peer.network()
    network.to(memory_format=peer.layout)  # type: ignore[call-overload]
    optimizer = peer.optimizer(network)
    decay = torch.optim.lr_scheduler.ExponentialLR(optimizer, peer.learning_rate_decay)
    for _ in range(peer.epochs):
        batches = torch.split(torch.randperm(kept), peer.batch_size)
        stops = {round(len(batches) * quarter / 4) for quarter in (1, 2, 3, 4)}
        for step, batch in enumerate(batches, 1):
            optimizer.zero_grad()
            loss = peer.loss(peer.logits(network, pictures[batch]), labels[batch])
            torch.autograd.backward(loss)
            optimizer.step()
            if step in stops:
                elapsed += time.perf_counter() - start
                yield elapsed, network
                network.train()
                start = time.perf_counter()
        decay.step()


@torch.no_grad()
def accuracy(peer: Peer, network: nn.Module, pictures: Tensor, labels: Tensor) -> float:
    """Return the share of `pictures` (uint8, (n, 28, 28)) that the net names rightly."""
    network.eval()
    scores = [peer.logits(network, batch) for batch in torch.split(pictures, 1000)]
    return (torch.cat(scores).argmax(1) == labels).double().mean().item()
