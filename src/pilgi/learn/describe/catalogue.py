"""Every entry of every table as plain data."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, Final

from pilgi.learn.adapt.entry import Entry as Adaptation
from pilgi.learn.adapt.table import METHODS as ADAPTATION
from pilgi.learn.describe.options import describe_options
from pilgi.learn.describe.words import FAMILY_TITLES
from pilgi.learn.methods import FAMILIES
from pilgi.learn.methods.entry import Choice, Entry
from pilgi.learn.methods.losses import SEQUENCE
from pilgi.learn.models import MODELS, READERS
from pilgi.learn.models.baselines import BASELINES
from pilgi.learn.recipe import Recipe
from pilgi.methods import as_typed

FORMAT: Final = 1

TABLES: Final[Mapping[str, Mapping[str, Entry[Any]]]] = {
    **FAMILIES,
    "model": MODELS,
    "baseline": BASELINES,
}

KEYS: Final[Mapping[str, str]] = {
    "activation": "model.activation",
    "initializer": "model.initializer",
    "model": "model",
    "baseline": "model",
}
"""The recipe key that names a method of a family, where it is not the family's own name."""

LAYER_SETTINGS: Final[Mapping[str, str]] = {
    "batch_norm": "model.batch_norm=true",
    "dropout": "model.dropout=0.5",
}
"""Layers are settings of the model: these put them in."""

LAYER_KEYS: Final[Mapping[str, str]] = {"dropout.rate": "model.dropout"}
"""The options of layers that a recipe can set; the others stay at their defaults."""


ADAPTING: Final = "adaptation"
"""The family that no recipe holds: `pilgi adapt` takes its methods."""


def describe() -> dict[str, Any]:
    """Return what methods.json holds: families of methods, a recipe's defaults, in plain values."""
    methods = {
        family: {name: _method(family, name) for name in TABLES[family]} for family in TABLES
    }
    methods[ADAPTING] = {name: _adaptation(name) for name in ADAPTATION}
    families = {
        family: {"title": FAMILY_TITLES[family], "methods": methods[family]}
        for family in sorted(methods)
    }
    return {"format": FORMAT, "families": families, "defaults": dict(_defaults())}


def _adaptation(name: str) -> dict[str, Any]:
    key = f"--method {name}"
    example = f"pilgi adapt digit --to DATA {key}"
    return _words(ADAPTATION[name]) | {"key": key, "options": [], "example": example}


def _defaults() -> Iterator[tuple[str, Any]]:
    """Yield what a recipe has at a key that it leaves out; an optimizer it must name itself."""
    for field in fields(Recipe):
        value = field.default
        if isinstance(value, Choice):
            value = value.name if value.name in TABLES[field.name] else None
        if isinstance(value, str | int | float | tuple):
            yield field.name, list(value) if isinstance(value, tuple) else value


def _method(family: str, name: str) -> dict[str, Any]:
    entry = TABLES[family][name]
    setting = _setting(family, name)
    options = describe_options(entry.Options)
    for option in options:
        option["key"] = _option_key(family, name, option["name"])
    example = _example(family, setting, options)
    return _words(entry) | {"key": setting, "options": options, "example": example}


def _words(entry: Entry[Any] | Adaptation) -> dict[str, Any]:
    return {
        "summary": dict(entry.summary),
        "when": dict(entry.when),
        "formula": entry.formula,
        "reference": None if entry.reference == "-" else entry.reference,
    }


def _setting(family: str, name: str) -> str:
    """Return the `key=value` that puts the method into a recipe."""
    return LAYER_SETTINGS[name] if family == "layer" else f"{KEYS.get(family, family)}={name}"


def _option_key(family: str, name: str, option: str) -> str | None:
    """Return the recipe key of an option, None where no recipe can set it."""
    if family == "layer":
        return LAYER_KEYS.get(f"{name}.{option}")
    return f"{KEYS.get(family, family)}.{option}"


def _example(family: str, setting: str, options: list[dict[str, Any]]) -> str:
    """Return a command that uses the method, with its first plain option spelt out."""
    name = setting.partition("=")[2]
    recipe = "line" if name in (*READERS, *SEQUENCE) else "mlp"
    words = ["pilgi train", *([f"baseline-{name}"] if family == "baseline" else [recipe, setting])]
    plain = [o for o in options if o["key"] and isinstance(o["default"], str | int | float)]
    if plain and family != "layer":
        words.append(f"{plain[0]['key']}={as_typed(plain[0]['default'])}")
    return " ".join(words)
