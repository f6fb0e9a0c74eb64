import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilgi import ink


def written(seed: int) -> np.ndarray:
    """Return a line of upright strokes and bars, rules under it, light that falls off, or noise."""
    rng = np.random.default_rng(seed)
    height, width = int(rng.integers(1, (8, 40, 120)[seed % 3])), int(rng.integers(1, 160))
    picture = np.full((height, width), rng.integers(120, 256), np.uint8)
    for _ in range(int(rng.choice([0, 1, 2]))):
        row, inset = int(rng.integers(height)), int(rng.integers(0, 2 + width // 12))
        picture[row : row + 1 + height // 40, inset : width - inset] = rng.integers(0, 200)
    for _ in range(int(rng.choice([1, 4, 9]))):
        (top, left), (tall, wide) = rng.integers(0, (height, width)), rng.integers(1, 30, 2)
        picture[top : top + tall, left : left + 1 + wide // 8] = rng.integers(0, 120)
        picture[top : top + 1 + tall // 8, left : left + wide] = rng.integers(0, 120)
    if rng.random() < 0.2:
        picture = rng.integers(0, 256, picture.shape)
    return (picture * np.linspace(1, rng.choice([1, 0.4]), width)).astype(np.uint8)


@settings(max_examples=250, deadline=None)
@given(st.integers(0, 2**32))
def test_strange_lines_give_python_s_bytes_after_every_step(in_c, seed):
    picture = written(seed)
    ours, theirs = in_c.trace(picture, line=True), ink.trace_line(picture)
    for (name, seen), (expected, known) in zip(ours, theirs, strict=True):
        assert (name, seen.tolist()) == (expected, known.tolist())


@pytest.mark.parametrize("shape", [(200, 900), (30, 2600), (150, 700, 3), (97, 330, 4)])
def test_a_large_line_is_reduced_as_python_does_it(in_c, shape):
    rng = np.random.default_rng(0)
    picture = rng.integers(180, 190, shape, np.uint8)
    for left in range(20, shape[1] - 20, 60):
        stroke = picture[shape[0] // 5 : -shape[0] // 4, left : left + 6]
        stroke[..., : shape[-1] // 2] //= 3
    ours, theirs = in_c.trace(picture, line=True), ink.trace_line(picture)
    for (_, seen), (_, known) in zip(ours, theirs, strict=True):
        assert (seen == known).all()
