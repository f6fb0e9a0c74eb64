"""Everything a training carries from one step to the next."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from pilgi.learn.methods import OPTIMIZERS
from pilgi.learn.models import MODELS, Network
from pilgi.learn.models.network import initialize, whiten
from pilgi.learn.recipe import Recipe


@dataclass
class Progress:
    """How far the training is; plain numbers, saved with every checkpoint.

    loss, correct: sums over this epoch's batches. seconds: spent on updates since the start.
    best_accuracy, best_epoch: of the validation so far. stopped: why it ended, "" while it runs.
    started: when the first step was taken, ISO 8601 in UTC.
    """

    step: int = 0
    loss: float = 0.0
    correct: int = 0
    batches: int = 0
    seconds: float = 0.0
    best_accuracy: float = -1.0
    best_epoch: int = 0
    stopped: str = ""
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))

    def new_epoch(self) -> None:
        """Start the epoch's sums again."""
        self.loss, self.correct, self.batches = 0.0, 0, 0

    def to_json(self) -> dict[str, Any]:
        """Return the plain numbers."""
        return asdict(self)


@dataclass
class State:
    """The network, its optimizer, the running average of its weights, and the progress."""

    network: Network
    optimizer: Optimizer
    average: "WeightAverage | None"
    progress: Progress = field(default_factory=Progress)

    @classmethod
    def fresh(
        cls,
        recipe: Recipe,
        shape: tuple[int, ...],
        classes: int,
        device: torch.device,
        images: Tensor | None = None,
    ) -> "State":
        """Return the state before the first step; weights are drawn on the CPU.

        images: uint8 (n, channels, height, width), which a first layer may be computed from.
        """
        network = build(recipe, shape, classes)
        initialize(network, recipe.model.options, recipe.seed)
        network.to(device)
        if images is not None:
            whiten(network, images)
        network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        optimizer = OPTIMIZERS[recipe.optimizer.name].build(
            recipe.optimizer.options, _groups(network, recipe.optimizer.options.weight_decay)
        )
        decay = recipe.average_decay
        average = None if decay is None else WeightAverage(network, decay)
        return cls(network, optimizer, average)

    @property
    def weights(self) -> dict[str, Tensor]:
        """The weights that would be kept now: the average where there is one."""
        return self.average.weights if self.average else self.network.state_dict()

    @contextmanager
    def wearing_kept_weights(self) -> Iterator[None]:
        """While inside, the network has the weights that would be kept now."""
        if not self.average:
            yield
            return
        own = {name: tensor.clone() for name, tensor in self.network.state_dict().items()}
        self.network.load_state_dict(self.average.weights)
        yield
        self.network.load_state_dict(own)


def build(recipe: Recipe, shape: tuple[int, ...], outputs: int) -> Network:
    """Return the recipe's network for images (channels, height, width), weights not yet drawn.

    outputs: one a class, and one more where the recipe has `others`.
    """
    model = recipe.model
    return Network(MODELS[model.name].build(model.options, shape, outputs), recipe.scale)


class WeightAverage:
    """The exponential moving average of weights and norm statistics.

    a = d a + (1 - d) w after each step, d = min(decay, (1 + t) / (10 + t)) so that the first
    weights are soon forgotten. Polyak and Juditsky 1992; the warm-up is TensorFlow's.
    """

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay = decay
        self.weights = {name: tensor.clone() for name, tensor in network.state_dict().items()}
        self._pairs = [
            (self.weights[name], tensor)
            for name, tensor in network.state_dict().items()
            if tensor.is_floating_point()
        ]

    def update(self, step: int) -> None:
        """Take in the weights after `step` updates."""
        decay = min(self.decay, (1 + step) / (10 + step))
        averages, weights = zip(*self._pairs, strict=True)
        with torch.no_grad():
            torch._foreach_lerp_(averages, weights, 1 - decay)


def _groups(network: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    """Return weights, which decay, apart from biases and norms, which do not."""
    learnt = [weight for weight in network.parameters() if weight.requires_grad]
    weights = [weight for weight in learnt if weight.dim() > 1]
    others = [weight for weight in learnt if weight.dim() <= 1]
    groups = [
        {"params": weights, "weight_decay": weight_decay},
        {"params": others, "weight_decay": 0.0},
    ]
    return [group for group in groups if group["params"]]
