"""The arms of a comparison: recipes that differ in what is compared, and in nothing else."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from pathlib import Path
from typing import Any, Final

from pilgi.errors import RecipeError
from pilgi.files import sha256
from pilgi.learn.compare import settings
from pilgi.learn.recipe import Recipe, Words, load_recipe, to_toml
from pilgi.learn.train.backend import resolve

OPTION: Final = "--vary"
LONGEST: Final = 60


@dataclass(frozen=True)
class Arm:
    """One side of a comparison: its name, the settings that make it, and its recipe."""

    name: str
    settings: Mapping[str, Any]
    recipe: Recipe


def slug(name: str) -> str:
    """Return a name as a folder's name, as short as one may be; still its own."""
    clean = re.sub(r"[^\w.=-]+", "-", name).strip("-.")
    if clean == name and len(clean) <= LONGEST:
        return clean
    return f"{clean[: LONGEST - 7]}-{sha256(name.encode())[:6]}"


def vary(recipe: str | Path, lists: Sequence[str], overrides: Sequence[str] = ()) -> list[Arm]:
    """Return an arm for each combination of the `key=a,b,c` in `lists`.

    >>> [arm.name for arm in vary("mlp", ["optimizer=sgd,adam"])]
    ['sgd', 'adam']

    Raises RecipeError for a list that is none, and for what `load_recipe` refuses.
    """
    if not lists:
        raise RecipeError("say what to compare: --vary key=a,b,c")
    choices = [_list(text) for text in lists]
    keys = [key for key, _ in choices]
    settings.refuse_twice(overrides, keys, OPTION)
    return [
        _arm(recipe, dict(zip(keys, combination, strict=True)), overrides)
        for combination in product(*(found for _, found in choices))
    ]


def check(arms: Sequence[Arm]) -> None:
    """Raise RecipeError where there is nothing to compare, or where a comparison would mislead."""
    if len(arms) < 2:
        raise RecipeError("a comparison needs at least two arms")
    data = sorted({arm.recipe.data for arm in arms})
    if len(data) > 1:
        raise RecipeError(
            f"the arms would be scored on different test pictures ({', '.join(data)}), which "
            "compares the pictures, not the recipes; vary another key"
        )
    for one, other in combinations(arms, 2):
        if essence(resolve(one.recipe)) == essence(resolve(other.recipe)):
            raise RecipeError(
                f"the arms '{one.name}' and '{other.name}' differ in nothing: both are the same "
                "recipe once it is resolved; leave one out"
            )
        if one.name == other.name:
            raise RecipeError(f"two arms are called '{one.name}'; give each its own name")


def essence(recipe: Recipe) -> str:
    """Return as TOML what decides a training but for its seed."""
    return to_toml(replace(recipe, name="", summary=Words(), expect=None, seed=0))


def _list(text: str) -> tuple[str, list[str]]:
    key, listed = settings.split(text, OPTION)
    if key == "seed":
        raise RecipeError("--vary seed: every arm gets the same seeds; say how many by --seeds")
    found = settings.values(listed)
    if "" in found:
        raise RecipeError(f"--vary {text}: a value between the commas is empty; leave it out")
    if len(found) < 2:
        raise RecipeError(f"--vary {text}: one value is no comparison; write {key}=a,b")
    return key, found


def _arm(recipe: str | Path, chosen: Mapping[str, str], overrides: Sequence[str]) -> Arm:
    typed = [*overrides, *(f"{key}={text}" for key, text in chosen.items())]
    loaded = load_recipe(recipe, settings.ordered(typed))
    return Arm(_name(chosen), _settings(loaded, chosen), loaded)


def _name(chosen: Mapping[str, str]) -> str:
    """Return the value alone where one key is varied, else `key=value` with short keys."""
    if len(chosen) == 1:
        return next(iter(chosen.values())).strip("\"'")
    short = [key.rpartition(".")[2] for key in chosen]
    names = short if len(set(short)) == len(short) else list(chosen)
    return ", ".join(f"{name}={value}" for name, value in zip(names, chosen.values(), strict=True))


def _settings(recipe: Recipe, chosen: Mapping[str, str]) -> dict[str, Any]:
    """Return what the recipe holds under each key, a method by its name."""
    document = tomllib.loads(to_toml(recipe))
    return {key: _plain(_under(document, key), text) for key, text in chosen.items()}


def _under(document: Any, key: str) -> Any:
    for part in key.split("."):
        document = document.get(part) if isinstance(document, dict) else None
    return document


def _plain(value: Any, text: str) -> Any:
    """Return a plain value, a method's name, or the text as typed where it is neither."""
    if isinstance(value, dict):
        return value.get("name", text)
    tables = isinstance(value, list) and any(isinstance(item, dict) for item in value)
    return text if tables or value is None else value
