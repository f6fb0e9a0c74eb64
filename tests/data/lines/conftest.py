import numpy as np
import pytest

from pilgi import data
from pilgi.data.lines import part_writers


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
