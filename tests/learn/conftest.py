import pytest


@pytest.fixture(scope="session")
def labs_of_the_course():
    """The course's small experiments, in its order."""
    return [
        "python-basics",
        "quiz",
        "backprop",
        "graph",
        "line",
        "curve",
        "conv",
        "conv-binary",
        "edge-kernel",
        "and-or-xor",
        "xor-one-unit",
        "xor-by-hand",
        "xor-deep",
        "xor-deep-board",
        "init-histograms",
        "hihello",
    ]
