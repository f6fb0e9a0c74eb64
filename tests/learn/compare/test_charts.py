import re
from itertools import pairwise

import pytest

from pilgi.evaluate.significance import paired
from pilgi.learn.compare.charts import (
    ArmCurves,
    error_curves,
    forest,
    overlay,
    round_values,
    spread,
)
from pilgi.learn.compare.comparison import Difference


def history(*accuracies):
    return [
        {"epoch": i, "train": {"accuracy": a}, "validation": {"accuracy": a}}
        for i, a in enumerate(accuracies, start=1)
    ]


def test_the_mean_ends_where_the_first_seed_stopped_early():
    (arm,) = error_curves(["a"], [[history(0.5, 0.8, 0.9), history(0.7, 0.8)]], "validation")
    assert isinstance(arm, ArmCurves)
    assert [epoch for epoch, _ in arm.mean.values] == [1, 2]
    assert [value for _, value in arm.mean.values] == pytest.approx([0.4, 0.2])


def test_every_seed_is_a_thin_line_and_every_arm_a_thick_one():
    runs = [[history(0.5, 0.8), history(0.6, 0.7)], [history(0.4, 0.9), history(0.3, 0.8)]]
    arms = error_curves(["a", "b"], runs, "train")
    chart = overlay("Wrong", arms, arms)
    assert chart.count('class="seed arm') == 4
    assert chart.count('class="mean arm') == 2
    assert "a ends at 25" in chart


def test_more_arms_than_colours_are_told_apart_by_dashes():
    runs = [[history(0.5, 0.8)]] * 6
    arms = error_curves(list("abcdef"), runs, "train")
    looks = set(re.findall(r'"mean (arm-?[^"]*) curve"', overlay("Wrong", arms, arms)))
    assert len(looks) == 6


def test_a_single_epoch_without_any_error_can_be_drawn():
    arms = error_curves(["a"], [[history(1.0)]], "train")
    assert "<svg" in overlay("Wrong", arms, arms)


def test_labels_never_lie_on_each_other():
    moved = sorted(spread([10.0, 10.0, 10.0, 11.0, 90.0]))
    assert all(high - low >= 20 for low, high in pairwise(moved))
    assert spread([10.0, 90.0]) == [10.0, 90.0]


def test_round_values_enclose_the_range_and_zero():
    for low, high in ((-0.3, 1.1), (0.0, 0.0), (-54.7, 0.0), (0.0, 0.003)):
        found = round_values(low, high)
        assert found[0] <= low <= high <= found[-1]
        assert 0.0 in found


def test_the_point_of_a_certain_difference_is_full_and_of_another_hollow():
    found = paired([0.1, 0.1, 0.12])
    sure = Difference("a", "b", found, 0.01, "better", None)
    unsure = Difference("b", "c", found, 0.5, "no difference seen", None)
    chart = forest([sure, unsure], 1000)
    assert chart.count('class="faultless"') == 1
    assert chart.count('class="dot"') == 1
    assert "a against b: better; b against c: no difference seen" in chart
