from statistics import StatisticsError

import numpy as np
import pytest
from scipy.stats import binomtest, ttest_1samp

from pilgi.evaluate import wilson
from pilgi.evaluate.significance import Paired, holm, paired, pairs_needed


@pytest.mark.parametrize(("successes", "n"), [(9964, 10_000), (1, 3), (50, 100), (0, 7), (7, 7)])
def test_the_wilson_interval_is_scipys(successes: int, n: int) -> None:
    oracle = binomtest(successes, n).proportion_ci(method="wilson")
    assert wilson(successes, n) == pytest.approx((oracle.low, oracle.high))


def test_errors_and_successes_give_mirrored_intervals() -> None:
    low, high = wilson(36, 10_000)
    assert wilson(9964, 10_000) == pytest.approx((1 - high, 1 - low))


def test_without_pictures_nothing_is_known() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_more_confidence_is_a_wider_interval() -> None:
    narrow, wide = wilson(90, 100), wilson(90, 100, confidence=0.99)
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


@pytest.mark.parametrize("differences", [[0.1, 0.3, 0.2], [-1.0, 2.0], [0.0, 0.0, 0.5, 0.1, -0.1]])
def test_the_paired_interval_and_p_value_are_scipys(differences: list[float]) -> None:
    found, oracle = paired(differences), ttest_1samp(differences, 0.0)
    interval = oracle.confidence_interval(0.95)
    assert found.interval == pytest.approx((interval.low, interval.high))
    assert found.p == pytest.approx(oracle.pvalue)


def test_without_any_difference_nothing_is_claimed() -> None:
    found = paired([0.0, 0.0, 0.0])
    assert (found.mean, found.sd, found.interval, found.p) == (0.0, 0.0, (0.0, 0.0), 1.0)
    assert pairs_needed(found) is None


def test_the_same_difference_at_every_seed_is_judged_by_its_sign_alone() -> None:
    assert paired([0.25] * 2).p == 0.5
    assert paired([0.25] * 6).p == pytest.approx(0.03125)
    assert pairs_needed(paired([0.25] * 2)) == 6
    assert pairs_needed(paired([0.25] * 2), alpha=0.05 / 3) == 7


def test_one_difference_is_no_sample() -> None:
    with pytest.raises(StatisticsError):
        paired([0.1])


def test_holm_multiplies_the_smallest_p_value_by_their_number_and_keeps_the_order() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.04]) == [0.04]
    assert holm([0.6, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


@pytest.mark.parametrize(("effect", "published"), [(0.2, 199), (0.5, 34), (0.8, 15), (1.0, 10)])
def test_the_pairs_needed_are_those_of_the_published_tables(effect: float, published: int) -> None:
    assert pairs_needed(Paired(5, effect, 1.0, (0.0, 0.0), 0.5)) == published


def test_a_difference_beyond_doubt_needs_two_pairs_and_a_hopeless_one_has_no_number() -> None:
    assert pairs_needed(Paired(5, 1.0, 1e-4, (0.0, 0.0), 0.0)) == 2
    assert pairs_needed(Paired(5, 1e-4, 1.0, (0.0, 0.0), 0.9)) is None


def test_the_power_is_what_a_simulation_finds() -> None:
    generator = np.random.default_rng(0)
    n = pairs_needed(Paired(5, 0.5, 1.0, (0.0, 0.0), 0.5))
    tries = generator.normal(0.5, 1.0, (4000, n or 0))
    assert (ttest_1samp(tries, 0.0, axis=1).pvalue < 0.05).mean() == pytest.approx(0.8, abs=0.02)
