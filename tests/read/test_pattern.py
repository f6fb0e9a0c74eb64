import re

import pytest

from pilgi.errors import PatternError
from pilgi.read.pattern import parse

TEXTS = [str(number) for number in range(1100)] + [
    "",
    "00",
    "007",
    "20261121",
    "20261321",
    "19991231",
]


@pytest.mark.parametrize(
    "pattern",
    [
        r"\d{3}",
        "1|2|33",
        "[05]?7+",
        "(1[0-2]|0?[1-9])",
        r"9\d*",
        "[13-57]{2,3}",
        "(12){1,2}",
        "1{0}2",
    ],
)
def test_it_matches_what_python_s_own_expressions_match(pattern):
    ours, theirs = parse(pattern), re.compile(pattern)
    assert all(ours.matches(text) == bool(theirs.fullmatch(text)) for text in TEXTS)


def test_a_state_says_early_that_no_number_goes_on_so():
    pattern = parse("12|45")
    assert pattern.step(pattern.start, 3) is None
    assert pattern.step(pattern.start, 4) is not None


def test_luhn_s_check_digit_is_checked():
    card = parse("card")
    assert card.matches("4539578763621486")
    assert not card.matches("4539578763621487")


@pytest.mark.parametrize(
    ("text", "right"), [("20260229", True), ("20261301", False), ("18991231", False)]
)
def test_a_date_has_a_month_and_a_day(text, right):
    assert parse("date").matches(text) is right


def test_an_amount_has_no_zero_in_front():
    assert [parse("amount").matches(text) for text in ("0", "120", "012")] == [True, True, False]


@pytest.mark.parametrize(
    "pattern",
    [
        "a",
        r"\w",
        "[",
        "[]",
        "[a-z]",
        "[9-0]",
        "(1",
        "1)",
        "*",
        "1{",
        "1{x}",
        "1{3,1}",
        "1{999}",
        "1-2",
        "sum:1",
        "",
        "luhn:",
    ],
)
def test_a_bad_pattern_is_refused_in_one_sentence(pattern):
    with pytest.raises(PatternError, match=r"^pattern '") as refused:
        parse(pattern)
    assert "\n" not in str(refused.value)


def test_a_misspelt_checksum_is_refused_with_the_nearest_one():
    with pytest.raises(PatternError, match=r"did you mean 'luhn'"):
        parse(r"lunh:\d{4}")
