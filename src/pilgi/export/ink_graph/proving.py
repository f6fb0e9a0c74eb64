"""The proof that a graph with the ink spec inside makes the ink that Pilgi makes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from pilgi.errors import ExportError
from pilgi.export.ink_graph.attaching import PICTURE
from pilgi.export.proof import digits
from pilgi.ink import from_picture
from pilgi.ink.geometry import Grey
from pilgi.recognizer import INPUT, open_graph


@cache
def pictures() -> tuple[Grey, ...]:
    """Return 40 pictures that every machine has: 10 of scikit-learn's digits, in four ways.

    Between them they need every step.
    """
    papers = [255 - ink for ink in digits()[::50]]
    ways = _shadowed, _ruled, _outlined
    return *papers, *(way(paper) for way in ways for paper in papers)


def _shadowed(paper: Grey) -> Grey:
    """Return a bright digit seven times as large, half of it in shadow."""
    large = np.kron(255 - paper // 2, np.ones((7, 7), np.uint8))
    large[:, large.shape[1] // 2 :] //= 2
    return large


def _ruled(paper: Grey) -> Grey:
    """Return the digit in the middle of a sheet of ruled paper."""
    sheet = np.pad(paper, 14, constant_values=255)
    sheet[4::9] = np.minimum(sheet[4::9], 150)
    return sheet


def _outlined(paper: Grey) -> Grey:
    """Return the digit's outline, five times as large, a hair's breadth wide."""
    solid = np.kron(paper < 128, np.ones((5, 5), np.bool_))
    edge = (solid[1:, 1:] != solid[:-1, 1:]) | (solid[1:, 1:] != solid[1:, :-1])
    return np.where(edge, np.uint8(0), np.uint8(255))


def check_ink(content: bytes, source: str) -> int:
    """Return of how many pictures a graph makes the ink that Pilgi makes, byte for byte.

    Raises ExportError where it makes other ink of one, or none.
    """
    for picture, made in zip(pictures(), _made(content, source), strict=True):
        if not np.array_equal(made[0], from_picture(picture)):
            raise ExportError(
                f"{source}: makes other ink of a picture than this Pilgi does; export it again"
            )
    return len(pictures())


def _made(content: bytes, source: str) -> Iterator[Grey]:
    try:
        session = open_graph(content, threads=1)
        for picture in pictures():
            yield session.run([INPUT], {PICTURE: picture})[0]
    except Exception as error:  # onnxruntime raises classes of its own
        raise ExportError(f"{source}: onnxruntime cannot run it; export it again") from error
