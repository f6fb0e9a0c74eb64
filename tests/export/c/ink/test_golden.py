"""Every step of every golden vector of the ink spec, in C."""

import numpy as np


def same(ours: list[tuple[str, np.ndarray]], theirs: dict[str, np.ndarray]) -> bool:
    """Say whether names, order and bytes of all steps are the same."""
    return [name for name, _ in ours] == list(theirs) and all(
        seen.shape == theirs[name].shape and (seen == theirs[name]).all() for name, seen in ours
    )


def test_strokes_in_whole_numbers_give_python_s_bytes(in_c, golden):
    drawn = [vector for vector in golden if vector["name"].startswith(("tablet-", "rare-"))]
    assert len(drawn) == 69
    assert not [
        vector["name"]
        for vector in drawn
        if (in_c.from_strokes(vector["strokes"], vector["y_up"]) != vector["ink"]).any()
    ]


def test_grey_pictures_give_python_s_bytes_after_every_step(in_c, golden):
    grey = [
        vector
        for vector in golden
        if "picture" in vector
        and not vector["name"].startswith("line-")
        and vector["picture"].ndim == 2
        and vector["picture"].dtype == np.uint8
    ]
    assert len(grey) == 420
    assert not [
        vector["name"]
        for vector in grey
        if not same(in_c.trace(vector["picture"]), vector["steps"])
    ]
