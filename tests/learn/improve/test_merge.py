"""Several graphs as one, against the members asked one by one."""

import numpy as np
import pytest

from pilgi import data
from pilgi.learn.improve.ensemble import _combined
from pilgi.learn.improve.merge import COMBINATIONS, merge
from pilgi.recognizer import Recognizer
from pilgi.sealing import seal


def merged(members, how):
    metadata = members[0].metadata.model_copy(update={"temperature": 1.0})
    return Recognizer(seal(merge(members, how), metadata), how)


@pytest.fixture(scope="module")
def pictures():
    return data.load("digits", "test").images


def test_the_average_is_the_mean_of_the_calibrated_probabilities(members, pictures):
    answers = [member.probabilities(pictures) for member in members]
    together = merged(members, "average").probabilities(pictures)
    np.testing.assert_allclose(together, np.mean(answers, axis=0), atol=1e-6)


@pytest.mark.parametrize("how", COMBINATIONS)
def test_the_graph_answers_as_the_members_answers_combined(members, pictures, how):
    answers = [member.probabilities(pictures) for member in members]
    together = merged(members, how).probabilities(pictures)
    np.testing.assert_allclose(together, _combined(answers, how), atol=1e-6)


def test_one_vote_more_outweighs_every_certainty():
    sure, unsure = np.array([[1.0, 0.0]]), np.array([[0.49, 0.51]])
    assert _combined([sure, unsure, unsure], "votes").argmax() == 1
    assert _combined([sure, unsure, unsure], "average").argmax() == 0


def test_a_tie_of_votes_is_settled_by_the_average():
    sure, unsure = np.array([[0.1, 0.9]]), np.array([[0.6, 0.4]])
    assert _combined([sure, unsure], "votes").argmax() == 1


def test_an_ensemble_may_be_a_member(members, pictures):
    inner = merged(members[:2], "average")
    outer = merged([inner, members[2]], "average").probabilities(pictures)
    answers = [inner.probabilities(pictures), members[2].probabilities(pictures)]
    np.testing.assert_allclose(outer, np.mean(answers, axis=0), atol=1e-6)


def test_any_number_of_pictures_is_answered_at_once(members, pictures):
    together = merged(members, "votes")
    assert together.logits(pictures[:1]).shape == (1, 10)
    assert np.isfinite(together.logits(pictures)).all()
