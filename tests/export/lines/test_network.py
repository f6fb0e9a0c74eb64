import numpy as np
import pytest

from pilgi.errors import DataError
from pilgi.export.lines import integer_line
from pilgi.export.lines.logarithms import UNIT
from pilgi.export.lines.network import STRIP, strips_of
from pilgi.ink.views import slanted_views
from pilgi.recognizer import Recognizer


def test_in_whole_numbers_lines_have_the_lattices_of_the_floats(line_net, line_inks):
    recognizer = Recognizer.load("line")
    for ink in line_inks:
        expected = np.exp(recognizer.lattice(slanted_views(ink)[0]))
        found = np.exp2(line_net.lattice(ink) / UNIT)
        assert found.shape == expected.shape
        assert np.abs(found - expected).mean() < 0.005


def test_strips_hold_every_line_that_fits():
    lines = [np.full((32, width), width, np.uint8) for width in (200, 100, 250, 90)]
    strips = strips_of(lines)
    assert strips.shape == (2, 32, STRIP)
    assert [set(np.unique(each)) for each in strips] == [{0, 100, 200}, {0, 90, 250}]


def test_a_recognizer_of_pictures_is_refused():
    with pytest.raises(DataError, match="reads single pictures, not lines"):
        integer_line(Recognizer.load("digit-tiny"), [np.zeros((32, 64), np.uint8)])
