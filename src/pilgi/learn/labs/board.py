"""A Board: TensorBoard's events of a small net, a histogram of everything at each step.

TensorBoard writes its own files, so it is one of the few that do not go through pilgi.files.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from torch.utils.tensorboard import SummaryWriter

from pilgi.learn.labs.plane import XOR, Numbers
from pilgi.learn.labs.sigmoid_net import Net
from pilgi.learn.labs.xor import cross_entropy

LOSS_INTERVAL: Final = 50
BINS: Final = 20


class Board:
    """Writes histograms every `interval` steps and the loss every 50. A context manager.

    Events that an earlier run left in the folder are hidden by TensorBoard, not mixed in.
    """

    def __init__(self, folder: Path, interval: int) -> None:
        self.folder, self.interval = folder, interval
        self._writer = SummaryWriter(str(folder), purge_step=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.close()

    def recorded(
        self, net: Net, training: Iterable[tuple[int, list[Numbers]]]
    ) -> Iterator[tuple[int, list[Numbers]]]:
        """Yield the training as it is, each moment recorded first."""
        for step, outputs in training:
            if step % self.interval == 0:
                self._histograms(net, outputs, step)
            if step % LOSS_INTERVAL == 0:
                self._writer.add_scalar("loss", cross_entropy(outputs[-1][:, 0], XOR), step)
            yield step, outputs

    def _histograms(self, net: Net, outputs: list[Numbers], step: int) -> None:
        """Record each layer's weights, biases and outputs; few bins, as a layer has few units."""
        for number, (layer, output) in enumerate(zip(net, outputs[1:], strict=True), 1):
            values = {"weights": layer.weights, "biases": layer.biases, "outputs": output}
            for name, value in values.items():
                self._writer.add_histogram(f"layer {number}/{name}", value, step, bins=BINS)
