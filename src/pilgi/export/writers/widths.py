"""How wide tensors are of a line of some width, and where they lie in memory for the widest."""

from typing import NamedTuple

from pilgi.export.layers import IntegerConvolution, IntegerLayer, Largest, Mean
from pilgi.export.lines import IntegerLine
from pilgi.export.lines.network import BLOCK, ROOM
from pilgi.export.writers.arena import Arena, Life, placed


def planned_line(network: IntegerLine) -> Arena:
    """Return places for all tensors, in bytes for each block of 64 columns that the line may have.

    A tensor's width over the blocks' count is largest for one of 1, 2, ... blocks: so many columns
    a block hold it at any width.
    """
    layers, wide = network.layers, columns(network)
    sizes = {layers[0].inputs[0]: network.entry[0] * network.entry[2]}
    sizes |= {layer.output: layer.shape[0] * layer.shape[2] * _bytes(layer) for layer in layers}
    return placed([Life.of(name, size * wide[name], layers) for name, size in sizes.items()])


def _bytes(layer: IntegerLayer) -> int:
    return 4 if isinstance(layer, IntegerConvolution) and layer.last else 1


def columns(network: IntegerLine) -> dict[str, int]:
    """Return how many columns a block each tensor needs at most."""
    most: dict[str, int] = {}
    for blocks in range(1, ROOM // BLOCK + 1):
        for name, width in _widths(network, blocks * BLOCK).items():
            most[name] = max(most.get(name, 0), -(-width // blocks))
    return most


def _widths(network: IntegerLine, width: int) -> dict[str, int]:
    widths = {network.layers[0].inputs[0]: width}
    for layer in network.layers:
        widths[layer.output] = made_width(layer).of(widths[layer.inputs[0]])
    return widths


class Narrowing(NamedTuple):
    """How wide a layer's output is: (w + more) / stride + 1, or w where stride is 0."""

    more: int = 0
    stride: int = 0

    def of(self, width: int) -> int:
        """Return it of a width."""
        return (width + self.more) // self.stride + 1 if self.stride else width

    def written(self, width: str) -> str:
        """Return it in C."""
        return f"({width} + {self.more}) / {self.stride} + 1" if self.stride else width


def made_width(layer: IntegerLayer) -> Narrowing:
    """Return how a layer's width follows from its input's."""
    if isinstance(layer, IntegerConvolution):
        more = layer.pads[1] + layer.pads[3] - layer.weights.shape[2]
        return Narrowing(more, layer.strides[1])
    if isinstance(layer, Largest | Mean):
        return Narrowing(-layer.window[1], layer.strides[1])
    return Narrowing()
