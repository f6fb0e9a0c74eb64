"""The contract every entry of every table keeps."""

import re
from dataclasses import fields

import pytest
import torch

from pilgi.errors import RecipeError
from pilgi.learn.methods import FAMILIES
from pilgi.learn.methods.entry import construct
from pilgi.learn.methods.losses import SEQUENCE
from pilgi.learn.models import MODELS, READERS
from pilgi.learn.models.baselines import BASELINES
from pilgi.learn.recipe import load_recipe
from pilgi.methods import catalogue

TABLES = {**FAMILIES, "model": MODELS, "baseline": BASELINES}
ENTRIES = [(family, name) for family, table in TABLES.items() for name in table]
LINES = ["model=crnn", "loss=ctc", "lines={count=32}", "batch_size=8", "validation=0"]
OF_NETWORKS = [entry for entry in ENTRIES if entry[0] != "baseline"]
HANGUL = re.compile("[가-힣]")

entries = pytest.mark.parametrize(("family", "name"), ENTRIES)
entries_of_networks = pytest.mark.parametrize(("family", "name"), OF_NETWORKS)


@entries
def test_it_says_what_it_does_and_when_it_helps_in_both_languages(family, name):
    entry = TABLES[family][name]
    for words in (entry.summary, entry.when):
        assert set(words) == {"en", "ko"}
        assert words["en"].endswith(".")
        assert HANGUL.search(words["ko"])
        assert not HANGUL.search(words["en"])


@entries
def test_it_states_its_formula_and_its_source(family, name):
    entry = TABLES[family][name]
    assert re.search("[=~]", entry.formula)
    assert re.search(r"\d{4}|^-$", entry.reference)


@entries
def test_its_builder_and_its_options_are_documented(family, name):
    entry = TABLES[family][name]
    assert entry.build.__doc__ or entry.build.__name__.startswith("_")
    documented = entry.Options.__doc__ or ""
    for option in fields(entry.Options):
        assert option.name in documented or option.name in SHARED, f"{option.name} is not explained"


SHARED = {"activation", "initializer", "bias_initializer", "batch_norm"}
"""Explained once, in docs/reference/recipe.md, for all models."""


@entries
def test_its_defaults_are_valid_and_frozen(family, name):
    options = TABLES[family][name].Options()
    for option in fields(options):
        with pytest.raises(AttributeError):
            setattr(options, option.name, 0)


@entries
def test_it_refuses_an_unknown_option_and_one_of_the_wrong_type(family, name):
    options = TABLES[family][name].Options
    with pytest.raises(Exception, match="is not a key here"):
        construct(options, {"nonsense": 1})
    for option in fields(options):
        with pytest.raises(Exception, match=r"should be|is |must be"):
            construct(options, {option.name: object()})


def overrides_for(family: str, name: str) -> list[str]:
    """Return the overrides that put the entry into the tiny recipe."""
    places = {
        "activation": [f"model.activation={name}"],
        "initializer": [f"model.initializer={name}"],
        "layer": ["model.batch_norm=true", "model.dropout=0.2"],
    }
    if name in (*READERS, *SEQUENCE):
        return LINES
    return places.get(family, [f"{family}={name}"])


@entries_of_networks
def test_any_recipe_can_use_it_and_it_learns(family, name, open_session):
    from pilgi.learn.train.loop import Update

    session = open_session(*overrides_for(family, name))
    before = [weight.detach().clone() for weight in session.state.network.parameters()]
    update = Update(session.state, session.recipe, session.batches)
    losses = [update(*session.batches.batch(step))[0] for step in range(3)]
    after = list(session.state.network.parameters())
    assert all(torch.isfinite(torch.tensor(losses)))
    assert any(not torch.equal(a, b) for a, b in zip(after, before, strict=True))


@pytest.mark.parametrize("name", BASELINES)
def test_every_baseline_has_its_recipe(name):
    assert load_recipe(f"baseline-{name}").model.name == name


@entries
def test_it_is_in_the_catalogue_that_help_and_docs_read(family, name):
    facts = catalogue()["families"][family]["methods"][name]
    assert facts["summary"] == TABLES[family][name].summary
    assert [option["name"] for option in facts["options"]] == [
        option.name for option in fields(TABLES[family][name].Options)
    ]


@pytest.mark.parametrize("family", ["optimizer", "schedule", "loss", "augment", "model"])
def test_a_misspelt_name_is_refused_with_the_nearest_one(family):
    right = next(iter(TABLES[family]))
    with pytest.raises(RecipeError, match=f"did you mean '{right}'"):
        load_recipe("softmax", [f"{family}={right}x"])
