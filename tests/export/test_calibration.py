"""Which pictures tell a net's ranges: those it learnt from, where a server need ask nobody."""

import pytest

from pilgi import data
from pilgi.export import calibration
from pilgi.export.calibration import calibration_lines, calibration_of
from pilgi.recognizer import Recognizer


@pytest.fixture
def far(monkeypatch):
    """MNIST is not on this machine; the list of the sets that were asked for."""
    asked = []
    load, part = data.load, calibration.part_writers
    monkeypatch.setattr(data, "is_at_hand", lambda name: name != "mnist")
    monkeypatch.setattr(data, "load", lambda name, part: asked.append(name) or load(name, part))
    monkeypatch.setattr(
        calibration, "part_writers", lambda name, seed: asked.append(name) or part(name, seed)
    )
    return asked


def test_what_is_not_here_is_not_fetched_where_nobody_is_to_be_asked(far):
    found = calibration_of(Recognizer.load("digit-tiny"), fetch=False)
    assert (found.data, len(found.pictures)) == ("digits", 500)
    assert len(calibration_lines(Recognizer.load("line"), fetch=False)) == 60
    assert set(far) == {"digits"}


def test_what_it_learnt_from_is_taken_where_it_may_be_fetched(far):
    calibration_of(Recognizer.load("digit-tiny"))
    assert far[0] == "mnist"
