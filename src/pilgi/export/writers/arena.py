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


class _Life(NamedTuple):
    name: str
    size: int
    first: int
    last: int


def planned(network: IntegerNetwork) -> Arena:
    """Return places for all tensors, the largest first, each as low as those of its time allow."""
    places: dict[str, int] = {}
    lives = _lives(network)
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


def _lives(network: IntegerNetwork) -> list[_Life]:
    layers = network.layers
    entry = layers[0].inputs[0]
    sizes = {entry: prod(network.entry)} | {layer.output: _size(layer) for layer in layers}
    born = {entry: 0} | {layer.output: at for at, layer in enumerate(layers)}
    return [
        _Life(name, -(-size // ALIGN) * ALIGN, born[name], _end(name, layers))
        for name, size in sizes.items()
    ]


def _size(layer: IntegerLayer) -> int:
    wide = 4 if isinstance(layer, IntegerConvolution) and layer.last else 1
    return wide * prod(layer.shape)


def _end(name: str, layers: Sequence[IntegerLayer]) -> int:
    readers = [at for at, layer in enumerate(layers) if name in layer.inputs]
    return max(readers, default=len(layers))
