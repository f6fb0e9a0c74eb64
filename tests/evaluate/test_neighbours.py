"""Neighbours are the nearest, and a prototype is the picture nearest to its class's mean."""

import numpy as np
import pytest

from pilgi import data
from pilgi.data import Split
from pilgi.evaluate import neighbours
from pilgi.evaluate.layers import features
from pilgi.evaluate.neighbours import nearest_features, nearest_pixels, prototypes
from pilgi.recognizer import Recognizer


@pytest.fixture(scope="module")
def split():
    return data.load("digits", "train")


def test_the_nearest_in_pixels_are_those_of_least_distance(split, monkeypatch):
    monkeypatch.setattr(neighbours, "BLOCK", 100)
    asked = split.images[3]
    difference = split.images.astype(float) - asked
    expected = np.sqrt((difference**2).sum(axis=(1, 2)))
    found = nearest_pixels(asked, split, 5)
    assert [each.distance for each in found] == pytest.approx(np.sort(expected)[:5], rel=1e-3)
    assert found[0].index == 3
    assert [each.label for each in found] == split.labels[[each.index for each in found]].tolist()


def test_the_nearest_in_features_are_those_of_least_angle(split, monkeypatch):
    monkeypatch.setattr(neighbours, "SHORTLIST", len(split))
    recognizer, asked = Recognizer.load("digit-tiny"), split.images[3]
    known = features(recognizer, split.images)
    unit = known / np.linalg.norm(known, axis=1, keepdims=True)
    expected = np.sort(1 - unit @ unit[3])[:5]
    found = nearest_features(recognizer, asked, split, 5)
    assert found[0].index == 3
    assert [each.distance for each in found] == pytest.approx(expected, abs=1e-5)


def test_a_prototype_is_the_picture_nearest_to_the_mean():
    images = np.zeros((4, 2, 2), np.uint8)
    images[:3, 0, 0] = (0, 100, 120)
    labelled = Split("few", images, np.array([0, 0, 0, 2]), ("a", "b", "c"))
    assert prototypes(labelled) == [1, -1, 3]
