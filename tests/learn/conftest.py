from collections.abc import Iterator
from functools import cache

import pytest
from torch.onnx._internal.exporter._registration import ONNXRegistry


@pytest.fixture(scope="session", autouse=True)
def operators_listed_once() -> Iterator[None]:
    """Let torch parse its ONNX operators once a process, not for each recognizer; it reads only."""
    with pytest.MonkeyPatch.context() as patch:
        listed = staticmethod(cache(ONNXRegistry.from_torchlib))
        patch.setattr(ONNXRegistry, "from_torchlib", listed)
        yield


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
