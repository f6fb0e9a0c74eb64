"""methods.json and its page are what the tables say, and what they say works."""

import json
import shlex
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field
from pydantic.dataclasses import dataclass as validated

from pilgi.learn.adapt.table import METHODS as ADAPTATION
from pilgi.learn.describe import describe, page
from pilgi.learn.describe.catalogue import ADAPTING, TABLES
from pilgi.learn.describe.options import describe_options, explain
from pilgi.learn.recipe import load_recipe
from pilgi.methods import as_typed, catalogue

ROOT = Path(__file__).parents[3]
STALE = "stale: run `python -m pilgi.learn.describe`"


def every_method():
    families = describe()["families"]
    for family in TABLES:
        for name, facts in families[family]["methods"].items():
            yield pytest.param(facts, id=f"{family}.{name}")


def test_methods_json_is_what_the_tables_say():
    assert catalogue() == json.loads(json.dumps(describe())), STALE


def test_the_page_is_what_the_tables_say():
    written = (ROOT / "docs/reference/methods.md").read_text(encoding="utf-8")
    assert written == page(describe()), STALE


def test_every_entry_of_every_table_is_there():
    families = describe()["families"]
    tables = {**TABLES, ADAPTING: ADAPTATION}
    assert {f: list(table) for f, table in tables.items()} == {
        f: list(part["methods"]) for f, part in families.items()
    }


@pytest.mark.parametrize("facts", list(every_method()))
def test_its_example_is_a_training_that_is_accepted(facts):
    _, verb, recipe, *settings = shlex.split(facts["example"])
    assert verb == "train"
    assert load_recipe(recipe, settings)


@pytest.mark.parametrize("facts", list(every_method()))
def test_every_option_with_a_key_can_be_set_by_it(facts):
    _, _, recipe, *_ = shlex.split(facts["example"])
    for option in facts["options"]:
        if option["key"]:
            setting = f"{option['key']}={as_typed(option['default'])}"
            assert load_recipe(recipe, [facts["key"], setting])


@validated(frozen=True)
class RmspropOptions:
    """decay: r, in [0, 1): how fast: slowly. rate, std: of two things; shape: which one.

    epsilon: keeps
    the division finite.
    """

    decay: Annotated[float, Field(ge=0, lt=1)] = 0.9
    rate: float = 0.1
    std: Annotated[int, Field(gt=0)] = 1
    shape: Literal["linear", "cosine"] = "linear"
    epsilon: bool = False


def test_a_docstring_is_taken_apart_at_its_options_names_only():
    assert explain(RmspropOptions) == {
        "decay": "r, in [0, 1): how fast: slowly.",
        "rate": "of two things.",
        "std": "of two things.",
        "shape": "which one.",
        "epsilon": "keeps the division finite.",
    }


def test_an_option_has_its_type_range_and_default_in_words():
    decay, rate, std, shape, epsilon = describe_options(RmspropOptions)
    assert decay["range"] == {"en": "at least 0, below 1", "ko": "0 이상 1 미만"}
    assert (rate["type"]["en"], rate["range"], rate["default"]) == ("number", None, 0.1)
    assert (std["type"]["en"], std["range"]["en"]) == ("whole number", "above 0")
    assert shape["type"]["en"] == "one of linear, cosine"
    assert epsilon["type"]["ko"] == "true 또는 false"


@validated(frozen=True)
class MuteOptions:
    """learning_rate: e. novelty: something new."""

    learning_rate: float = 0.1
    novelty: float = 0.1
    silent: float = 0.1


def test_an_option_without_its_korean_says_where_to_add_it():
    with pytest.raises(LookupError, match=r"MuteOptions\.novelty has no Korean yet; add it to"):
        describe_options(MuteOptions)


def test_an_option_that_its_docstring_leaves_out_is_named():
    MuteOptions.__doc__ = "learning_rate: e."
    with pytest.raises(LookupError, match=r"MuteOptions\.novelty is not explained"):
        describe_options(MuteOptions)
