"""The proof that a graph with the ink spec inside makes the ink that Pilgi makes."""

from __future__ import annotations

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
    """Return 60 pictures that every machine has: 20 of scikit-learn's digits, written thrice."""
    papers = [255 - ink for ink in digits()[::25]]
    return *papers, *map(_shadowed, papers), *map(_ruled, papers)


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


def check_ink(content: bytes, source: str) -> int:
    """Return of how many pictures a graph makes the ink that Pilgi makes, byte for byte.

    Raises ExportError where it makes other ink of one.
    """
    session = open_graph(content)
    for picture in pictures():
        (made,) = session.run([INPUT], {PICTURE: picture})
        if not np.array_equal(made[0], from_picture(picture)):
            raise ExportError(
                f"{source}: makes other ink of a picture than this Pilgi does; export it again"
            )
    return len(pictures())
