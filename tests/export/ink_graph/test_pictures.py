"""The ink spec as a graph gives Python's bytes."""

import cv2
import numpy as np
import pytest

from pilgi import ink
from pilgi.export.ink_graph.pictures import CLEANING, STEPS, from_grey


def test_every_golden_grey_picture_gives_the_golden_ink(called, grey_golden):
    assert not [
        vector["name"]
        for vector in grey_golden
        if not np.array_equal(called(from_grey)(vector["picture"]), vector["ink"])
    ]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_each_step_gives_the_golden_step(called, grey_golden, step):
    shown = 0
    for vector in grey_golden[::5]:
        names, pictures = list(vector["steps"]), list(vector["steps"].values())
        if step.__name__ not in names or not vector["ink"].any():
            continue
        at = names.index(step.__name__)
        assert np.array_equal(called(step)(pictures[at - 1]), pictures[at]), vector["name"]
        shown += 1
    assert shown > 50


@pytest.mark.parametrize("step", CLEANING, ids=lambda step: step.__name__)
def test_what_is_not_of_the_writing_goes_as_in_the_golden_step(called, grey_golden, step):
    shown = 0
    for vector in grey_golden[-72:-36]:
        seen = vector["steps"].get(step.__name__, vector["steps"]["grey"])
        assert np.array_equal(called(step)(vector["steps"]["grey"]), seen), vector["name"]
        shown += step.__name__ in vector["steps"]
    assert shown >= 8


def test_the_steps_are_the_spec_s_in_its_order(grey_golden):
    names = [step.__name__ for step in STEPS]
    assert ["grey", *names] == list(grey_golden[0]["steps"])


def test_onnx_s_own_reference_gives_the_golden_ink_too(referred, grey_golden):
    small = sorted(grey_golden, key=lambda vector: vector["picture"].size)
    kinds = {vector["name"].split("-")[0]: vector for vector in reversed(small)}
    assert len(kinds) >= 13
    for vector in kinds.values():
        assert np.array_equal(referred(from_grey)(vector["picture"]), vector["ink"]), vector["name"]


def test_strange_pictures_give_python_s_bytes(called, strange):
    for seed in range(100):
        picture = strange(seed)
        assert np.array_equal(called(from_grey)(picture), ink.from_picture(picture)), seed


def test_a_photo_is_reduced_as_python_does_it(called):
    light = np.add.outer(np.arange(700), np.arange(501)) * 155 // 1200 + 100
    photo = cv2.circle(light.astype(np.uint8), (240, 380), 130, 30, 20)
    assert np.array_equal(called(from_grey)(photo), ink.from_picture(photo))


def test_noise_and_stripes_that_are_nearly_none_give_python_s_bytes(called, damaged):
    for seed in range(100):
        picture = damaged(seed)
        assert np.array_equal(called(from_grey)(picture), ink.from_picture(picture)), seed


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (2, 2)])
def test_pictures_that_are_hardly_any_give_python_s_bytes(called, shape):
    picture = np.random.default_rng(0).integers(0, 256, shape).astype(np.uint8)
    assert np.array_equal(called(from_grey)(picture), ink.from_picture(picture))
