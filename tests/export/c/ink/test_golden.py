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


def test_pictures_give_python_s_bytes_after_every_step(in_c, golden):
    pictures = [
        vector
        for vector in golden
        if "picture" in vector
        and not vector["name"].startswith("line-")
        and vector["picture"].dtype == np.uint8
    ]
    assert len(pictures) == 582
    assert not [
        vector["name"]
        for vector in pictures
        if not same(in_c.trace(vector["picture"]), vector["steps"])
    ]


def test_lines_give_python_s_bytes_after_every_step(in_c, golden):
    lines = [
        vector
        for vector in golden
        if vector["name"].startswith("line-") and vector["picture"].dtype == np.uint8
    ]
    assert len(lines) == 48
    assert not [
        vector["name"]
        for vector in lines
        if not same(in_c.trace(vector["picture"], line=True), vector["steps"])
    ]


def test_pictures_of_sixteen_bits_do_once_they_have_eight(in_c, golden):
    deep = [vector for vector in golden if "deep-" in vector["name"]]
    assert len(deep) == 36
    for vector in deep:
        grey = ((vector["picture"].astype(np.uint32) + 128) // 257).astype(np.uint8)
        line = vector["name"].startswith("line-")
        assert same(in_c.trace(grey, line=line), vector["steps"])
