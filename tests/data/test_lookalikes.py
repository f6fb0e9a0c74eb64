"""What no one can tell from a digit."""

import numpy as np
import pytest

from pilgi import ink
from pilgi.data import Split, load
from pilgi.data.lookalikes import principal_axis, stands, without_lookalikes


def stroke(lean, width=1.0, length=20.0, side=28):
    """Return ink of one straight stroke that leans to the right by so many degrees."""
    rows, columns = np.mgrid[:side, :side] - (side - 1) / 2
    turn = np.radians(lean)
    across = np.cos(turn) * columns + np.sin(turn) * rows
    along = np.sin(turn) * columns - np.cos(turn) * rows
    inside = np.minimum(width / 2 + 0.5 - np.abs(across), length / 2 + 0.5 - np.abs(along))
    return np.rint(255 * inside.clip(0, 1)).astype(np.uint8)


@pytest.mark.parametrize("lean", [-60, -20, 0, 15, 40, 75])
def test_the_axis_leans_as_the_stroke_does(lean):
    found, width = principal_axis(stroke(lean)[None])
    assert abs(found[0] - lean) < 1
    assert abs(width[0] - 1 / 20) < 0.04


def test_a_blank_picture_leans_nowhere_and_is_no_stroke():
    lean, width = principal_axis(np.zeros((1, 28, 28), np.uint8))
    assert (lean[0], width[0]) == (0, 1)


def test_a_thin_stroke_is_a_1_up_to_20_degrees_and_a_thick_one_up_to_40():
    thin = np.stack([stroke(lean) for lean in (-30, -15, 0, 15, 25, 45)])
    thick = np.stack([stroke(lean, width=3) for lean in (-45, -30, 0, 15, 35, 45)])
    assert stands(thin).tolist() == [False, True, True, True, False, False]
    assert stands(thick).tolist() == [False, True, True, True, True, False]


def signs():
    images = np.stack([stroke(10), stroke(35), stroke(0), stroke(90), stroke(5)])
    return Split("signs", images, np.array([0, 0, 1, 2, 3]), ("/", "z", "-", "I"))


def test_of_signs_only_slashes_that_stand_are_left_out():
    assert without_lookalikes(signs()).labels.tolist() == [0, 1, 2, 3]


def test_of_letters_those_are_left_out_that_look_like_digits():
    letters = Split("letters", np.stack([stroke(0)] * 3), np.arange(3), ("A", "z", "I"))
    assert without_lookalikes(letters).labels.tolist() == [0]


def test_a_set_without_slashes_keeps_its_signs():
    empty = signs().take(np.array([2, 3]))
    assert len(without_lookalikes(empty)) == 2


@pytest.mark.usefixtures("real_data")
class TestRealData:
    def test_1s_stand_and_most_slashes_do_not(self):
        mnist, signs = load("mnist", "test"), load("sheets-signs", "test")
        assert stands(mnist.images[mnist.labels == 1]).mean() > 0.97
        assert stands(signs.images[signs.labels == signs.classes.index("/")]).mean() < 0.4

    def test_sheets_are_ink_like_mnist_s(self):
        split = load("sheets", "test")
        assert len(split) == 2000
        assert 18 < split.images.mean() < 37
        assert ink.is_ink(split.images[0])
