"""What a recipe trains on, chooses by and is scored on."""

import json

import numpy as np
import pytest

from pilgi import data
from pilgi.errors import RecipeError
from pilgi.learn.train.datasets import OTHER, load_parts


@pytest.fixture
def drawings(tmp_path):
    """Ten strokes a class by ten writers, as a file of strokes."""
    lines = [
        {"label": str(label), "writer": f"w{n}", "strokes": [[[0, 0], [n, label]]]}
        for label in range(10)
        for n in range(10)
    ]
    path = tmp_path / "drawings.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.fixture
def letters(tmp_path):
    """Ten drawings each of A, which no digit looks like, and of O, which is a 0."""
    path = tmp_path / "letters.jsonl"
    path.write_text(
        "".join(
            f'{{"label": "{c}", "strokes": [[[0, 0], [1, {n}]]]}}\n'
            for n, c in enumerate("AO" * 10)
        )
    )
    return path


def extra(path, key="extra"):
    return f'{key}=["{path.as_posix()}"]'


def test_extra_pictures_are_learnt_from_and_nothing_else(tiny, drawings):
    alone, more = load_parts(tiny()), load_parts(tiny(extra(drawings)))
    assert len(more.train) + len(more.hands[0]) == len(alone.train) + 80
    assert (more.train.images[: len(alone.train)] == alone.train.images).all()
    for part in ("validation", "test"):
        assert getattr(more, part).sha256 == getattr(alone, part).sha256


def test_of_an_extra_set_some_writers_are_held_out_whole(tiny, drawings):
    """A twentieth, or one writer where that is more; with validation=0 none."""
    (held,) = load_parts(tiny(extra(drawings))).hands
    whole = data.load(str(drawings), "train")
    assert len(np.unique(held.writers)) == 1
    assert len(held) == (whole.writers == held.writers[0]).sum()
    assert load_parts(tiny(extra(drawings), "validation=0")).hands == ()


def test_the_test_part_of_an_extra_set_stays_unseen(tiny, drawings):
    parts, whole = load_parts(tiny(extra(drawings))), data.load(str(drawings), "train")
    rest = whole.take(np.flatnonzero(whole.writers != parts.hands[0].writers[0]))
    assert (parts.train.images[-len(rest) :] == rest.images).all()


def test_extra_pictures_join_every_fold(tiny, drawings):
    fold = ("folds=3", "fold=1")
    alone, more = load_parts(tiny(*fold)), load_parts(tiny(*fold, extra(drawings)))
    assert len(more.train) + len(more.hands[0]) == len(alone.train) + 80
    assert more.validation.sha256 == alone.validation.sha256


def test_extra_pictures_of_other_classes_are_refused(tiny, letters):
    with pytest.raises(RecipeError, match="other classes than digits; leave it out"):
        load_parts(tiny(extra(letters)))


def test_pictures_of_none_of_the_classes_get_a_class_of_their_own(tiny, letters):
    alone, more = load_parts(tiny()), load_parts(tiny(extra(letters, "others")))
    assert more.train.classes == (*alone.train.classes, OTHER)
    assert more.validation.classes == more.test.classes == alone.train.classes
    assert (more.train.labels[: len(alone.train)] == alone.train.labels).all()


def test_letters_that_look_like_digits_are_left_out(tiny, letters):
    more = load_parts(tiny(extra(letters, "others")))
    assert (more.train.labels == 10).sum() == 8  # the training part of the A


def test_others_of_the_same_classes_are_refused(tiny, drawings):
    with pytest.raises(RecipeError, match="has classes of digits; leave it out"):
        load_parts(tiny(extra(drawings, "others")))
