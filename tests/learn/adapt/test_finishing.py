"""What is said of the old data is what happened to them."""

from types import SimpleNamespace

import pytest

from pilgi.learn.adapt.finishing import old_said
from pilgi.learn.adapt.memory import Old


def said(old):
    return old_said(SimpleNamespace(chosen=SimpleNamespace(candidate=SimpleNamespace(old=old))))


@pytest.mark.parametrize(("before", "after"), [(0.9952, 0.9942), (0.9966, 0.9956), (0.996, 0.996)])
def test_a_tenth_of_a_point_is_allowed_and_not_called_forgotten(before, after):
    told = said(Old(5000, before, after, 0.0))
    assert "forget" not in told
    assert f"{before:.2%} before, {after:.2%} now" in told


def test_more_than_a_tenth_is_said_to_be_lost():
    assert "0.12 points lost, as --forget allows" in said(Old(5000, 0.9952, 0.9940, 0.0))


def test_the_share_of_old_weights_is_said():
    assert "25% of the old weights" in said(Old(5000, 0.9952, 0.9942, 0.25))
