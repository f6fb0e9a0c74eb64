"""Where each tensor lies in one static arena: those that live at once lie apart."""

from collections.abc import Sequence
from math import prod
from typing import NamedTuple

from pilgi.export.layers import IntegerConvolution, IntegerLayer
from pilgi.export.network import IntegerNetwork

ALIGN = 4


class Arena(NamedTuple):
    """Bytes in all, and each tensor's first."""

    size: int
    places: dict[str, int]


class Life(NamedTuple):
    """A tensor: its bytes, and the first and the last layer that it is there for."""

    name: str
    size: int
    first: int
    last: int

    @staticmethod
    def of(name: str, size: int, layers: Sequence[IntegerLayer]) -> "Life":
        """Return that of a tensor of so many bytes, what enters included."""
        born = next((at for at, layer in enumerate(layers) if layer.output == name), 0)
        readers = [at for at, layer in enumerate(layers) if name in layer.inputs]
        return Life(name, -(-size // ALIGN) * ALIGN, born, max(readers, default=len(layers)))


def planned(network: IntegerNetwork) -> Arena:
    """Return the arena of all tensors of a net for pictures."""
    return placed(_lives(network))


def _lives(network: IntegerNetwork) -> list[Life]:
    layers = network.layers
    sizes = {layers[0].inputs[0]: prod(network.entry)}
    sizes |= {layer.output: _size(layer) for layer in layers}
    return [Life.of(name, size, layers) for name, size in sizes.items()]


def placed(lives: Sequence[Life]) -> Arena:
    """Return places for all tensors, the largest first, each as low as those of its time allow."""
    places: dict[str, int] = {}
    for life in sorted(lives, key=lambda one: -one.size):
        taken = sorted(
            (places[other.name], places[other.name] + other.size)
            for other in lives
            if other.name in places and other.first <= life.last and life.first <= other.last
        )
        at = 0
        for start, end in taken:
            if start - at >= life.size:
                break
            at = max(at, end)
        places[life.name] = at
    return Arena(max(places[life.name] + life.size for life in lives), places)


def _size(layer: IntegerLayer) -> int:
    wide = 4 if isinstance(layer, IntegerConvolution) and layer.last else 1
    return wide * prod(layer.shape)
