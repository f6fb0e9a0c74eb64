"""Corruptions, learnt."""

import numpy as np
import pytest
import torch

from pilgi.data.corruptions import CORRUPTIONS, FAMILIES
from pilgi.errors import RecipeError
from pilgi.learn.methods.augment import AUGMENTATIONS
from pilgi.learn.recipe import load_recipe


def digits(count=64, channels=1):
    """Return L shapes in ink's size and place."""
    pictures = torch.zeros(count, channels, 28, 28)
    pictures[:, :, 4:24, 10:13] = 1
    pictures[:, :, 21:24, 10:20] = 1
    return pictures


def corrupted(pictures, seed=0, **settings):
    entry, generator = AUGMENTATIONS["corrupt"], torch.Generator().manual_seed(seed)
    transform = entry.build(entry.Options(**settings))
    return transform(pictures, torch.arange(len(pictures)), generator)


def test_a_share_of_the_pictures_is_corrupted_and_no_target():
    pictures = digits(600)
    found, targets = corrupted(pictures, share=0.3)
    changed = (found != pictures).flatten(1).any(1).float().mean()
    assert 0.25 < changed < 0.35
    assert targets.tolist() == list(range(600))
    assert found.min() >= 0
    assert found.max() <= 1


def test_no_share_changes_nothing():
    assert torch.equal(corrupted(digits(), share=0.0)[0], digits())


def test_the_generator_decides_the_draw():
    first, again, other = (corrupted(digits(), seed=seed)[0] for seed in (0, 0, 1))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_every_channel_is_corrupted_alike():
    found = corrupted(digits(channels=3), share=1.0)[0]
    assert torch.equal(found[:, 0], found[:, 1])
    assert torch.equal(found[:, 0], found[:, 2])


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_draws_its_own_corruptions_at_the_levels_up_to_the_usual(family):
    picture = (digits(1)[0, 0] * 255).byte().numpy()
    drawn = (np.random.default_rng(0) for _ in iter(int, 1))
    still = {
        kind.apply(picture, level, next(drawn)).tobytes()
        for name, kind in CORRUPTIONS.items()
        if kind.family == family and name in ALWAYS_ALIKE
        for level in kind.levels[: kind.usual]
    }
    found = (corrupted(digits(300), share=1.0, families=(family,))[0] * 255).round().byte()
    seen = {each.numpy().tobytes() for each in found[:, 0]}
    assert still <= seen
    assert not seen & {
        kind.apply(picture, kind.severity, next(drawn)).tobytes()
        for name, kind in CORRUPTIONS.items()
        if kind.family != family and name in ALWAYS_ALIKE
    }


ALWAYS_ALIKE = ("scale", "brightness", "stripe", "canny_edges", "thick_pen", "thin_pen", "jpeg")
"""Those that draw nothing."""


def test_a_family_that_is_none_and_no_family_are_refused():
    with pytest.raises(RecipeError, match=r"augment.*families"):
        load_recipe("quick", ['augment={name="corrupt", families=["rain"]}'])
    with pytest.raises(RecipeError, match=r"augment.*families"):
        load_recipe("quick", ['augment={name="corrupt", families=[]}'])
