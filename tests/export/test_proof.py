import numpy as np
import pytest

from pilgi.errors import ExportError
from pilgi.export.proof import Proof, check, digits, lines, proof


def right(ink):
    return np.stack([ink.sum((1, 2)) % 10, ink.max((1, 2)), np.ones(len(ink))], 1).astype(np.int64)


def test_five_hundred_digits_prove_it_and_one_of_them_is_blank():
    assert digits().shape == (500, 28, 28)
    assert (digits().max((1, 2)) == 0).sum() == 1


def test_the_same_answers_are_proof():
    check(proof(right), right, "it")


def test_twelve_lines_prove_a_reader_of_lines_and_one_of_them_is_blank():
    assert {each.shape[0] for each in lines()} == {32}
    assert [each.any() for each in lines()].count(False) == 1
    check(proof(widths, "line"), widths, "it", "line")
    with pytest.raises(ExportError, match="it: its answers to the 12 lines of its proof"):
        check(proof(widths, "line"), lambda inks: widths(inks) + 1, "it", "line")


def widths(inks):
    return np.array([each.shape[1] for each in inks])


def test_one_confidence_that_differs_by_one_is_none():
    def nearly(ink):
        found = right(ink)
        found[7, 1] += 1
        return found

    with pytest.raises(ExportError, match="it: its answers to the 500 digits of its proof"):
        check(proof(right), nearly, "it")


def test_other_digits_are_no_proof():
    expected = Proof(500, "0" * 64, proof(right).answers)
    with pytest.raises(ExportError, match="this Pilgi has the 500 digits"):
        check(expected, right, "it")
