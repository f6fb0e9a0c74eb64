"""Functions of the ink graph, each run alone as a graph of one node."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from onnx import TensorProto, helper

from pilgi.export.ink_graph.writing import DOMAIN, Library
from pilgi.recognizer import open_graph

OPSET = 20


def model(function: Callable[..., Any], dimensions: int = 2) -> Any:
    """Return an ONNX model of one int64 input that calls the function."""
    library = Library(OPSET)
    written = library.function(function)
    entry = helper.make_tensor_value_info("given", TensorProto.INT64, [None] * dimensions)
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, None) for name in written.output
    ]
    node = helper.make_node(written.name, ["given"], list(written.output), domain=DOMAIN)
    return helper.make_model(
        helper.make_graph([node], "one", [entry], outputs),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(DOMAIN, 1)],
        functions=list(library.functions.values()),
        ir_version=10,
    )


@pytest.fixture(scope="session")
def called():
    """Return a function from one of the graph's functions to its first result in onnxruntime."""

    @cache
    def made(function: Callable[..., Any], dimensions: int = 2) -> Callable[[Any], np.ndarray]:
        session = open_graph(model(function, dimensions).SerializeToString(), 1)
        return lambda given: session.run(None, {"given": np.asarray(given, np.int64)})[0]

    return made


@pytest.fixture(scope="session")
def referred():
    """Return what the function gives where ONNX's own reference runs it."""
    from onnx.reference import ReferenceEvaluator

    @cache
    def made(function: Callable[..., Any]) -> Callable[[Any], np.ndarray]:
        evaluator = ReferenceEvaluator(model(function))
        return lambda given: evaluator.run(None, {"given": np.asarray(given, np.int64)})[0]

    return made


@pytest.fixture(scope="session")
def grey_golden(golden):
    """The golden vectors of grey pictures of eight bits."""
    found = [
        vector
        for vector in golden
        if "picture" in vector
        and not vector["name"].startswith("line-")
        and vector["picture"].dtype == np.uint8
        and vector["picture"].ndim == 2
    ]
    assert len(found) == 492
    return found
