import itertools

import pytest

from pilgi.learn.methods import SCHEDULES


def one_cycle(**settings):
    entry = SCHEDULES["one_cycle"]
    return entry.build(entry.Options(**settings))


def test_constant_never_changes():
    entry = SCHEDULES["constant"]
    factor = entry.build(entry.Options())
    assert {factor(step, 10) for step in range(10)} == {1.0}


def test_one_cycle_starts_peaks_and_ends_where_it_says():
    factor = one_cycle(warmup=0.25, start=0.1, end=0.02)
    assert factor(0, 100) == pytest.approx(0.1)
    assert factor(25, 100) == 1.0
    assert factor(100, 100) == pytest.approx(0.02)


@pytest.mark.parametrize("shape", ["linear", "cosine"])
def test_one_cycle_rises_then_falls_without_a_jump(shape):
    factors = [one_cycle(shape=shape)(step, 1000) for step in range(1001)]
    peak = factors.index(max(factors))
    assert factors[: peak + 1] == sorted(factors[: peak + 1])
    assert factors[peak:] == sorted(factors[peak:], reverse=True)
    assert max(abs(a - b) for a, b in itertools.pairwise(factors)) < 0.005


def test_one_cycle_without_warm_up_starts_at_full_rate():
    assert one_cycle(warmup=0.0)(0, 10) == 1.0


def test_steps_fall_at_equal_distances():
    entry = SCHEDULES["steps"]
    factor = entry.build(entry.Options(times=3, factor=0.5))
    assert [factor(step, 8) for step in range(8)] == [1, 1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125]


def test_exponential_falls_by_the_same_share_each_step():
    entry = SCHEDULES["exponential"]
    factor = entry.build(entry.Options(end=0.01))
    assert factor(0, 10) == 1
    assert factor(10, 10) == pytest.approx(0.01)
    assert factor(3, 10) / factor(2, 10) == pytest.approx(factor(8, 10) / factor(7, 10))
