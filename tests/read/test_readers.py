"""Who reads lines."""

import shutil

import numpy as np
import pytest

from pilgi import Recognizer
from pilgi.errors import DataError
from pilgi.ink.views import slanted_views
from pilgi.read import CtcReader
from pilgi.read.readers import readers
from pilgi.recognizer import shipped


class Recorded:
    """A recognizer that answers each view with a lattice given to it, and keeps what it saw."""

    def __init__(self, *answers):
        self.answers, self.seen = list(answers), []

    def check_line(self, line):
        assert line.shape[0] == 32

    def lattice(self, line):
        self.seen.append(line)
        return self.answers[len(self.seen) - 1]


def sure(digit, chance):
    table = np.full((1, 11), (1 - chance) / 10)
    table[0, digit] = chance
    return np.log(table).astype(np.float32)


def test_a_line_is_looked_at_three_times_and_the_mean_answers():
    recognizer = Recorded(sure(3, 0.4), sure(8, 0.9), sure(3, 0.45))
    line = np.zeros((32, 40), np.uint8)
    line[4:28, 20] = 255
    number = CtcReader(recognizer).decoded(line)
    assert (np.stack(recognizer.seen) == slanted_views(line)).all()
    assert number.text == "8"
    assert number.confidence == pytest.approx((0.9 + 0.06 + 0.055) / 3, abs=1e-3)


@pytest.mark.parametrize(
    "line",
    [
        np.zeros((32, 40)),
        np.zeros((32, 40), bool),
        np.zeros((31, 40), np.uint8),
        np.zeros((32, 3), np.uint8),
        np.zeros((32, 40, 3), np.uint8),
    ],
)
def test_what_is_no_line_ink_is_refused(line):
    with pytest.raises(DataError, match="reads uint8 lines 32 high"):
        CtcReader(Recognizer.load("line", threads=1)).decoded(line)


def test_a_run_that_was_trained_on_is_loaded_anew(tmp_path):
    shutil.copy(shipped()["digit"], tmp_path / "recognizer.onnx")
    first, _ = readers(str(tmp_path))
    assert readers(str(tmp_path))[0] is first
    shutil.copy(shipped()["digit-tiny"], tmp_path / "recognizer.onnx")
    assert readers(str(tmp_path))[0].metadata != first.metadata
