import pytest

from pilgi.export.writers.arena import _lives, planned


@pytest.mark.parametrize("name", ["digit-tiny", "residual", "tiny-700"])
def test_tensors_that_live_at_once_lie_apart(net, name):
    arena, lives = planned(net(name)), _lives(net(name))
    for one in lives:
        start, end = arena.places[one.name], arena.places[one.name] + one.size
        assert start % 4 == 0
        assert end <= arena.size
        for other in lives:
            if other != one and other.first <= one.last and one.first <= other.last:
                first = arena.places[other.name]
                assert first + other.size <= start or end <= first


def test_a_microcontroller_of_8_kilobytes_holds_digit_tiny(net):
    assert planned(net("digit-tiny")).size < 6.2 * 1024
    assert planned(net("tiny-700")).size < 2.5 * 1024
