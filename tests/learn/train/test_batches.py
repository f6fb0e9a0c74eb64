import pytest
import torch

from pilgi.errors import RecipeError


def test_an_epoch_shows_every_picture_at_most_once(open_session):
    batches = open_session("batch_size=100").batches
    chosen = batches._epoch_order(0)[: batches.per_epoch * 100]
    assert len(chosen.unique()) == len(chosen) == batches.per_epoch * 100


def test_another_epoch_has_another_order(open_session):
    batches = open_session().batches
    first = batches._epoch_order(0).clone()
    assert not torch.equal(first, batches._epoch_order(1))


def test_a_batch_depends_on_the_seed_and_the_step_alone(open_session):
    one, other = (open_session("augment=affine").batches for _ in range(2))
    one.batch(0)
    assert torch.equal(one.batch(5)[0], other.batch(5)[0])
    assert not torch.equal(one.batch(5)[0], one.batch(6)[0])


def test_pictures_are_between_zero_and_one_and_go_with_their_labels(open_session):
    batches = open_session().batches
    pictures, labels = batches.batch(0)
    assert 0 <= pictures.min() < pictures.max() <= 1
    chosen = batches._epoch_order(0)[:256]
    assert torch.equal(labels, batches.data.labels[chosen])
    assert torch.equal((pictures * 255).round().byte(), batches.data.images[chosen])


def test_epochs_and_iterations_are_counted_as_the_course_counts_them(open_session):
    """55,000 pictures in batches of 100 are 550 iterations an epoch; here 1,137 in 100s are 11."""
    batches = open_session("batch_size=100", "epochs=3").batches
    assert batches.per_epoch == len(batches.data) // 100
    assert batches.steps == 3 * batches.per_epoch
    assert [batches.epoch(step) for step in (1, batches.per_epoch, batches.per_epoch + 1)] == [
        1,
        1,
        2,
    ]


def test_steps_end_in_the_middle_of_an_epoch_where_they_are_given(open_session):
    batches = open_session("steps=5").batches
    assert batches.steps == 5
    assert [step for step in range(1, 6) if batches.ends_epoch(step)] == [batches.per_epoch, 5]


def test_a_batch_larger_than_the_data_is_refused(open_session):
    with pytest.raises(RecipeError, match="batch_size=5000 is more than the"):
        open_session("batch_size=5000")


def test_validation_larger_than_the_data_is_refused(open_session):
    with pytest.raises(
        RecipeError, match=r"leaves none to train on; a fifth of them is validation=\d+$"
    ):
        open_session("validation=100000")
