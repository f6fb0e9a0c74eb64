import pytest
from scipy.stats import binomtest

from pilgi.evaluate import wilson


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
