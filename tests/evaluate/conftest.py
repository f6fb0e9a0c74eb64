"""A real, small recognizer and real digits, without torch and without a download."""

from collections.abc import Callable
from importlib.metadata import distribution

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from pilgi.data.split import Split
from pilgi.evaluate import Scores, evaluate
from pilgi.ink import VERSION
from pilgi.recognizer import Recognizer
from pilgi.sealing import Metadata, seal

DIGITS = tuple("0123456789")
Build = Callable[..., Recognizer]


@pytest.fixture(scope="session")
def split() -> Split:
    """scikit-learn's 1,797 real digits, 8x8 enlarged to 24x24 and framed to 28x28."""
    # The file alone: importing scikit-learn takes two seconds.
    file = distribution("scikit-learn").locate_file("sklearn/datasets/data/digits.csv.gz")
    table = np.loadtxt(str(file), delimiter=",")
    small = (table[:, :64].reshape(-1, 8, 8) * 15.9).astype(np.uint8)
    framed = np.pad(small.repeat(3, axis=1).repeat(3, axis=2), ((0, 0), (2, 2), (2, 2)))
    return Split("digits test", framed, table[:, 64].astype(np.int64), DIGITS)


@pytest.fixture(scope="session")
def build() -> Build:
    """Build a linear recognizer, logits = pictures · weights + bias."""

    def linear(
        weights: NDArray[np.float64],
        bias: NDArray[np.float64],
        classes: tuple[str, ...] = DIGITS,
        shape: tuple[int, ...] = (28, 28),
        temperature: float = 1.0,
    ) -> Recognizer:
        metadata = Metadata(
            kind="digit",
            input=shape,
            classes=classes,
            ink=VERSION,
            temperature=temperature,
            calibration="none: a test",
            recipe="",
            provenance={},
        )
        return Recognizer(seal(graph(weights, bias, shape), metadata), "runs/test")

    return linear


def graph(weights: NDArray[np.float64], bias: NDArray[np.float64], shape: tuple[int, ...]) -> bytes:
    nodes = [
        helper.make_node("Cast", ["ink"], ["real"], to=TensorProto.FLOAT),
        helper.make_node("Flatten", ["real"], ["flat"]),
        helper.make_node("Gemm", ["flat", "weights", "bias"], ["logits"]),
    ]
    drawn = helper.make_graph(
        nodes,
        "linear",
        [helper.make_tensor_value_info("ink", TensorProto.UINT8, ["n", *shape])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", weights.shape[1]])],
        [
            numpy_helper.from_array(weights.astype(np.float32), "weights"),
            numpy_helper.from_array(bias.astype(np.float32), "bias"),
        ],
    )
    opset = [helper.make_opsetid("", 20)]
    model: onnx.ModelProto = helper.make_model(drawn, opset_imports=opset, ir_version=10)
    return bytes(model.SerializeToString())


@pytest.fixture(scope="session")
def recognizer(build: Build, split: Split) -> Recognizer:
    """The nearest class mean, written as a linear classifier: about nine digits in ten."""
    pictures = split.images.reshape(len(split), -1).astype(np.float64)
    means = np.stack([pictures[split.labels == k].mean(axis=0) for k in range(10)])
    scale = 2e-5
    return build(scale * means.T, -scale * (means**2).sum(axis=1) / 2)


@pytest.fixture(scope="session")
def scores(recognizer: Recognizer, split: Split) -> Scores:
    return evaluate(recognizer, split)
