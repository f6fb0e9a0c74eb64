"""Batch norm and activations go into the layer before them, through pools that allow it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pilgi.export.graph.floats import Addition, Convolution, Layer, Pooling, Scaling


def folded(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Return the same net in fewer layers.

    (scale W) * x + (scale b + shift) is a batch norm's affine after a convolution. The largest of
    a window commutes with what never falls: a rectifier, and an affine with a positive scale.
    """
    kept: list[Layer] = []
    for layer in layers:
        if not (isinstance(layer, Scaling) and _fold(kept, layer, layers)):
            kept.append(layer)
    return tuple(_of_one_pixel(one) if isinstance(one, Scaling) else one for one in kept)


def _of_one_pixel(layer: Scaling) -> Convolution:
    """Return an affine that nothing took in as the convolution of each channel by itself."""
    weights, channels = layer.scale[:, None, None, None], len(layer.scale)
    return Convolution(
        layer.output, layer.inputs, weights, layer.shift, groups=channels, slope=layer.slope
    )


def _fold(kept: list[Layer], layer: Scaling, whole: Sequence[Layer]) -> bool:
    """Put an affine, or an activation written as one, into what made its input; False if not."""
    identity = bool((layer.scale == 1).all() and not layer.shift.any())
    monotone = bool((layer.scale > 0).all()) and layer.slope >= 0
    at = _maker(kept, layer.inputs[0], whole, monotone)
    if at is None:
        return False
    taken = _affine(kept[at], layer, identity)
    if taken is None:
        return False
    kept[at] = taken
    # Who reads the activation's tensor now reads what the layer, or the pool after it, makes.
    kept[-1] = replace(kept[-1], output=layer.output)
    return True


def _maker(
    kept: Sequence[Layer], tensor: str, whole: Sequence[Layer], monotone: bool
) -> int | None:
    """Return the place of what made `tensor`, looking through one pool of largest values."""
    if not kept or kept[-1].output != tensor or _readers(tensor, whole) > 1:
        return None
    pool = kept[-1]
    if not isinstance(pool, Pooling):
        return len(kept) - 1
    before = kept[-2] if len(kept) > 1 else None
    if not (pool.largest and monotone and before and before.output == pool.inputs[0]):
        return None
    return len(kept) - 2 if _readers(before.output, whole) == 1 else None


def _affine(found: Layer, layer: Scaling, identity: bool) -> Layer | None:
    if isinstance(found, Convolution) and found.slope == 1:
        weights = found.weights * layer.scale[:, None, None, None]
        bias = found.bias * layer.scale + layer.shift
        return replace(found, weights=weights, bias=bias, slope=layer.slope)
    if isinstance(found, Addition) and found.slope == 1 and identity:
        return replace(found, slope=layer.slope)
    if isinstance(found, Scaling) and found.slope == 1:
        scale, shift = found.scale * layer.scale, found.shift * layer.scale + layer.shift
        return replace(found, scale=scale, shift=shift, slope=layer.slope)
    return None


def _readers(tensor: str, layers: Sequence[Layer]) -> int:
    return int(np.sum([tensor in layer.inputs for layer in layers]))
