"""Where and how exactly the arithmetic is done: device, precision, threads."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import torch

from pilgi import machine
from pilgi.errors import RecipeError
from pilgi.learn.recipe import Device, Recipe


def resolve(recipe: Recipe) -> Recipe:
    """Return the recipe with every `auto` replaced by what this machine has.

    Raises RecipeError for a device that is not here.
    """
    device: Device = "cpu" if recipe.classical else _device(recipe.device)
    precision = recipe.precision
    if precision == "auto":
        precision = "bf16" if has_bf16(device) else "float32"
    return replace(
        recipe,
        device=device,
        precision=precision,
        threads=recipe.threads or machine.cores(),
    )


def prepare(recipe: Recipe) -> torch.device:
    """Set torch's threads and determinism for a resolved recipe and return its device."""
    torch.set_num_threads(recipe.threads)
    if torch.are_deterministic_algorithms_enabled() != recipe.deterministic:
        torch.use_deterministic_algorithms(recipe.deterministic)  # imports a compiler, a second
    torch.backends.cudnn.deterministic = recipe.deterministic
    torch.backends.cudnn.benchmark = not recipe.deterministic
    return torch.device(recipe.device)


@contextmanager
def settled_objects() -> Iterator[None]:
    """While inside, Python's garbage collector leaves alone what exists already.

    Imported libraries are 300,000 objects; walking them again and again is 8 % of a small
    net's step.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def has_bf16(device: str) -> bool:
    """Return whether `device` multiplies bfloat16 natively; emulation is slower than float32."""
    if device == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    features = torch.cpu.get_capabilities()
    return device == "cpu" and any(features.get(name) for name in ("avx512_bf16", "amx_bf16"))


def describe() -> dict[str, str]:
    """Return what `auto` finds here, as words, for `pilgi doctor`."""
    device = available()[0]
    return {
        "vector instructions": torch.backends.cpu.get_cpu_capability(),
        "devices": ", ".join(available()),
        "device=auto uses": device,
        "precision=auto uses": "bf16" if has_bf16(device) else "float32",
    }


def fingerprint(recipe: Recipe, processes: int = 1) -> str:
    """Return what has to match for the same recipe and seed to give the same bits.

    processes: how many trained it together.
    """
    features = {
        "device": recipe.device,
        "precision": recipe.precision,
        "threads": recipe.threads,
        "capability": torch.backends.cpu.get_cpu_capability(),
        **({"processes": processes} if processes > 1 else {}),
    }
    return machine.fingerprint(features)


def available() -> list[Device]:
    """Return the devices of this machine, the fastest first; `auto` takes that."""
    here: dict[Device, bool] = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    return [name for name, found in here.items() if found]


def _device(wanted: Device) -> Device:
    if wanted == "auto":
        return available()[0]
    if wanted not in available():
        raise RecipeError(f"device={wanted} is not on this machine; use device=cpu or device=auto")
    return wanted
