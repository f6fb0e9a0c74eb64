"""Settings as typed: lists of values for a key, and how several settings meet in one recipe."""

from collections.abc import Sequence
from typing import Final

from pilgi.errors import RecipeError

WORDS_ONLY: Final = ("name", "summary", "expect")
"""Keys that say something about a recipe and change nothing in its training."""

OPENING: Final = "([{"
CLOSING: Final = ")]}"


def split(argument: str, option: str) -> tuple[str, str]:
    """Return key and the text after the first `=`; `option` is what a refusal calls it."""
    key, equals, text = argument.partition("=")
    if not equals or not key or not text:
        raise RecipeError(f"{option} '{argument}' is not a list of values; write key=a,b,c")
    if key in WORDS_ONLY:
        raise RecipeError(f"{option} {key}: it changes nothing in a training; choose another key")
    return key, text


def values(text: str) -> list[str]:
    """Return the values between commas; those inside brackets or quotes belong to a value.

    >>> values("[64, 64],[128]")
    ['[64, 64]', '[128]']
    """
    found, depth, quote = [""], 0, ""
    for sign in text:
        if sign == "," and not depth and not quote:
            found.append("")
            continue
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        else:
            depth += (sign in OPENING) - (sign in CLOSING)
        found[-1] += sign
    return [value.strip() for value in found]


def refuse_twice(overrides: Sequence[str], keys: Sequence[str], option: str) -> None:
    """Raise RecipeError where a key is in `keys` twice, or also set by an override."""
    fixed = [override.partition("=")[0] for override in overrides]
    for position, key in enumerate(keys):
        if key in fixed:
            raise RecipeError(f"{key} is both set and in {option}; leave one of the two out")
        if key in keys[:position]:
            raise RecipeError(f"{option} names {key} twice; put all its values into one list")


def ordered(overrides: Sequence[str]) -> list[str]:
    """Return the overrides, those of a whole section before those of its options.

    Naming a method drops the options of the one before it, so its own must come afterwards.
    """
    return sorted(overrides, key=lambda override: override.partition("=")[0].count("."))
