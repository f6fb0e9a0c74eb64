"""A row that trains in a moment: the tiny recipe on scikit-learn's digits."""

import pytest

from pilgi.learn.course import Figure, Row, Training


@pytest.fixture(scope="session")
def tiny_row(tiny_file):
    """Return a function from figures and settings to a row of one tiny training."""

    def make(*figures, settings=(), **rest):
        training = Training(str(tiny_file), ("epochs=2", *settings), "tiny")
        words = {"en": "a tiny net", "ko": "아주 작은 신경망"}
        return Row("tiny-row", words, (training,), figures or (Figure("test"),), **rest)

    return make
