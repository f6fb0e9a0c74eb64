"""Pilgi trains, explains and ships handwritten-digit recognizers.

The public names are loaded when first used (PEP 562), so `import pilgi` stays light.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "PilgiError": "pilgi.errors",
    "Recognizer": "pilgi.recognizer",
    "Scores": "pilgi.evaluate",
    "Split": "pilgi.data",
    "evaluate": "pilgi.evaluate",
    "load_data": "pilgi.data",
    "load_recipe": "pilgi.learn.recipe",
    "read": "pilgi.read",
    "train": "pilgi.learn.train",
}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'pilgi' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
