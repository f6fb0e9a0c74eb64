"""Clutter around a digit."""

import numpy as np
import pytest
import torch

from pilgi import ink
from pilgi.learn.methods.augment import AUGMENTATIONS
from pilgi.learn.methods.augment import clutter as laid
from pilgi.learn.methods.augment.clutter import segments
from pilgi.learn.methods.augment.placing import boxes, placed

THINGS = ("_neighbours", "_strokes", "_ring", "_stain", "_residue")


def digits(count=64, channels=1):
    """Return L shapes in ink's size and place."""
    pictures = torch.zeros(count, channels, 28, 28)
    pictures[:, :, 4:24, 10:13] = 1
    pictures[:, :, 21:24, 10:20] = 1
    return pictures


def cluttered(pictures, seed=0, **settings):
    entry, generator = AUGMENTATIONS["clutter"], torch.Generator().manual_seed(seed)
    transform = entry.build(entry.Options(**settings))
    return transform(pictures, torch.arange(len(pictures)), generator)


def alone(monkeypatch, *kept):
    for thing in set(THINGS) - set(kept):
        monkeypatch.setattr(laid, thing, lambda _: None)


def test_a_share_of_the_pictures_is_changed_and_no_target():
    pictures = digits(1000)
    found, targets = cluttered(pictures, share=0.3)
    changed = (found != pictures).flatten(1).any(1).float().mean()
    assert 0.25 < changed < 0.35
    assert targets.tolist() == list(range(1000))


def test_no_share_changes_nothing():
    assert torch.equal(cluttered(digits(), share=0.0)[0], digits())


def test_what_comes_out_is_in_the_ink_spec_s_size():
    found = cluttered(digits(), share=1.0)[0]
    assert found.shape == (64, 1, 28, 28)
    assert found.min() >= 0
    torch.testing.assert_close(found.amax((1, 2, 3)), torch.ones(64))
    sides = boxes(found.amax(1))
    longer = (sides[:, 1] - sides[:, 0]).amax(1)
    assert longer.min() >= 19
    assert longer.max() <= 22


def test_the_generator_decides_the_draw():
    first, again, other = (cluttered(digits(), seed=seed)[0] for seed in (0, 0, 1))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_without_things_and_cuts_a_digit_stays_where_it_was(monkeypatch):
    alone(monkeypatch)
    monkeypatch.setattr(laid, "NARROWEST", 0.0)
    own = torch.from_numpy(ink.normalize(np.uint8(255 * digits(1)[0, 0].numpy()))) / 255
    found = cluttered(digits(), share=1.0)[0]
    torch.testing.assert_close(found, own.expand(64, 1, 28, 28), atol=1e-4, rtol=0)


def test_a_cut_takes_no_more_than_two_rows_or_columns_of_a_digit(monkeypatch):
    alone(monkeypatch)
    scene = laid._scene(digits(500), torch.Generator().manual_seed(0))
    left = laid._cut(scene).amax(1)
    lost = (boxes(left) - scene.digit).abs()
    assert lost.max() == 2
    assert 0.1 < (lost > 0).float().mean() < 0.4


@pytest.mark.parametrize("thing", THINGS)
def test_each_thing_adds_ink_to_some_pictures_and_leaves_others(thing):
    scene = laid._scene(digits(300), torch.Generator().manual_seed(0))
    before = scene.canvas.clone()
    getattr(laid, thing)(scene)
    more = (scene.canvas - before).flatten(1)
    assert more.min() >= 0
    assert 0.02 < (more > 0).any(1).float().mean() < 0.9


def test_half_of_the_crops_show_a_piece_of_a_neighbour_and_none_a_whole_one():
    scene = laid._scene(digits(500), torch.Generator().manual_seed(0))
    laid._neighbours(scene)
    pieces = (laid._cut(scene) - torch.nn.functional.pad(digits(500), [8] * 4)).clamp(min=0)
    mass = pieces.flatten(1).sum(1)
    assert 0.3 < (mass > 1).float().mean() < 0.7
    assert mass.max() < 2 * digits(1).sum()


def test_a_third_of_the_crops_have_an_upright_rule():
    scene = laid._scene(digits(1000), torch.Generator().manual_seed(0))
    chosen, ends, *_ = laid._rule(scene, 1, laid.UPRIGHT_RULE)
    assert 300 < len(chosen) < 400
    assert (ends[:, 1, 0] - ends[:, 0, 0]).min() == scene.canvas.shape[-1]
    assert (ends[:, 1, 1] - ends[:, 0, 1]).abs().max() <= 3


def test_a_segment_has_its_width_and_round_ends():
    ends = torch.tensor([[[10.0, 5.0], [10.0, 25.0]], [[10.0, 10.0], [10.0, 10.0]]])
    line, dot = segments(torch.arange(30) + 0.5, ends, torch.tensor([1.0, 2.0]), torch.ones(2))
    assert abs(line.sum() - (2 * 20 + torch.pi)) < 1
    assert abs(dot.sum() - 4 * torch.pi) < 1
    assert line[:, 5:25].sum(0).allclose(torch.tensor(2.0))


def test_a_picture_of_nothing_stays_nothing_where_nothing_is_laid(monkeypatch):
    alone(monkeypatch)
    found = cluttered(torch.zeros(8, 1, 28, 28), share=1.0)[0]
    assert not found.any()


def test_colours_are_cluttered_alike():
    found = cluttered(digits(channels=3), share=1.0)[0]
    assert found.shape == (64, 3, 28, 28)
    assert torch.isfinite(found).all()


@pytest.mark.parametrize("size", [(9, 30), (34, 12), (16, 16), (40, 22)])
def test_placing_is_the_ink_spec_s_size_and_place(size):
    """Against `ink.normalize`, which is in integers and averages areas."""
    canvas = np.zeros((44, 44), np.uint8)
    rows, columns = np.mgrid[: size[0], : size[1]]
    blob = 255 * np.exp(-((rows - size[0] * 0.6) ** 2 + (columns - size[1] * 0.3) ** 2) / 300)
    canvas[2 : 2 + size[0], 3 : 3 + size[1]] = np.maximum(blob, 40)
    found = placed(torch.from_numpy(canvas)[None, None] / 255, 28)[0, 0]
    exact = torch.from_numpy(ink.normalize(canvas)) / 255
    assert (found - exact).abs().mean() < 0.02
    centres = [(each.sum(0) @ torch.arange(28.0) / each.sum()) for each in (found, exact)]
    assert abs(centres[0] - centres[1]) < 0.6
