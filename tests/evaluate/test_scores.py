import json

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

from pilgi import ink
from pilgi.data.split import Split
from pilgi.errors import DataError, RecognizerError
from pilgi.evaluate import Scores, evaluate, probabilities_scores
from pilgi.recognizer import Recognizer

LETTERS = tuple("ABCDEFGHIJ")


def toy(labels: list[int], classes: tuple[str, ...] = ("0", "1", "2")) -> Split:
    images = np.zeros((len(labels), 2, 2), np.uint8)
    return Split("toy", images, np.array(labels, np.int64), classes)


def test_confusion_and_class_scores_are_scikit_learns(
    scores: Scores, recognizer: Recognizer, split: Split
) -> None:
    answers = recognizer.predict(split.images)
    assert (scores.confusion == confusion_matrix(split.labels, answers)).all()
    ours = [[c.precision, c.recall, c.f1, c.support] for c in scores.per_class]
    theirs = np.array(precision_recall_fscore_support(split.labels, answers)).T
    assert np.allclose(np.array(ours, float), theirs)


def test_the_figures_of_a_real_recognizer_agree_with_each_other(scores: Scores) -> None:
    assert 0.85 < scores.accuracy < 0.95
    assert scores.interval[0] < scores.accuracy < scores.interval[1]
    assert scores.errors == len(scores.mistakes) == scores.n - scores.confusion.trace()
    assert sum(part.n for part in scores.bins) == scores.n == 1797


def test_mistakes_come_surest_first_and_name_picture_answer_and_truth(
    scores: Scores, recognizer: Recognizer, split: Split
) -> None:
    confidence = [one.confidence for one in scores.mistakes]
    assert confidence == sorted(confidence, reverse=True)
    answers = recognizer.predict(split.images)
    for one in scores.mistakes:
        assert (one.answer, one.truth) == (answers[one.index], split.labels[one.index])


def test_the_json_has_the_documented_keys_and_only_finite_numbers(scores: Scores) -> None:
    document = json.loads(json.dumps(scores.to_json(), allow_nan=False))
    assert {"data", "n", "errors", "accuracy", "interval", "declined"} <= document.keys()
    assert {"nll", "ece", "confusion", "per_class"} <= document.keys()
    assert document["answered"] == {
        "n": scores.n,
        "errors": scores.errors,
        "accuracy": scores.accuracy,
    }
    assert document["declined"] == 0


def test_an_answer_given_no_probability_at_all_still_has_a_finite_nll() -> None:
    scores = probabilities_scores(np.array([[1.0, 0.0, 0.0]]), toy([2]))
    assert json.dumps(scores.to_json(), allow_nan=False)
    assert scores.nll == pytest.approx(87.34, abs=0.01)


def test_what_cannot_be_known_of_a_class_is_none() -> None:
    scores = probabilities_scores(np.array([[0.9, 0.1, 0.0], [0.2, 0.8, 0.0]]), toy([0, 0]))
    first, second, third = scores.per_class
    assert (first.precision, first.recall) == (1.0, 0.5)
    assert (second.precision, second.recall) == (0.0, None)
    assert (third.precision, third.recall, third.f1, third.support) == (None, None, None, 0)


def test_temperature_changes_confidence_and_no_answer(build, split: Split) -> None:
    weights = np.random.default_rng(0).normal(scale=1e-3, size=(784, 10))
    cold, hot = (evaluate(build(weights, np.zeros(10), temperature=t), split) for t in (1.0, 9.0))
    assert (cold.confusion == hot.confusion).all()
    assert cold.bins[-1].confidence > hot.bins[-1].confidence


def test_data_with_some_of_the_classes_in_another_order_is_scored_by_name(
    recognizer: Recognizer, split: Split
) -> None:
    some = split.take(np.flatnonzero(split.labels < 2))
    turned = Split("turned", some.images, 1 - some.labels, ("1", "0"))
    assert evaluate(recognizer, turned).errors == evaluate(recognizer, some).errors
    assert [c.support for c in evaluate(recognizer, turned).per_class[2:]] == [0] * 8


def test_data_with_other_classes_are_refused_by_both_lists(
    recognizer: Recognizer, split: Split
) -> None:
    letters = Split("letters", split.images, split.labels, LETTERS)
    sentence = r"letters: its classes \(A, B, .*, J\) are not those that runs/test knows \(0, 1"
    with pytest.raises(DataError, match=sentence):
        evaluate(recognizer, letters)


def test_pictures_of_another_shape_are_refused(recognizer: Recognizer) -> None:
    small = Split("small", np.zeros((3, 8, 8), np.uint8), np.zeros(3, np.int64), ("0",))
    with pytest.raises(DataError, match=r"runs/test reads uint8 pictures of shape \(28, 28\)"):
        evaluate(recognizer, small)


def test_colour_pictures_of_digits_become_ink_first(recognizer: Recognizer, split: Split) -> None:
    few = split.take(np.arange(20))
    share = few.images[..., None] / 255
    mixed = np.array([90, 130, 205]) * (1 - share) + np.array([222, 108, 20]) * share
    coloured = Split("coloured", mixed.astype(np.uint8), few.labels, few.classes)
    inked = np.stack([ink.from_picture(picture) for picture in coloured.images])
    expected = evaluate(recognizer, Split("ink", inked, few.labels, few.classes))
    assert (evaluate(recognizer, coloured).confusion == expected.confusion).all()


def test_an_empty_set_is_refused(recognizer: Recognizer, split: Split) -> None:
    empty = split.take(np.empty(0, np.intp), "nothing")
    with pytest.raises(DataError, match="nothing: no pictures to score; check the path"):
        evaluate(recognizer, empty)


def test_probabilities_of_another_shape_are_refused() -> None:
    with pytest.raises(DataError, match=r"toy: probabilities of shape \(1, 2\)"):
        probabilities_scores(np.array([[0.5, 0.5]]), toy([0]))


def test_a_recognizer_whose_weights_are_no_numbers_is_refused(build, split: Split) -> None:
    broken = build(np.full((784, 10), np.nan), np.zeros(10))
    with pytest.raises(RecognizerError, match="some answers are NaN or infinite"):
        evaluate(broken, split)


def test_what_it_is_less_sure_of_than_asked_is_declined(
    recognizer: Recognizer, split: Split, scores: Scores
) -> None:
    confidence = recognizer.answers(split.images).confidence
    wrong = recognizer.predict(split.images) != split.labels
    unsure = confidence < 0.8
    found = evaluate(recognizer, split, min_confidence=0.8)
    assert found.declined == unsure.sum() > 0
    assert found.answered["n"] == (~unsure).sum()
    assert found.answered["errors"] == (wrong & ~unsure).sum()
    assert found.answered["accuracy"] > scores.accuracy == found.accuracy


def test_where_everything_is_declined_the_accuracy_of_the_answers_is_unknown(
    recognizer: Recognizer, split: Split
) -> None:
    found = evaluate(recognizer, split, min_confidence=1.1)
    assert found.declined == found.n
    assert found.answered == {"n": 0, "errors": 0, "accuracy": None}


def test_without_a_threshold_everything_is_answered(scores: Scores) -> None:
    whole = {"n": scores.n, "errors": scores.errors, "accuracy": scores.accuracy}
    assert (scores.declined, scores.answered) == (0, whole)


def test_an_array_on_white_paper_is_scored_as_ink_not_as_it_is(
    recognizer: Recognizer, split: Split
) -> None:
    few = split.take(np.arange(30))
    made = np.stack([ink.from_picture(255 - picture) for picture in few.images])
    white = Split("white", 255 - few.images, few.labels, few.classes)
    expected = evaluate(recognizer, Split("ink", made, few.labels, few.classes))
    assert (evaluate(recognizer, white).confusion == expected.confusion).all()
