import numpy as np

from pilgi.evaluate.coverage import SHARES, balances


def test_the_least_sure_are_declined_first():
    confidence, right = np.array([0.9, 0.1, 0.5, 0.7]), np.array([True, False, True, False])
    found = balances(confidence, right)
    assert [each.declined for each in found] == [0, 0.5]
    assert [(each.errors, each.n) for each in found] == [(2, 4), (1, 2)]
    assert [each.min_confidence for each in found] == [0.1, 0.7]


def test_a_threshold_declines_just_what_it_says():
    rng = np.random.default_rng(0)
    confidence = rng.permutation(10_000) / 10_000
    right = rng.random(10_000) < 0.9 + 0.1 * confidence
    for each, share in zip(balances(confidence, right), SHARES, strict=True):
        answered = confidence >= each.min_confidence
        assert each.declined == share == (~answered).mean()
        assert (each.n, each.errors) == (answered.sum(), (~right[answered]).sum())
        assert each.accuracy == right[answered].mean()


def test_one_picture_has_one_balance():
    assert [each.n for each in balances(np.array([0.5]), np.array([True]))] == [1]
