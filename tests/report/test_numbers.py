import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilgi.report.numbers import (
    confidence,
    duration,
    percent,
    plural,
    significant,
    span,
)

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("n", "shown"), [(10, "50"), (100, "50"), (1000, "50.0"), (1797, "50.00"), (10_000, "50.00")]
)
def test_an_accuracy_has_as_many_digits_as_n_supports(n: int, shown: str) -> None:
    assert percent(0.5, n) == f"{shown}{NBSP}%"


@given(st.integers(1, 10**6), st.data())
def test_one_error_never_rounds_away_at_either_end(n: int, data: st.DataObject) -> None:
    errors = data.draw(st.integers(0, n))
    shown = float(percent((n - errors) / n, n).removesuffix(f"{NBSP}%"))
    assert (shown == 100) == (errors == 0)
    assert (shown == 0) == (errors == n)


def test_what_is_unknown_is_a_dash() -> None:
    assert percent(None, 10) == significant(None) == significant(float("nan")) == "–"
    assert duration(None) == duration(float("inf")) == "–"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0108544, "0.0109"), (0, "0"), (1.0, "1.00"), (12345.6, "12,346"), (3e-9, "3.00e-09")],
)
def test_three_significant_digits(value: float, shown: str) -> None:
    assert significant(value) == shown


def test_near_certainty_never_reads_as_certainty() -> None:
    assert confidence(0.99999) == f">{NBSP}99.9{NBSP}%"
    assert confidence(0.5) == f"50.0{NBSP}%"


@pytest.mark.parametrize(
    ("seconds", "shown"), [(34.21, "34.2 s"), (99.99, "1 min 40 s"), (3785.0, "1 h 3 min")]
)
def test_a_time_has_its_units(seconds: float, shown: str) -> None:
    assert duration(seconds).replace(NBSP, " ") == shown


def test_words_agree_with_their_number() -> None:
    assert (plural(1, "picture"), plural(2000, "picture")) == ("1 picture", "2,000 pictures")
    assert span((0.995, 0.9974), 10_000) == f"99.50 to 99.74{NBSP}%"
