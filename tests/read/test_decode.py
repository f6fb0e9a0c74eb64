from itertools import groupby, product

import numpy as np
import pytest

from pilgi.read.answers import Reading
from pilgi.read.decode import decode
from pilgi.read.homography import Box

BLANK = 10


def lattice(*steps):
    """Return log-probabilities of steps given as {class: probability}, the rest next to none."""
    table = np.full((len(steps), 11), 1e-9)
    for row, step in zip(table, steps, strict=True):
        for label, chance in step.items():
            row[label] = chance
    return np.log(table / table.sum(axis=1, keepdims=True)).astype(np.float32)


def path(text, *, sure=0.98):
    """Return the lattice of a path written with digits and `-` for blank."""
    return lattice(*({BLANK if sign == "-" else int(sign): sure, 5: 1 - sure} for sign in text))


def by_every_path(table):
    """Return every text's probability, summed over all 11^t paths."""
    found = {}
    for way in product(range(11), repeat=len(table)):
        text = "".join(str(label) for label, _ in groupby(way) if label != BLANK)
        chance = float(np.exp(sum(table[t, label] for t, label in enumerate(way))))
        found[text] = found.get(text, 0.0) + chance
    return found


def test_repeats_are_one_digit_unless_a_blank_stands_between():
    assert decode(path("-11-1-22-")).text == "112"


def test_the_sum_over_paths_decides_not_the_best_path():
    """Graves 2006: the best path says nothing, but more paths say 7."""
    table = lattice({BLANK: 0.6, 7: 0.4}, {BLANK: 0.6, 7: 0.4})
    assert decode(table).text == "7"


def test_text_and_confidence_are_those_of_all_paths_added_up():
    generator = np.random.default_rng(3)
    table = np.log(generator.dirichlet(np.full(11, 0.2), 4)).astype(np.float32)
    every = by_every_path(table)
    read = decode(table)
    assert read.text == max(every, key=every.get)
    assert read.confidence == pytest.approx(every[read.text], rel=1e-4)


def test_a_text_s_probability_is_the_mean_over_the_looks():
    generator = np.random.default_rng(4)
    views = np.log(generator.dirichlet(np.full(11, 0.2), (3, 4))).astype(np.float32)
    each = [by_every_path(view) for view in views]
    every = {text: np.mean([found.get(text, 0.0) for found in each]) for text in each[0]}
    read = decode(views)
    assert read.text == max(every, key=every.get)
    assert read.confidence == pytest.approx(every[read.text], rel=1e-4)


def test_a_look_that_is_sure_outweighs_two_that_are_not():
    sure, unsure = lattice({3: 0.97, 8: 0.03}), lattice({8: 0.55, 3: 0.45})
    read = decode(np.stack([unsure, sure, unsure]))
    assert read.text == "3"
    assert read.digits[0].confidence == pytest.approx((0.97 + 0.45 + 0.45) / 3, abs=1e-3)
    assert decode(np.stack([unsure, sure, unsure]), "[58]").text == "8"


def test_looks_of_a_long_and_doubtful_line_do_not_vanish():
    """Products of such steps are below the smallest float."""
    doubtful = np.full((3, 30, 11), -60.0, np.float32)
    doubtful[:, :, BLANK], doubtful[:, 10, 7] = -40, -30
    assert decode(doubtful).text == "7"


def test_digits_stand_where_the_first_look_has_them():
    read = decode(np.stack([path("-4--9-"), path("--4--9")]))
    assert [(digit.first, digit.last) for digit in read.digits] == [(1, 1), (4, 4)]


def test_no_steps_say_nothing():
    assert decode(np.zeros((0, 11), np.float32)).text == ""


def test_a_digit_s_confidence_is_its_share_against_other_digits_and_none():
    table = lattice({3: 0.9, 8: 0.06, BLANK: 0.04})
    (digit,) = decode(table).digits
    assert digit.confidence == pytest.approx(0.9, abs=1e-6)


def test_only_the_digit_in_doubt_is_doubted():
    read = decode(lattice({1: 0.99}, {BLANK: 1.0}, {3: 0.6, 8: 0.4}, {BLANK: 1.0}, {2: 0.99}))
    assert read.text == "132"
    assert [digit.confidence > 0.95 for digit in read.digits] == [True, False, True]


def test_each_digit_says_which_steps_it_takes():
    read = decode(path("--44-4--9"))
    places = [(digit.digit, digit.first, digit.last) for digit in read.digits]
    assert places == [(4, 2, 3), (4, 5, 5), (9, 8, 8)]


def test_a_blank_line_is_an_empty_text_and_sure_of_it():
    read = decode(path("-----", sure=0.999))
    assert (read.text, read.digits) == ("", ())
    assert read.confidence > 0.99


def test_a_pattern_decides_where_the_lattice_hesitates():
    table = lattice({1: 0.6, 7: 0.4}, {BLANK: 1.0}, {2: 1.0})
    assert decode(table).text == "12"
    assert decode(table, "[7-9]2").text == "72"


def test_a_pattern_s_length_is_kept():
    table = path("12-3")
    assert decode(table).text == "123"
    assert len(decode(path("1-2-3-4", sure=0.9), r"\d{3}").text) == 3


def test_confidence_under_a_pattern_is_that_among_what_it_allows():
    table = lattice({1: 0.5, 7: 0.3, 4: 0.2})
    assert decode(table, "[74]").confidence == pytest.approx(0.6, abs=1e-3)
    assert decode(table, "7").confidence == pytest.approx(1.0, abs=1e-3)


def test_what_fits_a_pattern_and_is_next_to_impossible_is_not_sure():
    table = lattice({1: 0.5, 7: 0.47, 4: 0.03})
    assert decode(table, "4").confidence == pytest.approx(0.3, abs=1e-3)
    five = path("-9-0-2-1-0-", sure=0.999)
    for pattern in (r"\d{4}", r"\d{6}", "7{3}", "1{5}"):
        read = decode(five, pattern)
        assert read.confidence < 0.1, (pattern, read.text)
        assert Reading.of_line(read, Box(0, 0, 1, 1)).where_sure(0.5).answer == "not sure"


def test_a_checksum_mends_a_misread_digit():
    table = lattice(
        {7: 0.5, 1: 0.5}, {9: 1.0}, {BLANK: 1.0}, {9: 1.0}, {2: 1.0}, {7: 1.0}, {3: 1.0}
    )
    read = decode(table, r"luhn:\d{6}")
    assert read.text == next(text for text in ("799273", "199273") if luhn(text))


def luhn(text):
    doubled = [int(d) * (1 + at % 2) for at, d in enumerate(reversed(text))]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0


def test_where_nothing_fits_the_pattern_nothing_is_read():
    read = decode(path("1-2"), r"\d{9}")
    assert (read.text, read.confidence, read.digits) == ("", 0.0, ())


def test_a_line_of_330_steps_neither_overflows_nor_underflows():
    """A path of it has a probability of about 11^-330, less than the smallest float64."""
    generator = np.random.default_rng(0)
    table = np.log(generator.dirichlet(np.full(11, 5.0), 330)).astype(np.float32)
    read = decode(table)
    assert 0 <= read.confidence <= 1
    assert all(np.isfinite(digit.confidence) for digit in read.digits)


SEPARATOR, OTHER, LAST = 10, 11, 12


def wide(*steps):
    """Return log-probabilities of a recognizer that knows separators and what is no digit."""
    table = np.full((len(steps), 13), 1e-9)
    for row, step in zip(table, steps, strict=True):
        for label, chance in step.items():
            row[label] = chance
    return np.log(table / table.sum(axis=1, keepdims=True)).astype(np.float32)


def test_separators_are_left_out_of_the_text_and_named():
    read = decode(wide({1: 0.99}, {SEPARATOR: 0.9, LAST: 0.1}, {2: 0.99}, {3: 0.99}))
    assert (read.text, read.other) == ("123", 0.0)
    (separator,) = read.separators
    assert (separator.after, separator.confidence) == (1, pytest.approx(0.9, abs=1e-3))
    assert [(digit.first, digit.last) for digit in read.digits] == [(0, 0), (2, 2), (3, 3)]


def test_a_number_is_as_sure_as_with_and_without_its_separators_together():
    read = decode(wide({1: 1.0}, {SEPARATOR: 0.5, LAST: 0.5}, {2: 1.0}))
    assert (read.text, read.confidence) == ("12", pytest.approx(1.0, abs=1e-3))


def test_a_mark_that_may_be_a_1_or_a_separator_makes_the_1_doubtful():
    read = decode(wide({7: 0.99}, {LAST: 1.0}, {1: 0.55, SEPARATOR: 0.45}, {LAST: 1.0}, {6: 0.99}))
    assert read.text == "716"
    assert read.digits[1].confidence == pytest.approx(0.55, abs=1e-2)


def test_what_is_no_digit_is_a_place_with_a_digit_that_hardly_stands_there():
    read = decode(wide({1: 0.99}, {OTHER: 0.95, 8: 0.04}, {2: 0.99}, {3: 0.99}))
    assert (read.text, read.other) == ("1823", 0.25)
    assert [digit.confidence > 0.5 for digit in read.digits] == [True, False, True, True]
    assert read.confidence < 0.1


def test_each_place_names_its_two_likeliest_digits():
    (digit,) = decode(wide({3: 0.6, 8: 0.3, 5: 0.1})).digits
    assert [guess.digit for guess in digit.guesses] == ["3", "8"]
    assert [guess.confidence for guess in digit.guesses] == pytest.approx([0.6, 0.3], abs=1e-3)


def test_a_pattern_counts_digits_alone():
    table = wide({1: 0.9, SEPARATOR: 0.1}, {SEPARATOR: 0.6, 4: 0.4}, {2: 0.9, OTHER: 0.1})
    assert decode(table, r"\d{2}").text == "12"
    assert [each.after for each in decode(table, r"\d{2}").separators] == [1]
    assert decode(table, r"\d{3}").text == "142"


def test_a_word_under_a_pattern_is_still_no_number():
    table = wide({OTHER: 0.9, 1: 0.1}, {LAST: 1.0}, {OTHER: 0.9, 2: 0.1})
    read = decode(table, r"\d{2}")
    assert (read.text, read.other) == ("12", 1.0)


def test_a_line_of_separators_alone_is_no_number():
    read = decode(wide({SEPARATOR: 1.0}, {LAST: 1.0}, {SEPARATOR: 1.0}))
    assert (read.text, len(read.separators)) == ("", 2)
