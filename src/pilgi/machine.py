"""What machine this is: the facts that must stand beside every figure.

`fingerprint` names what has to match for the same recipe and seed to give the same bits: the
processor's vector instructions, the versions of the arithmetic, the number of threads.
"""

import os
import platform
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from pilgi.files import sha256

PACKAGES: Final = (
    "pilgi",
    "numpy",
    "onnx",
    "onnxruntime",
    "torch",
    "scikit-learn",
    "opencv-python-headless",
    "safetensors",
    "tensorboard",
)


def versions() -> dict[str, str]:
    """Return the versions of Python and of every package a figure can depend on."""
    installed = {name: found for name in PACKAGES if (found := _version(name))}
    return {"python": platform.python_version(), **installed}


def describe() -> dict[str, str]:
    """Return system, processor and cores, each as words a reader of a table understands."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": str(cores()),
    }


def cores() -> int:
    """Return how many cores this process may use (a container may grant fewer than there are)."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def fingerprint(features: Mapping[str, object]) -> str:
    """Return 16 hexadecimal digits over the versions, the processor and `features`.

    features: what else the arithmetic depends on, such as threads and instruction sets.
    """
    facts = {**versions(), **describe(), **{key: str(value) for key, value in features.items()}}
    return sha256(repr(sorted(facts.items())).encode())[:16]


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    """Return the processor's name; only Linux needs a file for it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
