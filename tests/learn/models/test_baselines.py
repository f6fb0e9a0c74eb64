"""The classical baselines, on a few clouds of points that anything can tell apart."""

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning

from pilgi.learn.methods.entry import construct
from pilgi.learn.models import MODELS, baselines
from pilgi.learn.models.baselines import BASELINES

CLASSES, PIXELS, EACH = 4, 9, 20

every_baseline = pytest.mark.parametrize("name", BASELINES)


def clouds(*classes, seed=0):
    """Return points near one corner of the cube for each class, and their labels."""
    draws = np.random.default_rng(seed)
    labels = np.repeat(classes, EACH)
    corners = np.eye(CLASSES, PIXELS)[labels]
    return (corners + draws.normal(0, 0.1, corners.shape)).astype(np.float32), labels


def fitted(name, *classes, seed=0, **settings):
    entry = BASELINES[name]
    pictures, labels = clouds(*classes)
    return entry.build(construct(entry.Options, settings), seed).fit(pictures, labels)


@every_baseline
def test_what_is_easy_to_tell_apart_is_told_apart(name):
    pictures, labels = clouds(*range(CLASSES), seed=1)
    answers = baselines.answers(fitted(name, *range(CLASSES)), pictures, CLASSES)
    assert answers.shape == (len(labels), CLASSES)
    assert (answers.argmax(1) == labels).all()


@every_baseline
@pytest.mark.parametrize("seen", [(0, 3), (1, 2, 3)])
def test_a_class_that_was_never_seen_is_never_answered(name, seen):
    pictures, labels = clouds(*seen, seed=1)
    answers = baselines.answers(fitted(name, *seen), pictures, CLASSES)
    assert np.isfinite(answers).all()
    assert (answers.argmax(1) == labels).all()


@every_baseline
def test_probabilities_add_up_to_one_where_there_are_any(name):
    estimator = fitted(name, *range(CLASSES))
    assert baselines.has_probabilities(estimator) == (name != "svm")
    if name != "svm":
        answers = baselines.answers(estimator, clouds(0)[0], CLASSES)
        assert np.allclose(answers.sum(1), 1)


@every_baseline
def test_the_same_seed_gives_the_same_answers(name):
    pictures, _ = clouds(*range(CLASSES), seed=1)
    one, other = (
        baselines.answers(fitted(name, *range(CLASSES), seed=7), pictures, CLASSES)
        for _ in range(2)
    )
    assert np.array_equal(one, other)


def test_a_forest_grows_from_its_seed():
    pictures, _ = clouds(*range(CLASSES), seed=1)
    one, other = (
        baselines.answers(fitted("forest", 0, 1, 2, seed=seed, trees=5), pictures, CLASSES)
        for seed in (0, 1)
    )
    assert not np.array_equal(one, other)


def test_the_numbers_held_and_the_multiplications_are_counted():
    logistic = fitted("logistic", *range(CLASSES))
    assert baselines.parameters(logistic) == CLASSES * PIXELS + CLASSES
    assert baselines.multiply_accumulates(logistic) == CLASSES * PIXELS
    knn = fitted("knn", *range(CLASSES))
    assert baselines.parameters(knn) == CLASSES * EACH * PIXELS
    assert baselines.multiply_accumulates(knn) == CLASSES * EACH * PIXELS
    svm = fitted("svm", *range(CLASSES))
    held = len(svm.support_vectors_) * (PIXELS + CLASSES - 1)
    assert baselines.multiply_accumulates(svm) == held
    assert baselines.parameters(svm) == held + CLASSES * (CLASSES - 1) // 2


def test_a_tree_of_one_question_holds_it_and_two_leaves():
    forest = fitted("forest", 0, 1, trees=1, depth=1)
    assert baselines.parameters(forest) == 2 + 2 * 2
    assert baselines.multiply_accumulates(forest) == 0


def test_a_fit_that_was_cut_short_says_so():
    with pytest.warns(ConvergenceWarning):
        short = fitted("logistic", *range(CLASSES), iterations=1)
    assert baselines.ending(short).startswith("the 1 iterations allowed were taken")
    assert baselines.ending(fitted("logistic", *range(CLASSES))) == "the fit is complete"
    assert baselines.ending(fitted("forest", 0, 1)) == "the fit is complete"


def test_options_reach_the_estimator():
    assert fitted("svm", 0, 1, gamma=0.5).gamma == 0.5
    assert fitted("svm", 0, 1).gamma == "scale"
    assert fitted("knn", 0, 1, votes="distance").weights == "distance"
    assert fitted("forest", 0, 1, depth=2).max_depth == 2


def test_no_baseline_has_the_name_of_a_network():
    assert not set(BASELINES) & set(MODELS)
