from dataclasses import replace

import numpy as np
import pytest

from pilgi.data.lines import part_writers
from pilgi.data.split import Split
from pilgi.errors import DataError

DIGITS = tuple("0123456789")


def split(name, writers, start):
    """Return five digits of each of `writers`, each picture one of its own."""
    count = 5 * len(writers)
    images = np.zeros((count, 28, 28), np.uint8)
    images[:, 4:24, 10:18] = 200
    images[:, 0, 0], images[:, 0, 1] = np.divmod(start + np.arange(count), 256)
    return Split(name, images, np.arange(count) % 10, DIGITS, np.repeat(writers, 5))


def nobody_s(name, start):
    """Return 20 digits whose writers nobody noted."""
    return replace(split(name, np.arange(4), start), writers=None)


@pytest.fixture
def sources(monkeypatch):
    """Stand in for the five sets with small ones; return their pictures' numbers by writer."""
    found = {
        ("mnist", "train"): split("mnist", np.arange(40), 0),
        ("mnist", "test"): split("mnist", np.arange(40, 50), 1000),
        ("unipen", "all"): split("unipen", np.arange(60), 2000),
        ("usps", "train"): nobody_s("usps", 4000),
        ("hands", "train"): nobody_s("hands", 5000),
        ("sheets", "train"): split("sheets", np.arange(20), 6400),
    }
    monkeypatch.setattr("pilgi.data.loading.load", lambda name, part: found[name, part])
    monkeypatch.setattr("pilgi.data.lines.writers.learnt_others", lambda: None)
    return found


def numbers(part):
    return {int(high) * 256 + int(low) for high, low in part.images[:, 0, :2]}


@pytest.mark.usefixtures("sources")
def test_no_writer_is_in_two_parts():
    parted = part_writers("lines", 0)
    parts = [parted.train, parted.validation, parted.test]
    writers = [{number // 5 for number in numbers(part)} for part in parts]
    assert all(writers)
    assert not writers[0] & writers[1]
    assert not (writers[0] | writers[1]) & writers[2]


@pytest.mark.usefixtures("sources")
def test_the_test_s_digits_are_the_same_whatever_the_seed():
    assert part_writers("lines", 0).test.sha256 == part_writers("lines", 1).test.sha256
    assert part_writers("lines", 0).train.sha256 != part_writers("lines", 1).train.sha256


@pytest.mark.usefixtures("sources")
def test_each_source_gives_its_share_of_the_training_lines():
    train = part_writers("lines", 0).train
    by_set = np.zeros(5)
    *written, type_ = zip(train.groups, train.weights, strict=True)
    for group, weight in written:
        # The pictures' numbers in 256s: mnist 0, unipen 7 or 8, usps 15, hands 19, sheets 25.
        first = int(train.images[group[0], 0, 0])
        by_set[np.searchsorted((3, 12, 18, 22), first)] += weight
    np.testing.assert_allclose(by_set * 1.08, [0.48, 0.27, 0.07, 0.06, 0.12])
    assert train.labels[type_[0]].tolist() == [*range(10)] * 8
    assert np.isclose(type_[1] * 1.08, 0.08)


def test_every_digit_is_in_one_group(parted):
    for part in (parted.train, parted.validation, parted.test):
        assert sorted(np.concatenate(part.groups).tolist()) == list(range(len(part)))
        assert part.weights.sum() == pytest.approx(1)


def test_a_set_without_writers_is_parted_by_digits(parted, embedded):
    counts = [len(part) for part in (parted.train, parted.validation, parted.test)]
    assert sum(counts) == len(embedded)
    assert counts[1] == (counts[0] + counts[1]) // 20


def test_what_is_no_set_of_digits_is_refused(sources):
    sources["mine", "train"] = sources["mine", "test"] = Split(
        "mine", np.zeros((40, 28, 28), np.uint8), np.arange(40) % 2, ("a", "b")
    )
    with pytest.raises(DataError, match="mine: lines are composed of digits 0 to 9, 28 pixels"):
        part_writers("mine", 0)
