"""A Network: a model with the scale of its input, and what it costs."""

from typing import Any, Final, Literal

import torch
from torch import Generator, Tensor, nn

from pilgi.errors import RecipeError
from pilgi.learn import rng
from pilgi.learn.methods import INITIALIZERS
from pilgi.learn.methods.initializers import Fill
from pilgi.learn.models.upright import Upright
from pilgi.learn.models.whitening import SAMPLE, Whitening

Scale = Literal["unit", "signed", "standard"]

_SCALES: Final[dict[Scale, tuple[float, float]]] = {
    "unit": (0.0, 1.0),
    "signed": (0.5, 0.5),
    "standard": (0.1307, 0.3081),
}
"""Mean and deviation taken off pixels in [0, 1]; "standard" holds MNIST's own."""


GATES: Final = 4
FORGET: Final = 1
"""The forget gate's place among torch's four: input, forget, cell, output."""


class Network(nn.Module):
    """logits = layers((x - mean) / deviation): x float (n, channels, h, w) in [0, 1]."""

    def __init__(self, layers: nn.Sequential, scale: Scale) -> None:
        super().__init__()
        if isinstance(layers[0], Upright) and scale != "unit":
            raise RecipeError(
                f"scale={scale} does not fit model.upright=true, which weighs ink against paper 0; "
                "choose scale=unit"
            )
        self.layers = layers
        self.mean, self.deviation = _SCALES[scale]

    def forward(self, pictures: Tensor) -> Tensor:
        """Return logits (n, classes), or (n, t, classes + 1) of a line."""
        logits: Tensor = self.layers(self.scaled(pictures))
        return logits

    def scaled(self, pictures: Tensor) -> Tensor:
        """Return the pictures as the first layer sees them."""
        return (pictures - self.mean) / self.deviation


def initialize(network: nn.Module, options: Any, seed: int) -> None:
    """Fill every weight and bias as `options.initializer` and `.bias_initializer` say.

    Norms keep 1 and 0. Layers draw from streams of their own number, so one layer more changes
    no other layer's draw.
    """
    weights = INITIALIZERS[options.initializer.name].build(options.initializer.options)
    biases = INITIALIZERS[options.bias_initializer.name].build(options.bias_initializer.options)
    learnt = (nn.Linear, nn.Conv2d, nn.LSTM)
    for number, layer in enumerate(part for part in network.modules() if isinstance(part, learnt)):
        generator = rng.generator(seed, "weights", number)
        if isinstance(layer, nn.LSTM):
            _initialize_lstm(layer, weights, generator)
            continue
        weights(layer.weight, generator)
        if layer.bias is not None:
            biases(layer.bias, generator)


def _initialize_lstm(layer: nn.LSTM, weights: Fill, generator: Generator) -> None:
    """Fill each gate's weights by itself; biases 0, but the forget gate's 1 (Gers et al. 2000)."""
    for name, weight in layer.named_parameters():
        gates = weight.detach().chunk(GATES)
        for number, gate in enumerate(gates):
            if gate.dim() > 1:
                weights(gate, generator)
            else:
                gate.fill_(float("bias_ih" in name and number == FORGET))


def whiten(network: Network, images: Tensor) -> None:
    """Compute a whitening first layer from a sample of `images`, uint8 (n, channels, h, w)."""
    first = network.layers[0]
    if isinstance(first, Whitening):
        # Spread over the whole set: images of a folder come sorted by class.
        sample = images[:: max(1, -(-len(images) // SAMPLE))]
        first.fit(network.scaled(sample.float() / 255))


def parameters(network: nn.Module) -> int:
    """Return how many numbers the layers hold, learnt or fixed."""
    return sum(weight.numel() for weight in network.parameters())


def multiply_accumulates(network: nn.Module, shape: tuple[int, ...]) -> int:
    """Return the multiplications with a weight for one picture: linear, conv and LSTM layers."""
    counts: list[int] = []

    def count(layer: Any, _: Any, output: Any) -> None:
        if isinstance(layer, nn.LSTM):
            steps, weights = output[0].shape[1], [w for w in layer.parameters() if w.dim() > 1]
            counts.append(steps * sum(weight.numel() for weight in weights))
            return
        positions = output[0].numel() // layer.weight.shape[0]
        counts.append(positions * layer.weight.numel())

    counted = (nn.Linear, nn.Conv2d, nn.LSTM)
    layers = [part for part in network.modules() if isinstance(part, counted)]
    hooks = [layer.register_forward_hook(count) for layer in layers]
    training = network.training
    network.eval()
    with torch.no_grad():
        network(torch.zeros(1, *shape))
    network.train(training)
    for hook in hooks:
        hook.remove()
    return sum(counts)
