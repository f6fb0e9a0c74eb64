"""Fine-tuning: training begins from weights that were learnt before, and keeps a share of them."""

from pathlib import Path

import torch
from torch import Tensor, nn

from pilgi.errors import RecipeError, RunError
from pilgi.learn.train import checkpoint
from pilgi.recognizer import shipped


def begin_from(network: nn.Module, start: str) -> tuple[str, ...]:
    """Give `network` the weights of `start`; return the names of those it does not have.

    start: a shipped name, a run's folder or a .safetensors file. Weights and norm statistics of the
    same name and shape are taken; others, such as a last layer of other classes, stay as drawn.
    Raises RecipeError where there are no such weights, or where none fits.
    """
    weights, own = _read(start), network.state_dict()
    taken = {name: value for name, value in weights.items() if _fits(own.get(name), value)}
    if not taken:
        raise RecipeError(
            f"start={start}: none of its weights has the name and shape of one of this network's; "
            "name a run of the same model"
        )
    network.load_state_dict(own | taken)
    return tuple(name for name in own if name not in taken)


def blended(weights: dict[str, Tensor], start: str, share: float) -> dict[str, Tensor]:
    """Return share w_0 + (1 - share) w, w_0 the weights of `start`, w those learnt since.

    Where the path between them is one valley, as after fine-tuning, what the start knew of its own
    data and what was learnt of others both stay. Counts, and what the start lacks, are w's.
    Wortsman et al. 2022, Robust fine-tuning of zero-shot models (WiSE-FT), arXiv:2109.01903.
    """
    old = _read(start)
    return {
        name: torch.lerp(new, old[name].to(new.device), share)
        if new.is_floating_point() and _fits(old.get(name), new)
        else new
        for name, new in weights.items()
    }


def _fits(own: Tensor | None, value: Tensor) -> bool:
    return own is not None and own.shape == value.shape


def weights_file(start: str) -> Path:
    """Return the file that holds the weights of `start`, there or not."""
    path = shipped().get(start) or Path(start)
    return path / "best.safetensors" if path.is_dir() else path.with_suffix(".safetensors")


def _read(start: str) -> dict[str, Tensor]:
    try:
        return checkpoint.read(weights_file(start))[0]
    except RunError as error:
        raise RecipeError(
            f"start={start}: no weights to begin from; name a shipped recognizer, a finished run's "
            "folder or its best.safetensors"
        ) from error
