"""Digits among clutter."""

import numpy as np
import pytest

from pilgi import ink
from pilgi.data import Split, default_part, load, locate
from pilgi.data.composed import clutter, compose_clutter
from pilgi.data.composed.clutter import cut_out
from pilgi.errors import DataError

THINGS = ("_neighbours", "_rules", "_marks", "_ring_and_stain", "_shine_through")


def ells(count=40):
    """Return L shapes by four writers."""
    images = np.zeros((count, 28, 28), np.uint8)
    images[:, 4:24, 10:13] = 255
    images[:, 21:24, 10:20] = 255
    return Split("ells", images, np.arange(count) % 10, tuple("0123456789"), np.arange(count) // 10)


def alone(monkeypatch, *kept):
    for thing in set(THINGS) - set(kept):
        monkeypatch.setattr(clutter, thing, lambda *_: None)


def test_picture_i_is_drawn_from_the_seed_and_i():
    some, all_of_them = compose_clutter(ells().take(np.arange(5)), 1), compose_clutter(ells(), 1)
    assert (some.images[0] == compose_clutter(ells().take(np.arange(5)), 1).images[0]).all()
    assert (some.images[0] != compose_clutter(ells(), 2).images[0]).any()
    assert len(all_of_them) == 40


def test_labels_and_writers_are_those_of_the_digit_in_the_middle():
    found = compose_clutter(ells(), 0)
    assert found.labels.tolist() == ells().labels.tolist()
    assert found.writers.tolist() == ells().writers.tolist()
    assert found.images.shape == (40, 28, 28)
    assert ink.is_ink(found.images[0])


def test_a_crop_is_dark_ink_on_paper_of_a_digit_s_size():
    for at in range(40):
        grey = cut_out(ells().images, at, 0)
        assert grey.dtype == np.uint8
        assert 15 < min(grey.shape) < max(grey.shape) < 150
        assert np.percentile(grey, 2) < np.median(grey) - 24


def test_without_clutter_the_digit_is_read_as_it_was(monkeypatch):
    alone(monkeypatch)
    monkeypatch.setattr(clutter, "TIGHTEST", 0.2)
    own = ink.normalize(ells().images[0]).astype(float)
    for picture in compose_clutter(ells(), 0).images:
        assert np.abs(picture - own).mean() < 16


@pytest.mark.parametrize("thing", THINGS)
def test_each_thing_adds_ink_to_some_pages_and_leaves_others(thing):
    changed = 0
    for at in range(100):
        rng = np.random.Generator(np.random.PCG64([3, at]))
        page = clutter._page(ells().images[0], rng)
        before = page.ink.copy()
        getattr(clutter, thing)(page, ells().images)
        assert (page.ink >= before).all()
        assert page.ink.max() <= 1
        changed += bool((page.ink != before).any())
    assert 5 < changed < 90


def test_a_page_without_digits_is_refused():
    small = Split("small", np.zeros((3, 8, 8), np.uint8), np.arange(3), tuple("012"))
    with pytest.raises(DataError, match=r"^small: clutter is composed of 28x28 ink"):
        compose_clutter(small, 0)


def test_the_catalog_composes_each_part_of_mnist_s_same_part(monkeypatch):
    train, test = ells(30), ells(10)
    monkeypatch.setattr(clutter, "COUNT", 8)
    monkeypatch.setattr(
        "pilgi.data.loading._idx", lambda _, part, *__: (train, test)[part == "test"]
    )
    monkeypatch.setattr("pilgi.data.loading._obtain", lambda *_: None)
    first, second = load("clutter", "train"), load("clutter", "test")
    assert (len(first), len(second), len(load("clutter"))) == (8, 8, 16)
    assert (first.images[0] != second.images[0]).any()
    assert default_part("clutter") == "test"


def test_it_says_where_its_digits_come_from():
    assert locate("clutter").startswith("composed here of mnist (download from")
