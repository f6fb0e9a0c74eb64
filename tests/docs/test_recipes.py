"""Every recipe and setting the documentation names exists, and every one is documented."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest

from pilgi.learn.course import ROWS
from pilgi.learn.recipe import SECTIONS, SHELF, Recipe, load_recipe

REFERENCE = "docs/reference/recipe.md"


def trainings(pages: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield the recipe and the settings of every training shown, in a block or a sentence.

    Placeholders (RECIPE, key=value) and files of the reader's own are left out.
    """
    for page in pages.values():
        spans = (token.content.removeprefix("pilgi ") for token in page.inline("code_inline"))
        for verb, *words in [*page.commands, *(span.split() for span in spans if span.strip())]:
            settings = [
                word for word in words if "=" in word and not word.startswith(("-", "key="))
            ]
            if verb == "demo":
                yield "quick", settings
            elif verb == "train" and words and words[0].islower() and words[0][-5:] != ".toml":
                yield from [(words[0], settings)] * (words[0][0] != "-")


def test_every_training_shown_names_a_recipe_and_settings_it_accepts(pages: dict[str, Any]) -> None:
    shown = list(trainings(pages))
    assert shown
    for name, settings in shown:
        for recipe, own in _recipes(name):
            load_recipe(recipe, [*own, *settings])


def _recipes(name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the recipe called `name`, or those of the course's row that has several."""
    if (SHELF / f"{name}.toml").is_file() or name not in ROWS:
        return [(name, ())]
    return [(training.recipe, training.settings) for training in ROWS[name].trainings]


def test_every_shipped_recipe_is_in_the_reference(pages: dict[str, Any]) -> None:
    text = pages[REFERENCE].text
    assert not [path.stem for path in SHELF.glob("*.toml") if f"| `{path.stem}` |" not in text]


def test_every_key_is_in_the_reference(pages: dict[str, Any]) -> None:
    names = {field.name for field in fields(Recipe)} - set(SECTIONS)
    assert not [name for name in sorted(names) if f"| `{name}` |" not in pages[REFERENCE].text]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_method_and_option_is_in_its_section_of_the_reference(
    pages: dict[str, Any], section: str
) -> None:
    text = pages[REFERENCE].text.partition(f"\n## [{section}]\n")[2].partition("\n## ")[0]
    entries = SECTIONS[section]
    names = {field.name for entry in entries.values() for field in fields(entry.Options)}
    assert not [name for name in sorted({*names, *entries}) if f"`{name}`" not in text]
