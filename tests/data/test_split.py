import numpy as np
import pytest

from pilgi.data import Split, join
from pilgi.errors import DataError

DIGITS = tuple("0123456789")


def test_the_hash_tells_pictures_and_labels_apart(small):
    labels = small.labels.copy()
    labels[0] += 1
    assert small.sha256 == small.take(np.arange(40)).sha256
    assert small.sha256 != small.take(np.arange(39)).sha256
    assert small.sha256 != Split("other", small.images, labels, DIGITS).sha256


def test_pictures_are_taken_with_their_labels_and_writers(small):
    taken = small.take(np.array([7, 3]), "two")
    assert taken.name == "two"
    assert taken.labels.tolist() == [7, 3]
    assert taken.writers.tolist() == [1, 0]
    assert (taken.images == small.images[[7, 3]]).all()


@pytest.mark.parametrize(
    ("images", "labels", "sentence"),
    [
        (np.zeros((2, 28, 28), np.float32), [0, 1], "must be uint8"),
        (np.zeros((2, 784), np.uint8), [0, 1], "must be uint8"),
        (np.zeros((2, 28, 28), np.uint8), [0], "2 pictures but 1 labels"),
        (np.zeros((2, 28, 28), np.uint8), [0, 10], "labels run from 0 to 10"),
        (np.zeros((2, 28, 28), np.uint8), [-1, 0], "labels run from -1 to 0"),
    ],
)
def test_what_does_not_fit_together_is_refused(images, labels, sentence):
    with pytest.raises(DataError, match=sentence):
        Split("odd", images, np.array(labels), DIGITS)


def test_two_sets_of_one_shape_are_joined_in_their_order():
    first = Split("a", np.zeros((2, 4, 4), np.uint8), np.array([0, 1]), DIGITS, np.array([3, 4]))
    second = Split("b", np.ones((1, 4, 4), np.uint8), np.array([2]), DIGITS)
    both = join("both", first, second)
    assert both.images[:, 0, 0].tolist() == [0, 0, 1]
    assert both.labels.tolist() == [0, 1, 2]
    assert both.writers is None
    assert join("twice", first, first).writers.tolist() == [3, 4, 3, 4]


def test_sets_of_other_shapes_are_not_joined():
    small = Split("small", np.zeros((2, 4, 4), np.uint8), np.array([0, 1]), DIGITS)
    large = Split("large", np.zeros((2, 8, 8), np.uint8), np.array([0, 1]), DIGITS)
    with pytest.raises(DataError, match=r"of \(4, 4\) in small and of \(8, 8\) in large"):
        join("both", small, large)
