import numpy as np
import pytest
from sklearn.metrics import log_loss

from pilgi.errors import DataError
from pilgi.evaluate import ece, fit_temperature, nll, reliability
from pilgi.recognizer import softmax

RNG = np.random.default_rng(5)


def drawn(temperature: float, n: int = 20_000) -> tuple[np.ndarray, np.ndarray]:
    """Logits, and labels drawn from softmax(logits / temperature)."""
    logits = RNG.normal(scale=4.0, size=(n, 10)).astype(np.float32)
    cumulated = softmax(logits, temperature).astype(np.float64).cumsum(axis=1)
    labels = (RNG.random((n, 1)) > cumulated[:, :-1]).sum(axis=1)
    return logits, labels.astype(np.int64)


@pytest.mark.parametrize("temperature", [0.4, 1.0, 2.5])
def test_the_temperature_that_drew_the_labels_is_found(temperature: float) -> None:
    logits, labels = drawn(temperature)
    assert fit_temperature(logits, labels) == pytest.approx(temperature, rel=0.05)


def test_weights_say_how_much_each_picture_counts() -> None:
    """Twice a picture is the same as one that counts twice."""
    logits, labels = drawn(1.0, 2_000)
    weights = 1.0 + (np.arange(2_000) < 500)
    twice = [np.concatenate([each, each[:500]]) for each in (logits, labels)]
    assert fit_temperature(logits, labels, weights) == pytest.approx(fit_temperature(*twice))


def test_the_fitted_temperature_lowers_the_nll_and_the_calibration_error() -> None:
    logits, labels = drawn(2.5)
    raw, fitted = softmax(logits), softmax(logits, fit_temperature(logits, labels))
    assert nll(fitted, labels) < nll(raw, labels)
    assert ece(fitted, labels) < ece(raw, labels) / 5


def test_where_no_answer_is_wrong_the_temperature_stays_one() -> None:
    logits = np.eye(10, dtype=np.float32) * 5
    assert fit_temperature(logits, np.arange(10)) == 1.0


def test_where_most_answers_are_surely_wrong_the_temperature_stops_at_its_bound() -> None:
    logits = np.tile(np.eye(10, dtype=np.float32)[0] * 1000, (50, 1))
    assert fit_temperature(logits, np.repeat(np.arange(10), 5)) == pytest.approx(10, rel=0.01)


def test_a_temperature_needs_pictures_and_numbers() -> None:
    empty = np.empty((0, 10), np.float32)
    with pytest.raises(DataError, match="0 answers for 0 pictures; keep some pictures for valid"):
        fit_temperature(empty, np.empty(0, np.int64))
    with pytest.raises(DataError, match="some logits are NaN or infinite"):
        fit_temperature(np.full((1, 10), np.nan, np.float32), np.zeros(1, np.int64))


def test_the_nll_is_scikit_learns() -> None:
    logits, labels = drawn(1.0, n=500)
    probabilities = softmax(logits)
    assert nll(probabilities, labels) == pytest.approx(
        log_loss(labels, probabilities, labels=range(10)), rel=1e-4
    )


def test_a_probability_of_zero_costs_a_finite_amount() -> None:
    probabilities = np.array([[1.0, 0.0]], np.float32)
    assert nll(probabilities, np.array([1])) == pytest.approx(87.34, abs=0.01)


def test_bins_hold_equally_many_pictures_and_rise_in_confidence() -> None:
    logits, labels = drawn(1.0, n=1000)
    bins = reliability(softmax(logits), labels)
    assert len(bins) == 15
    assert {part.n for part in bins} == {66, 67}
    assert [part.confidence for part in bins] == sorted(part.confidence for part in bins)


def test_fewer_pictures_than_bins_leave_no_bin_empty() -> None:
    probabilities = np.array([[0.9, 0.1], [0.6, 0.4]])
    assert [part.n for part in reliability(probabilities, np.array([0, 1]))] == [1, 1]


def test_the_calibration_error_is_the_weighted_distance() -> None:
    probabilities = np.array([[0.6, 0.4], [0.6, 0.4], [0.9, 0.1], [0.9, 0.1]])
    # 0.6 sure and right once in two; 0.9 sure and always right.
    assert ece(probabilities, np.array([0, 1, 0, 0]), bins=2) == pytest.approx(0.1)
