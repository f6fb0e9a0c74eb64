"""What every method of adaptation keeps to."""

from dataclasses import replace

import pytest
import torch

from pilgi.errors import DataError, RecipeError
from pilgi.learn.adapt import METHODS

every = pytest.mark.parametrize("name", METHODS)


@every
def test_weights_have_the_network_s_names_and_shapes_and_are_numbers(name, setting_of, field):
    setting = setting_of(field)
    weights = METHODS[name].apply(setting)
    own = setting.origin.weights
    assert {key: value.shape for key, value in weights.items()} == {
        key: value.shape for key, value in own.items()
    }
    assert all(value.isfinite().all() for value in weights.values())
    assert any((weights[key] != own[key]).any() for key in own)


@every
def test_the_recognizer_s_own_weights_stay_and_the_same_seed_gives_the_same_bits(
    name, setting_of, field
):
    setting = setting_of(field)
    before = {key: value.clone() for key, value in setting.origin.weights.items()}
    first, second = (METHODS[name].apply(setting) for _ in range(2))
    assert all((before[key] == value).all() for key, value in setting.origin.weights.items())
    assert all((first[key] == value).all() for key, value in second.items())


@every
def test_its_words_are_there_in_both_languages(name):
    entry = METHODS[name]
    for words in (entry.summary, entry.when):
        assert words["en"].endswith(".")
        assert words["ko"].endswith(".")
    assert entry.formula
    assert entry.reference


@every
def test_what_it_needs_and_what_it_can_do_without(name, setting_of, unlabelled):
    alone = replace(setting_of(unlabelled), source=None)
    needs = METHODS[name].labels or METHODS[name].source == "needed"
    if not needs:
        assert METHODS[name].apply(alone)
        return
    with pytest.raises((DataError, RecipeError)):
        METHODS[name].apply(alone)


def test_bn_takes_the_mean_of_what_the_first_norm_sees(setting_of, unlabelled):
    setting = setting_of(unlabelled)
    weights = METHODS["bn"].apply(setting)
    name = next(key for key in weights if key.endswith("running_mean"))
    network = setting.origin.network()
    below = network.layers[: int(name.split(".")[1])]
    with torch.no_grad():
        seen = below(network.scaled(setting.pictures.float() / 255))
    assert torch.allclose(weights[name], seen.mean(0), atol=1e-4)


def test_head_moves_the_last_layer_alone(setting_of, field):
    setting = setting_of(field)
    weights = METHODS["head"].apply(setting)
    moved = [key for key, value in weights.items() if (value != setting.origin.weights[key]).any()]
    last = len(setting.origin.network().layers) - 1
    assert moved == [f"layers.{last}.weight", f"layers.{last}.bias"]
