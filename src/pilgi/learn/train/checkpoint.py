"""Checkpoints: ONE safetensors file each, with its own content hash.

Tensors are named `weights/...`, `average/...` and `optimizer/<parameter>/<name>`; the metadata's
key `pilgi` holds JSON: format, recipe, progress and the SHA-256 of all of it.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from pilgi.errors import RunError
from pilgi.files import write_bytes
from pilgi.learn.train.state import Progress, State

FORMAT: Final = 1
KEPT: Final = 3


def write(path: Path, tensors: Mapping[str, Tensor], facts: Mapping[str, Any]) -> None:
    """Write `tensors` and `facts` as one file that is whole or not there."""
    content = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
    description = {"format": FORMAT, **facts}
    description["sha256"] = _content_hash(content, description)
    write_bytes(path, save(content, {"pilgi": json.dumps(description)}))


def read(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Return the tensors and facts of `path`.

    Raises RunError where the file is missing, damaged or of another format version.
    """
    try:
        with safe_open(path, framework="pt") as stream:
            facts = json.loads((stream.metadata() or {})["pilgi"])
            tensors = {name: stream.get_tensor(name) for name in stream.keys()}  # noqa: SIM118
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise RunError(
            f"{path}: not a whole checkpoint; use an older one or train again"
        ) from error
    if facts.get("format") != FORMAT:
        raise RunError(
            f"{path}: checkpoint format {facts.get('format')}; this Pilgi reads {FORMAT}"
        )
    if facts.pop("sha256", None) != _content_hash(tensors, facts):
        raise RunError(f"{path}: changed since it was written; use an older one or train again")
    return tensors, facts


def save_state(folder: Path, state: State, recipe: str) -> None:
    """Write the whole state as `step-<number>.safetensors` and drop all but the newest three."""
    tensors = {f"weights/{name}": value for name, value in state.network.state_dict().items()}
    if state.average:
        tensors |= {f"average/{name}": value for name, value in state.average.weights.items()}
    for number, (_, values) in enumerate(_optimizer_state(state)):
        tensors |= {f"optimizer/{number}/{name}": value for name, value in values.items()}
    path = folder / f"step-{state.progress.step:08}.safetensors"
    write(path, tensors, {"recipe": recipe, "progress": state.progress.to_json()})
    for old in saved(folder)[:-KEPT]:
        old.unlink()


def load_state(path: Path, state: State) -> None:
    """Put the checkpoint at `path` into a fresh `state` of the same recipe."""
    tensors, facts = read(path)
    state.network.load_state_dict(_under("weights/", tensors))
    if state.average:
        for name, value in _under("average/", tensors).items():
            state.average.weights[name].copy_(value)
    for number, (parameter, values) in enumerate(_optimizer_state(state)):
        for name, value in _under(f"optimizer/{number}/", tensors).items():
            values[name] = _like(value, parameter)
    state.progress = Progress(**facts["progress"])


def saved(folder: Path) -> list[Path]:
    """Return the checkpoints in `folder`, oldest step first."""
    return sorted(folder.glob("step-*.safetensors"))


def _optimizer_state(state: State) -> list[tuple[Tensor, dict[str, Any]]]:
    """Return each parameter with the optimizer's memory of it, in the groups' order."""
    parameters = [p for group in state.optimizer.param_groups for p in group["params"]]
    return [(p, _tensors_only(state.optimizer.state[p])) for p in parameters]


def _tensors_only(values: dict[str, Any]) -> dict[str, Any]:
    """Drop the empty places that torch keeps for what it has not yet met."""
    for name in [name for name, value in values.items() if value is None]:
        del values[name]
    return values


def _like(value: Tensor, parameter: Tensor) -> Tensor:
    """Return `value` laid out in memory as `parameter` is, which the fused kernels rely on."""
    if value.shape != parameter.shape:
        return value.to(parameter.device)
    laid_out = parameter.detach().clone()
    return laid_out.copy_(value)


def _under(prefix: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): value
        for name, value in tensors.items()
        if name.startswith(prefix)
    }


def _content_hash(tensors: Mapping[str, Tensor], facts: Mapping[str, Any]) -> str:
    digest = hashlib.sha256(json.dumps(facts, sort_keys=True).encode())
    for name in sorted(tensors):
        digest.update(name.encode())
        digest.update(tensors[name].numpy().tobytes())
    return digest.hexdigest()
