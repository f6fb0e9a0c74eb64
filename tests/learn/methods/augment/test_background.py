"""Digits over coloured backgrounds, learnt."""

import numpy as np
import pytest
import torch

from pilgi import ink
from pilgi.errors import RecipeError
from pilgi.learn.methods.augment import AUGMENTATIONS


def digits(count=32):
    """Return the ink of L shapes."""
    drawn = np.zeros((28, 28), np.uint8)
    drawn[4:24, 10:13] = drawn[21:24, 10:20] = 255
    return (torch.from_numpy(ink.normalize(drawn)) / 255).repeat(count, 1, 1, 1)


def written(pictures, seed=0, **settings):
    entry, generator = AUGMENTATIONS["background"], torch.Generator().manual_seed(seed)
    transform = entry.build(entry.Options(**settings))
    return transform(pictures, torch.arange(len(pictures)), generator)


def test_a_share_of_the_pictures_is_written_over_backgrounds_and_no_target_changes():
    pictures = digits(200)
    found, targets = written(pictures, share=0.3)
    changed = (found != pictures).flatten(1).any(1).float().mean()
    assert 0.2 < changed < 0.4
    assert targets.tolist() == list(range(200))
    assert found.min() >= 0
    assert found.max() <= 1


def test_most_digits_come_out_of_the_ink_spec_as_they_were():
    found = written(digits(100), share=1.0)[0]
    overlap = (found * digits(100)).sum((1, 2, 3)) / digits(100).sum((1, 2, 3))
    assert (overlap > 0.7).float().mean() > 0.6


def test_some_keep_a_piece_of_their_background():
    beside = written(digits(100), share=1.0)[0][:, 0, :12, 16:]
    assert 0.1 < (beside > 0.3).flatten(1).any(1).float().mean() < 0.9


def test_no_share_changes_nothing():
    assert torch.equal(written(digits(), share=0.0)[0], digits())


def test_the_generator_decides_the_draw():
    first, again, other = (written(digits(), seed=seed, share=1.0)[0] for seed in (0, 0, 1))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_other_pictures_than_ink_are_refused():
    with pytest.raises(RecipeError, match=r"28x28 ink .* 3x32x32; leave it out"):
        written(torch.zeros(2, 3, 32, 32), share=1.0)
