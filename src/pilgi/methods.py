"""The learning methods as data, read without torch: summaries, formulas, options, recipe keys.

`methods.json` is written from the learning wing's tables by `python -m pilgi.learn.describe`.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def catalogue() -> Mapping[str, Any]:
    """Return what methods.json holds.

    {"format": 1, "families": {family: {"title", "methods": {name: {"summary", "when", "formula",
    "reference", "key", "options", "example"}}}}, "defaults": {key: value}}. Words are tables of
    "en" and "ko"; an option is {"name", "key", "type", "range", "default", "meaning"}, and has
    "fields", options themselves, where it is a list of tables.
    """
    text = files("pilgi").joinpath("methods.json").read_text(encoding="utf-8")
    content: Mapping[str, Any] = json.loads(text)
    return content


def as_typed(value: Any) -> str:
    """Return an option's value as it is typed after `key=`: TOML, a lone word without quotes.

    >>> as_typed([{"channels": 32, "padding": "same"}])
    '[{channels = 32, padding = "same"}]'
    """
    return value if isinstance(value, str) else _toml(value)


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key} = {_toml(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
