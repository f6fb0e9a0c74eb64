import numpy as np
import pytest

from pilgi.data import Split, partition
from pilgi.errors import DataError


@pytest.fixture
def uneven():
    """Return 100 pictures numbered by their first pixel: 70 of class 0, 20 of 1, 10 of 2."""
    images = np.zeros((100, 28, 28), np.uint8)
    images[:, 0, 0] = np.arange(100)
    labels = np.random.default_rng(0).permutation(np.repeat([0, 1, 2], [70, 20, 10]))
    return Split("uneven", images, labels, ("a", "b", "c"), np.arange(100) // 5)


def numbers(split):
    return split.images[:, 0, 0].tolist()


def test_a_stratified_part_has_each_class_in_its_share(uneven):
    rest, held = partition.stratified(uneven, 50, seed=1)
    assert np.bincount(held.labels).tolist() == [35, 10, 5]
    assert sorted(numbers(rest) + numbers(held)) == list(range(100))


@pytest.mark.parametrize("count", [1, 7, 33, 99])
def test_exactly_as_many_are_held_as_asked_for(uneven, count):
    rest, held = partition.stratified(uneven, count, seed=1)
    assert (len(held), len(rest)) == (count, 100 - count)


def test_parts_keep_the_order_and_the_writers(uneven):
    _, held = partition.stratified(uneven, 30, seed=1)
    assert numbers(held) == sorted(numbers(held))
    assert (held.writers == np.array(numbers(held)) // 5).all()


def test_the_same_seed_gives_the_same_part_and_another_seed_another(uneven):
    first, again, other = (numbers(partition.stratified(uneven, 30, seed=s)[1]) for s in (1, 1, 2))
    assert first == again != other


def test_no_writer_is_on_both_sides(uneven):
    rest, held = partition.writer_disjoint(uneven, 23, seed=1)
    assert not set(rest.writers) & set(held.writers)
    assert len(held) == 25
    assert len(rest) == 75


def test_at_least_one_writer_stays_on_each_side(uneven):
    for count in (1, 99):
        rest, held = partition.writer_disjoint(uneven, count, seed=1)
        assert len(rest)
        assert len(held)


def test_the_tail_is_the_last_pictures(uneven):
    rest, held = partition.tail(uneven, 30)
    assert numbers(held) == list(range(70, 100))
    assert numbers(rest) == list(range(70))


@pytest.mark.parametrize("by", ["class", "writer"])
@pytest.mark.parametrize("k", [2, 3, 10])
def test_every_picture_is_held_in_exactly_one_fold(uneven, k, by):
    pairs = list(partition.folds(uneven, k, seed=1, by=by))
    assert len(pairs) == k
    assert sorted(n for _, held in pairs for n in numbers(held)) == list(range(100))
    for train, held in pairs:
        assert sorted(numbers(train) + numbers(held)) == list(range(100))


def test_folds_by_class_spread_each_class_evenly(uneven):
    counts = [np.bincount(held.labels) for _, held in partition.folds(uneven, 5, seed=1)]
    assert np.ptp(counts, axis=0).max() <= 1


def test_folds_by_writer_keep_writers_whole_and_sizes_even(uneven):
    pairs = list(partition.folds(uneven, 4, seed=1, by="writer"))
    for train, held in pairs:
        assert not set(train.writers) & set(held.writers)
    assert [len(held) for _, held in pairs] == [25] * 4


@pytest.mark.parametrize("count", [0, -1, 100, 101])
def test_a_count_that_leaves_one_side_empty_is_refused(uneven, count):
    for part in (
        lambda: partition.stratified(uneven, count, 0),
        lambda: partition.writer_disjoint(uneven, count, 0),
        lambda: partition.tail(uneven, count),
    ):
        with pytest.raises(DataError, match=r"cannot hold -?\d+ of 100 pictures; choose 1 to 99"):
            part()


@pytest.mark.parametrize("k", [1, 0, 101])
def test_a_number_of_folds_that_cannot_be_is_refused(uneven, k):
    with pytest.raises(DataError, match="of 100 pictures"):
        partition.folds(uneven, k, seed=0)
    with pytest.raises(DataError, match="of 20 writers"):
        partition.folds(uneven, k, seed=0, by="writer")


def test_folds_by_something_unknown_are_refused(uneven):
    with pytest.raises(DataError, match="did you mean 'writer'"):
        partition.folds(uneven, 5, seed=0, by="writers")


def test_writers_that_nobody_noted_cannot_part_anything(uneven):
    nameless = Split("nameless", uneven.images, uneven.labels, uneven.classes)
    with pytest.raises(DataError, match="nameless: nobody noted who wrote"):
        partition.writer_disjoint(nameless, 10, seed=0)
    with pytest.raises(DataError, match="nobody noted who wrote"):
        partition.folds(nameless, 5, seed=0, by="writer")
    alone = Split("alone", uneven.images, uneven.labels, uneven.classes, np.zeros(100, np.int64))
    with pytest.raises(DataError, match="alone: one writer wrote every picture"):
        partition.writer_disjoint(alone, 10, seed=0)
