import numpy as np
import pytest

from pilgi import data
from pilgi.data.lines import hands


@pytest.fixture(scope="session")
def parted():
    """The digits that come with scikit-learn, parted for lines."""
    return hands("digits", 0)


@pytest.fixture
def draws():
    return np.random.default_rng(0)


@pytest.fixture(scope="session")
def embedded():
    return data.load("digits")
