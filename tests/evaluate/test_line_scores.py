import numpy as np
import pytest

from pilgi.errors import DataError
from pilgi.evaluate import text_scores
from pilgi.evaluate.line_scores import best_path, edits


def test_the_best_path_joins_neighbours_and_drops_blanks():
    lattice = np.eye(11, dtype=np.float32)[[10, 3, 3, 10, 3, 7, 10]]
    assert best_path(lattice) == "337"
    assert best_path(np.eye(13, dtype=np.float32)[[3, 10, 12, 11, 11, 7]]) == "3?7"
    assert best_path(np.eye(11, dtype=np.float32)[[10, 10]]) == ""


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("", "", 0),
        ("123", "123", 0),
        ("123", "13", 1),
        ("13", "123", 1),
        ("123", "456", 3),
        ("12", "21", 2),
    ],
)
def test_edits_are_the_least_that_mend_a_text(one, other, count):
    assert edits(one, other) == count


def test_a_line_counts_only_when_every_digit_is_right():
    scores = text_scores("some", ["12345", "12344", "1234"], ("12345", "12345", "12345"))
    assert (scores.n, scores.errors, scores.digits, scores.digit_errors) == (3, 2, 15, 2)
    assert scores.accuracy == pytest.approx(1 / 3)
    assert scores.interval[0] < 1 / 3 < scores.interval[1]


def test_the_lines_with_most_to_mend_come_first_among_the_mistakes():
    scores = text_scores("some", ["1", "12", "", "3"], ("1", "13", "456", "4"))
    assert [(one.index, one.text, one.read, one.edits) for one in scores.mistakes] == [
        (2, "456", "", 3),
        (1, "13", "12", 1),
        (3, "4", "3", 1),
    ]


def test_no_lines_are_refused():
    with pytest.raises(DataError, match="some: no lines to score"):
        text_scores("some", [], ())
