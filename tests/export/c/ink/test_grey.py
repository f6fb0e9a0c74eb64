import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilgi import ink

EMPTY, TOO_LARGE, NO_ROOM = -1, -2, -3


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_strange_pictures_give_python_s_bytes_after_every_step(in_c, strange, seed):
    picture = strange(seed)
    for (name, ours), (expected, theirs) in zip(
        in_c.trace(picture), ink.trace(picture), strict=True
    ):
        assert (name, ours.tolist()) == (expected, theirs.tolist())


def test_a_photo_is_reduced_as_python_does_it(in_c):
    light = np.add.outer(np.arange(700), np.arange(501)) * 155 // 1200 + 100
    photo = cv2.circle(light.astype(np.uint8), (240, 380), 130, 30, 20)
    for (_, ours), (_, theirs) in zip(in_c.trace(photo), ink.trace(photo), strict=True):
        assert (ours == theirs).all()


@pytest.mark.parametrize("what", ["ink", "line"])
def test_what_is_too_large_and_too_little_room_are_refused_and_nothing_is_written(in_c, what):
    for shape in [(0, 5), (5, 0), (-1, 5)]:
        assert in_c.refusal(what, *shape) == EMPTY
    for shape in [(70000, 1), (1, 65536), (4097, 4096)]:
        assert in_c.refusal(what, *shape) == TOO_LARGE


@pytest.mark.parametrize("what", ["ink", "line"])
@pytest.mark.parametrize("channels", [[], [3], [4]])
def test_the_room_it_asks_for_is_what_the_header_says(in_c, what, channels):
    for shape in [(1, 1), (28, 28), (1, 160), (56, 40), (97, 99), (160, 160), (161, 3), (9, 2000)]:
        assert in_c.refusal(what, *shape, *channels) == 0
        assert in_c.refusal(what, *shape, *channels, short=1) == NO_ROOM


def test_a_small_picture_needs_little_room(in_c):
    assert 4 * in_c.words("ink", 32, 32) < 2700
    assert 4 * in_c.words("ink", 56, 56) < 5900
