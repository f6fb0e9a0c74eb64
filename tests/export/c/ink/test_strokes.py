import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pilgi import ink


@st.composite
def drawings(draw):
    """Return strokes in whole numbers, far apart or close together."""
    far = draw(st.sampled_from([1, 3, 40, 1000, 2**20, 2**31 - 1]))
    point = st.tuples(st.integers(-far, far), st.integers(-far, far))
    return draw(st.lists(st.lists(point, max_size=8), max_size=4))


@settings(max_examples=150, deadline=None)
@given(drawings(), st.booleans())
def test_strokes_give_python_s_bytes(in_c, strokes, y_up):
    assert (in_c.from_strokes(strokes, y_up) == ink.from_strokes(strokes, y_up)).all()
    ours, theirs = in_c.line_picture(strokes, y_up), ink.line_of_strokes(strokes, y_up)
    assert ours.shape == theirs.shape
    assert (ours == theirs).all()


def test_a_long_stroke_is_as_exact(in_c):
    turn = np.linspace(0, 60, 5000)
    spiral = np.stack([np.cos(turn), np.sin(turn)], axis=1) * turn[:, None] * 10**6
    strokes = [np.rint(spiral).astype(int).tolist()]
    assert (in_c.from_strokes(strokes, True) == ink.from_strokes(strokes)).all()
