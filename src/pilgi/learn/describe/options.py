"""An Options class as plain data: each option's type in words, range, default and meaning."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from pilgi.learn.describe.words import TYPES, Words, bound, choices, meaning, some_of
from pilgi.learn.methods.entry import Choice

LIMITS: Final = ("gt", "ge", "lt", "le", "min_length", "max_length")


def describe_options(options: type[Any]) -> list[dict[str, Any]]:
    """Return a method's options in their order."""
    return _describe_all(options, Choice("", options()).settings())


def explain(options: type[Any]) -> dict[str, str]:
    """Return the sentence that the docstring of `options` gives to each option.

    The form is "name: text. name2, name3: text."; an option that is not in it is left out.
    """
    names = "|".join(option.name for option in fields(options))
    if not names:
        return {}
    text = " ".join((options.__doc__ or "").split())
    label = rf"(?:^|(?<=[.;])\s)((?:{names})(?:, (?:{names}))*): "
    _, *parts = re.split(label, text)
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {name: _sentence(said) for labels, said in pairs for name in labels.split(", ")}


def _sentence(text: str) -> str:
    return text.strip().rstrip(".;") + "."


def _describe_all(options: type[Any], defaults: Mapping[str, Any]) -> list[dict[str, Any]]:
    sentences = explain(options)
    return [
        _describe(option, defaults) | {"meaning": meaning(options, option.name, sentences)}
        for option in fields(options)
    ]


def _describe(option: Field[Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the declaration of one option says; a default of None means there is none."""
    kind, limits = _unwrapped(option.type)
    item, item_limits = _unwrapped(get_args(kind)[0]) if get_origin(kind) is tuple else (None, [])
    described: dict[str, Any] = {
        "name": option.name,
        "type": _type(option.name, kind, item),
        "range": _range([*limits, *item_limits]),
        "default": defaults.get(option.name),
    }
    if isinstance(item, type) and is_dataclass(item):
        own = {f.name: f.default for f in fields(item) if f.default is not MISSING}
        described["fields"] = _describe_all(item, own)
        described["default"] = [_shortened(row, own) for row in described["default"]]
    return described


def _shortened(row: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table without what goes without saying in it."""
    return {key: value for key, value in row.items() if value != defaults.get(key, MISSING)}


def _unwrapped(annotation: Any) -> tuple[Any, list[Any]]:
    """Return what an annotation annotates, and the constraints on it."""
    if get_origin(annotation) is not Annotated:
        return annotation, []
    kind, *notes = get_args(annotation)
    return kind, [limit for note in notes for limit in getattr(note, "metadata", ())]


def _type(name: str, kind: Any, item: Any) -> Words:
    if get_origin(kind) is Literal:
        return choices(get_args(kind))
    if get_origin(item) is Literal:
        return some_of(get_args(item))
    if item is not None:
        return TYPES["list of whole numbers" if item is int else "list of tables"]
    if kind is Choice:
        return TYPES["initializer" if name.endswith("initializer") else name]
    return TYPES[kind.__name__]


def _range(constraints: Sequence[Any]) -> Words | None:
    """Return the limits in words, None where there are none."""
    found = [
        bound(limit, value)
        for constraint in constraints
        for limit in LIMITS
        if (value := getattr(constraint, limit, None)) is not None
    ]
    if not found:
        return None
    return {
        "en": ", ".join(each["en"] for each in found),
        "ko": " ".join(each["ko"] for each in found),
    }
