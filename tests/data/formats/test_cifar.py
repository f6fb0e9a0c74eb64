import numpy as np
import pytest

from pilgi.data.formats import cifar
from pilgi.data.formats.content import Content
from pilgi.errors import DataError

CLASSES = tuple("abcdefghij")


def test_planes_become_colours():
    record = np.zeros(cifar.RECORD, np.uint8)
    record[0] = 7
    record[1 + 1024 + 33] = 200
    split = cifar.decode("c", [Content("one", record.tobytes() * 2)], CLASSES)
    assert split.images.shape == (2, 32, 32, 3)
    assert split.labels.tolist() == [7, 7]
    assert split.images[0, 1, 1].tolist() == [0, 200, 0]


@pytest.mark.parametrize("data", [b"", bytes(cifar.RECORD - 1), bytes(2 * cifar.RECORD + 5)])
def test_a_batch_cut_short_is_refused_by_name(data):
    good = Content("good", bytes(cifar.RECORD))
    with pytest.raises(DataError, match=r"bad: .* are not whole pictures of 3,073"):
        cifar.decode("c", [good, Content("bad", data)], CLASSES)


def test_a_label_outside_the_classes_is_refused():
    record = bytes([10]) + bytes(cifar.RECORD - 1)
    with pytest.raises(DataError, match="labels run from 10 to 10, but there are 10 classes"):
        cifar.decode("c", [Content("x", record)], CLASSES)
