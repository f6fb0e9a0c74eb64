from xml.etree import ElementTree

import numpy as np
import pytest

from pilgi.evaluate.calibration import reliability
from pilgi.evaluate.coverage import balances
from pilgi.evaluate.pages.coverage_curve import coverage_curve
from pilgi.evaluate.pages.reliability_diagram import reliability_diagram
from pilgi.report.charts.confusion import confusion_matrix
from pilgi.report.charts.curves import Unit, curves, series
from pilgi.report.charts.interval import Estimate, intervals
from pilgi.report.charts.parts import apart
from pilgi.report.charts.scale import Certainty, logarithmic, whole_numbers
from pilgi.report.numbers import significant, tick

UNIT = Unit(tick, significant)


def drawn(svg: str, kind: str) -> list[ElementTree.Element]:
    """The elements of one class, of a chart that must be well-formed."""
    return [
        one
        for one in ElementTree.fromstring(svg).iter()
        if kind in (one.get("class") or "").split()
    ]


def epochs(*losses: float | None) -> list[dict[str, object]]:
    return [
        {"epoch": i, "train": {"loss": loss}, "validation": None}
        for i, loss in enumerate(losses, start=1)
    ]


def test_one_confusion_among_ten_thousand_is_drawn_in_colour() -> None:
    counts = np.diag([5000, 4999])
    counts[1, 0] = 1
    svg = confusion_matrix(counts, ("0", "1"))
    (cell,) = drawn(svg, "tint")
    assert float(cell.get("fill-opacity", "0")) >= 0.5
    assert "1 taken for 0: 1 time<" in svg


def test_the_diagonal_has_no_colour() -> None:
    assert not drawn(confusion_matrix(np.diag([3, 4]), ("0", "1")), "tint")


def test_sixty_two_classes_are_drawn_without_counts() -> None:
    svg = confusion_matrix(np.ones((62, 62), int), tuple(f"c{i}" for i in range(62)))
    assert len(drawn(svg, "tint")) == 62 * 61
    assert not drawn(svg, "wrong")


def test_a_long_class_name_is_cut() -> None:
    svg = confusion_matrix(np.eye(2, dtype=int), ("0", "a name beyond all measure"))
    assert "a name beyond…" in svg


def test_a_gap_in_the_history_is_a_gap_in_the_line() -> None:
    svg = curves("Loss", series(epochs(1.0, 0.5, None, float("nan"), 0.2, 0.1), "loss"), UNIT)
    assert len(drawn(svg, "curve")) == 2


def test_a_single_epoch_is_a_point() -> None:
    svg = curves("Loss", series(epochs(0.5), "loss"), UNIT, kept=1)
    assert drawn(svg, "dot")
    assert "0.500" in svg


def test_a_history_without_one_finite_value_draws_nothing() -> None:
    assert curves("Loss", series(epochs(None, float("inf")), "loss"), UNIT) == ""


def test_a_loss_of_zero_lies_on_the_lowest_rule() -> None:
    scale = logarithmic([0.0, 0.1, 1.0], 200.0, 0.0)
    assert scale(0.0) == 200.0
    assert scale(0.1) < 200.0


def test_values_all_alike_still_have_a_scale() -> None:
    scale = logarithmic([1.0, 1.0], 100.0, 0.0)
    assert scale.low < scale.high


@pytest.mark.parametrize("last", [1, 2, 7, 16, 100, 1000])
def test_an_axis_of_epochs_has_few_round_numbers(last: int) -> None:
    ticks = whole_numbers(last)
    assert ticks[0] == 1
    assert ticks[-1] <= last
    assert len(ticks) <= 7


def test_each_nine_takes_as_much_room_as_the_last() -> None:
    scale = Certainty(0.0, 3, 0.0, 300.0)
    assert [scale(p) for p in (0.0, 0.9, 0.99, 0.999, 1.0)] == pytest.approx(
        [0, 100, 200, 300, 300]
    )


def test_labels_that_would_collide_are_moved_apart() -> None:
    assert apart([100.0, 104.0], 16.0) == [94.0, 110.0]
    assert apart([10.0, 100.0], 16.0) == [10.0, 100.0]


def test_bins_without_a_mistake_are_hollow_points() -> None:
    probabilities = np.array([[0.6, 0.4], [0.6, 0.4], [0.999, 0.001]])
    svg = reliability_diagram(reliability(probabilities, np.array([1, 0, 0])))
    assert len(drawn(svg, "bin")) == 3
    assert len(drawn(svg, "faultless")) == 2
    assert len(drawn(svg, "interval")) == 3


@pytest.mark.parametrize("interval", [(1.0, 1.0), (0.0, 1.0), (0.99996, 0.99999)])
def test_an_interval_of_any_width_has_an_axis(interval: tuple[float, float]) -> None:
    svg = intervals([Estimate("test", interval[1], interval, 10_000)])
    assert 1 <= len(drawn(svg, "tick")) <= 5


def test_the_coverage_curve_has_a_point_for_every_balance_and_says_its_ends() -> None:
    confidence = np.linspace(0, 1, 1000)
    found = [b for b in balances(confidence, confidence > 0.02) if b.declined]
    svg = coverage_curve(found)
    points = drawn(svg, "curve")[0].get("points", "").split()
    assert len(points) == len(drawn(svg, "bin")) == len(found)
    across, up = zip(*(map(float, point.split(",")) for point in points), strict=True)
    assert list(across) == sorted(across)
    assert list(up) == sorted(up, reverse=True)  # SVG counts downwards
    assert "50.0\xa0% declined" in svg


@pytest.mark.parametrize("wrong", [0.0, 0.5, 1.0])
def test_the_coverage_curve_of_any_recognizer_stays_on_its_chart(wrong: float) -> None:
    right = np.random.default_rng(0).random(500) >= wrong
    found = [b for b in balances(np.random.default_rng(1).random(500), right) if b.declined]
    for point in drawn(coverage_curve(found), "curve")[0].get("points", "").split():
        assert 0 <= float(point.split(",")[1]) <= 368
