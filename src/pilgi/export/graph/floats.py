"""The layers of a net in floats, each named by the tensor it makes; pictures are (h, w, c)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Shape = tuple[int, int, int]
"""Height, width, channels."""


@dataclass(frozen=True)
class Layer:
    """What a layer has in common with others: the tensor it makes and those it reads."""

    output: str
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Convolution(Layer):
    """y = f(W * x + b), f(a) = a where a > 0, slope a else: 1 is linear, 0 the rectifier.

    weights: (outputs, inputs / groups, rows, columns); bias (outputs,); pads: top, left, bottom,
    right. A dense layer is one whose kernel is the whole picture.
    """

    weights: Floats
    bias: Floats
    strides: tuple[int, int] = (1, 1)
    pads: tuple[int, int, int, int] = (0, 0, 0, 0)
    groups: int = 1
    slope: float = 1.0


@dataclass(frozen=True)
class Pooling(Layer):
    """The largest, or the mean, of each window, without padding."""

    largest: bool
    window: tuple[int, int]
    strides: tuple[int, int]


@dataclass(frozen=True)
class Addition(Layer):
    """y = f(x + x'), f as in `Convolution`."""

    slope: float = 1.0


@dataclass(frozen=True)
class Scaling(Layer):
    """y_c = f(scale_c x_c + shift_c), f as in `Convolution`: a batch norm that nothing takes in."""

    scale: Floats
    shift: Floats
    slope: float = 1.0


@dataclass(frozen=True)
class Elementwise(Layer):
    """y = f(x), any f of one number."""

    name: str
    function: Callable[[Floats], Floats]


@dataclass(frozen=True)
class Upright(Layer):
    """Slant and size taken out of what is written, see `pilgi.learn.models.upright`.

    spread: standard deviation of the ink downwards after it, in heights of the picture; smallest:
    one over the largest enlargement.
    """

    spread: float
    smallest: float


@dataclass(frozen=True)
class Edges(Layer):
    """The slopes in eight directions, averaged over 2x2, see `pilgi.learn.models.edges`."""


@dataclass(frozen=True)
class Recurrent(Layer):
    """An LSTM along the columns of (1, w, c), in one direction or two, their outputs side by side.

    i, o, f = sigmoid(W x + U h + b), g = tanh(W x + U h + b); c = f c + i g; h = o tanh(c).
    weights: (directions, 4 hidden, c), i, o, f and g one below the other; recurrent: (directions,
    4 hidden, hidden); bias: (directions, 4 hidden). The second direction reads from the right.
    """

    weights: Floats
    recurrent: Floats
    bias: Floats


@dataclass(frozen=True)
class Beside(Layer):
    """y = [x, x']: the channels of several tensors side by side."""


@dataclass(frozen=True)
class Graph:
    """A net: layers in the order they are computed.

    input: the tensor that is gain ink + offset. shapes: of every tensor, of lines where they are
    as wide as may be. content: the ONNX file, which calibration runs.
    """

    layers: tuple[Layer, ...]
    input: str
    gain: float
    offset: float
    shapes: Mapping[str, Shape]
    content: Any

    @property
    def outputs(self) -> int:
        """How many logits there are."""
        return self.shapes[self.layers[-1].output][2]
