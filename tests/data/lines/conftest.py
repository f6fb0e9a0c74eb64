from dataclasses import replace

import numpy as np
import pytest

from pilgi import data
from pilgi.data.lines import part_writers
from pilgi.data.lines.glyphs import Glyph, pieces
from pilgi.data.lines.others import Others, printed
from pilgi.data.lines.signs import ruled_signs
from pilgi.data.lines.symbols import OTHER, SEPARATOR


@pytest.fixture(scope="session")
def parted():
    """The digits that come with scikit-learn, parted for lines."""
    return part_writers("digits", 0)


@pytest.fixture
def draws():
    return np.random.default_rng(0)


@pytest.fixture(scope="session")
def embedded():
    return data.load("digits")


@pytest.fixture(scope="session")
def others():
    """Signs drawn by rule, letters of one font, and squares for scribbles."""
    alphabet = printed("DejaVuSans")
    square = np.zeros((28, 28), np.uint8)
    square[4:24, [4, 23]] = square[[4, 23], 4:24] = 255
    return Others(
        {name: pieces(found, SEPARATOR) for name, found in ruled_signs().items()},
        (alphabet,),
        alphabet[0],
        pieces([Glyph(square, 1.0, 0.0)], OTHER),
    )


@pytest.fixture(scope="session")
def lettered(parted, others):
    """The training digits, and what may stand beside them."""
    return replace(parted.train, others=others)
