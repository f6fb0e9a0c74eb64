import numpy as np

from pilgi.export.lines.logarithms import LEAST, NONE, UNIT, any_of, either, lattice_of


def test_adding_two_logarithms_adds_their_probabilities():
    one, other = np.random.default_rng(0).integers(-30 * UNIT, 0, (2, 5000))
    expected = np.logaddexp2(one / UNIT, other / UNIT) * UNIT
    assert np.abs(either(one, other) - expected).max() < 1.5


def test_nothing_adds_nothing():
    assert either(-5, NONE) == -5
    assert any_of([NONE, -7, NONE]) == -7


def test_a_lattice_is_the_log_softmax_of_its_logits():
    logits = np.random.default_rng(1).normal(0, 4, (50, 13))
    found = lattice_of(np.rint(logits * 4096).astype(np.int64))
    expected = logits - np.log2(np.exp2(logits).sum(1, keepdims=True))
    assert np.abs(found / UNIT - expected).max() < 1e-3


def test_a_lattice_goes_no_lower_than_its_least():
    assert lattice_of(np.array([[0, -(1 << 24)]])).tolist() == [[0, LEAST]]
