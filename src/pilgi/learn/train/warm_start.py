"""Fine-tuning: training begins from weights that were learnt before."""

from pathlib import Path

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


def _fits(own: Tensor | None, value: Tensor) -> bool:
    return own is not None and own.shape == value.shape


def _read(start: str) -> dict[str, Tensor]:
    path = shipped().get(start) or Path(start)
    path = path / "best.safetensors" if path.is_dir() else path.with_suffix(".safetensors")
    try:
        return checkpoint.read(path)[0]
    except RunError as error:
        raise RecipeError(
            f"start={start}: no weights to begin from; name a shipped recognizer, a finished run's "
            "folder or its best.safetensors"
        ) from error
