import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilgi import ink


def coloured(seed: int) -> np.ndarray:
    """Return a picture of three or four channels: few colours, noise, or one with transparency."""
    rng = np.random.default_rng(seed)
    height, width = (int(side) for side in rng.integers(1, (4, 12, 60)[seed % 3], 2))
    colours = rng.integers(0, 256, (int(rng.integers(1, 4)), 3))
    share = rng.dirichlet(np.ones(len(colours)) / 2)
    picture = colours[rng.choice(len(colours), (height, width), p=share)]
    if rng.random() < 0.3:
        picture[:] = picture[..., :1]
    grain = int(rng.choice([0, 0, 3, 30]))
    picture = (picture + rng.integers(-grain, grain + 1, picture.shape)).clip(0, 255)
    if rng.random() < 0.5:
        alpha = rng.choice([0, 255, rng.integers(256)], (height, width, 1))
        picture = np.concatenate([picture, alpha], axis=2)
    return picture.astype(np.uint8)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_strange_colours_give_python_s_bytes_after_every_step(in_c, seed):
    picture = coloured(seed)
    for (name, ours), (expected, theirs) in zip(
        in_c.trace(picture), ink.trace(picture), strict=True
    ):
        assert (name, ours.tolist()) == (expected, theirs.tolist())


@pytest.mark.parametrize("channels", [3, 4])
def test_a_large_colour_picture_is_reduced_as_python_does_it(in_c, channels):
    rng = np.random.default_rng(0)
    photo = rng.integers(90, 140, (210, 330, channels), np.uint8)
    photo[60:150, 150:170, 0] = photo[60:150, 150:170, 2] // 3
    for (_, ours), (_, theirs) in zip(in_c.trace(photo), ink.trace(photo), strict=True):
        assert (ours == theirs).all()
