import numpy as np
import pytest

from pilgi.export.layers.arithmetic import factor, scaled, slope_of, sloped


@pytest.mark.parametrize("value", [1e-9, 3e-5, 0.01, 0.5, 0.99999, 1.0, 3.7, 40_000.0])
def test_a_factor_has_sixteen_bits(value):
    found = factor(value)
    assert 0 <= found.mantissa < 1 << 16
    assert 1 <= found.shift <= 47 or value > 1
    assert found.mantissa / 2.0**found.shift == pytest.approx(value, rel=2**-15, abs=2**-48)


def test_scaling_rounds_half_up_on_both_sides_of_zero():
    halves = np.array([-3, -2, -1, 0, 1, 2, 3])
    assert scaled(halves, (1, 1)).tolist() == [-1, -1, 0, 0, 1, 1, 2]


def test_a_slope_of_one_changes_nothing_and_of_zero_is_the_rectifier():
    values = np.array([-(2**30), -5, 0, 7])
    assert sloped(values, slope_of(1.0)).tolist() == values.tolist()
    assert sloped(values, slope_of(0.0)).tolist() == [0, 0, 0, 7]
    assert sloped(values, slope_of(0.5)).tolist() == [-(2**29), -2, 0, 7]
