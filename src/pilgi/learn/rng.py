"""Randomness as a function of (seed, stream, step): no hidden state.

Every draw in training names its stream and its step, so a run resumed at step k draws exactly
what the uninterrupted run drew there, and resuming needs one number.
"""

from typing import Final, Literal

import numpy as np
import torch

Stream = Literal["split", "weights", "order", "augment", "layers"]

_STREAMS: Final[dict[Stream, int]] = {
    "split": 1,
    "weights": 2,
    "order": 3,
    "augment": 4,
    "layers": 5,
}


def derive(seed: int, stream: Stream, step: int = 0) -> int:
    """Return a 63-bit seed for `stream` at `step` (numpy's SeedSequence mixes the three)."""
    mixed = np.random.SeedSequence((seed, _STREAMS[stream], step)).generate_state(1, np.uint64)
    return int(mixed[0]) >> 1


def generator(seed: int, stream: Stream, step: int = 0) -> torch.Generator:
    """Return a CPU generator for `stream` at `step`."""
    return torch.Generator().manual_seed(derive(seed, stream, step))


def seed_layers(seed: int, step: int, device: str = "cpu") -> None:
    """Seed the generator that layers such as dropout draw from on `device`, for `step`.

    torch.manual_seed would seed those of every kind of device, a tenth of a small net's step.
    """
    drawn = derive(seed, "layers", step)
    torch.default_generator.manual_seed(drawn)
    if device == "cuda":
        torch.cuda.manual_seed_all(drawn)
    elif device == "mps":
        torch.mps.manual_seed(drawn)
