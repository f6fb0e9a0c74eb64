"""Inside a network as it learns: histograms of weights and outputs, one picture's feature maps."""

from base64 import b64encode
from typing import Any, Final

import torch
from torch import Tensor, nn

BINS: Final = 32
MOST_MAPS: Final = 64
"""Feature maps of one layer that are kept; of more, the first."""


def inside(network: nn.Module, outputs: dict[str, Tensor], step: int) -> dict[str, Any]:
    """Return what inside.json holds; see docs/reference/run-folder.md.

    outputs: of each leaf layer on some pictures, by its name.
    """
    kinds = {name: type(part).__name__ for name, part in network.named_modules()}
    weights = {name: each.detach().float().cpu() for name, each in network.named_parameters()}
    return {
        "step": step,
        "weights": [{"name": name, **histogram(each)} for name, each in weights.items()],
        "outputs": [
            {"name": name, "kind": kinds[name], **histogram(each)} for name, each in outputs.items()
        ],
        "maps": [
            {"name": name, "kind": kinds[name], **feature_maps(each[0])}
            for name, each in outputs.items()
        ],
    }


def histogram(values: Tensor) -> dict[str, Any]:
    """Return the least and the greatest value, and how many lie in each of 32 equal parts."""
    finite = values[values.isfinite()]
    if not len(finite):
        return {"low": 0.0, "high": 0.0, "counts": [0] * BINS}
    low, high = float(finite.min()), float(finite.max())
    counts = torch.histc(finite, BINS, low, high) if high > low else torch.tensor([len(finite)])
    return {"low": low, "high": high, "counts": [int(each) for each in counts]}


def feature_maps(output: Tensor) -> dict[str, Any]:
    """Return one picture's maps, (channels, height, width) bytes: its least value 0, its most 255.

    A row of numbers is as many maps of one pixel, a sequence one map, its steps from left to right.
    """
    shaped = output[:, None, None] if output.ndim == 1 else output
    shaped = output.T[None] if output.ndim == 2 else shaped
    shown = shaped[:MOST_MAPS].nan_to_num(0, 0, 0)
    low, high = shown.min(), shown.max()
    levels = ((shown - low) * (255 / (high - low).clamp(min=1e-12))).to(torch.uint8)
    values = b64encode(levels.contiguous().numpy().tobytes()).decode()
    return {"shape": list(shown.shape), "values": values}
