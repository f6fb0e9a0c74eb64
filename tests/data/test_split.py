import numpy as np
import pytest

from pilgi.data import Split
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
