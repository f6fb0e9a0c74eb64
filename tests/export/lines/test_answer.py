"""In whole numbers a lattice gives the answer that `pilgi.read.decode` gives."""

import numpy as np
import pytest

from pilgi.export.lines import rule_of
from pilgi.export.lines.answer import answer
from pilgi.export.lines.logarithms import NONE, UNIT
from pilgi.export.network import FULL
from pilgi.read.decode import Separator, decode
from pilgi.read.pattern import parse

CLOSE = 1e-3


def lattices(seed, views, labels, sharp):
    """Log-probabilities of `views` random lattices that agree on most steps."""
    rng = np.random.default_rng(seed)
    steps = int(rng.integers(4, 24))
    shared = rng.normal(0, sharp, (steps, labels + 1))
    shared[:, -1] += sharp
    logits = shared + rng.normal(0, 0.3, (views, steps, labels + 1))
    return logits - np.log2(np.exp2(logits).sum(2, keepdims=True))


def both(found, pattern=None):
    units = np.rint(found * UNIT).astype(np.int64)
    rule = rule_of(parse(pattern), pattern) if pattern else None
    return answer(units, rule), decode((units / UNIT * np.log(2)).astype(np.float32), pattern)


@pytest.mark.parametrize("views", [1, 3])
@pytest.mark.parametrize("labels", [10, 12])
@pytest.mark.parametrize("sharp", [2.0, 5.0])
def test_number_and_confidence_are_those_of_the_floats(views, labels, sharp):
    for seed in range(6):
        whole, floats = both(lattices(seed, views, labels, sharp))
        assert whole.text == floats.text
        assert abs(whole.confidence / FULL - floats.confidence) < CLOSE


@pytest.mark.parametrize("pattern", [r"\d{3}", r"[1-5]+", r"luhn:\d{2,6}", r"(12|34)*"])
@pytest.mark.parametrize("labels", [10, 12])
def test_with_a_pattern_number_and_confidences_are_those_of_the_floats(pattern, labels):
    for seed in range(4):
        whole, floats = both(lattices(seed, 3, labels, 3.0), pattern)
        assert whole.text == floats.text
        assert abs(whole.confidence / FULL - floats.confidence) < CLOSE
        digits = [each for each in whole.places if each.digit >= 0]
        for mine, theirs in zip(digits, floats.digits, strict=True):
            guesses = [(int(each.digit), each.confidence) for each in theirs.guesses]
            found = [(mine.digit, mine.confidence), (mine.second, mine.unsure)][: len(guesses)]
            assert [digit for digit, _ in found] == [digit for digit, _ in guesses]
            assert all(
                abs(a / FULL - b) < CLOSE for (_, a), (_, b) in zip(found, guesses, strict=True)
            )


def test_where_nothing_fits_the_pattern_there_is_no_number():
    whole, floats = both(spelt(3, 1), r"[4-9]{40}")
    assert (whole.text, whole.confidence, whole.places) == (floats.text, 0, ())


@pytest.mark.parametrize("seed", range(8))
def test_each_place_is_as_sure_and_stands_where_the_floats_have_it(seed):
    whole, floats = both(lattices(seed, 3, 12, 4.0))
    digits = [each for each in whole.places if each.digit >= 0]
    assert len(digits) == len(floats.digits)
    for mine, theirs in zip(digits, floats.digits, strict=True):
        assert (mine.digit, mine.first, mine.last) == (theirs.digit, theirs.first, theirs.last)
        assert abs(mine.confidence / FULL - theirs.confidence) < CLOSE
        assert abs(mine.unsure / FULL - theirs.guesses[1].confidence) < CLOSE


def spelt(*labels):
    """A lattice that says just these labels, a blank after each."""
    found = np.full((1, 2 * len(labels), 13), np.log2(1e-4))
    for at, label in enumerate(labels):
        found[0, 2 * at, label] = found[0, 2 * at + 1, 12] = np.log2(1 - 12e-4)
    return found


def test_a_separator_is_a_place_and_no_digit():
    whole, floats = both(spelt(3, 10, 1, 4))
    assert whole.text == floats.text == "314"
    assert [each.label for each in whole.places] == [3, 10, 1, 4]
    [seen] = floats.separators
    assert isinstance(seen, Separator)
    assert abs(whole.places[1].confidence / FULL - seen.confidence) < CLOSE


def test_where_something_else_stands_the_likeliest_digit_is_answered():
    whole, floats = both(spelt(3, 11, 4))
    assert whole.text == floats.text
    assert whole.places[1].label == 11
    assert abs(whole.confidence / FULL - floats.confidence) < CLOSE


def test_blank_paper_is_no_number():
    lattice = np.full((1, 4, 13), NONE >> 12)
    lattice[:, :, 12] = 0
    found = answer(lattice)
    assert (found.text, found.confidence) == ("", FULL)
