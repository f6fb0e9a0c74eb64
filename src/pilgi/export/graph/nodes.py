"""What each ONNX node is as a layer. What is not in the table here is refused by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from pilgi.errors import ExportError
from pilgi.export.graph.constants import evaluated
from pilgi.export.graph.floats import (
    Addition,
    Beside,
    Convolution,
    Elementwise,
    Floats,
    Layer,
    Pooling,
    Recurrent,
    Scaling,
    Shape,
)

Attributes = Mapping[str, Any]


@dataclass
class Reading:
    """What is known while the nodes are gone through, in their order.

    constants: tensors that do not depend on the picture. affine: gain and offset of tensors that
    are the ink but for these. last: tensors in the order (h, w, c), as Keras has them. renamed:
    tensors that hold the same values as another.
    """

    model: Any
    shapes: dict[str, tuple[int, ...]]
    constants: dict[str, Any]
    affine: dict[str, tuple[float, float]]
    layers: list[Layer] = field(default_factory=list)
    last: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)

    def source(self, tensor: str) -> str:
        """Return the tensor that a layer makes for `tensor`, whatever its shape is."""
        return self.renamed.get(tensor, tensor)

    def same(self, node: Any) -> None:
        """Take the node's output for its input."""
        self.renamed[node.output[0]] = self.source(node.input[0])

    def add(self, layer: Layer) -> None:
        """Append a layer that reads what layers make."""
        sources = tuple(self.source(each) for each in layer.inputs)
        self.layers.append(replace(layer, inputs=sources))


def _pads(attributes: Attributes, kernel: tuple[int, int], sides: Any, strides: Any) -> Any:
    """Return the padding at the top, left, bottom and right."""
    auto = attributes.get("auto_pad", "NOTSET")
    if auto == "VALID":
        return 0, 0, 0, 0
    if auto in {"SAME_UPPER", "SAME_LOWER"}:
        wanted = [
            max(0, (-(-side // stride) - 1) * stride + taps - side)
            for side, taps, stride in zip(sides, kernel, strides, strict=True)
        ]
        less, more = [each // 2 for each in wanted], [each - each // 2 for each in wanted]
        return (*less, *more) if auto == "SAME_UPPER" else (*more, *less)
    return tuple(attributes.get("pads", (0, 0, 0, 0)))


def _convolution(reading: Reading, node: Any, attributes: Attributes) -> None:
    if set(attributes.get("dilations", (1,))) != {1}:
        raise ExportError("a dilated Conv has no integer kernel; use one without dilation")
    weights = np.asarray(reading.constants[node.input[1]], np.float64)
    bias = reading.constants[node.input[2]] if len(node.input) > 2 else np.zeros(len(weights))
    strides, kernel = tuple(attributes.get("strides", (1, 1))), weights.shape[2:]
    sides = reading.shapes[node.input[0]][2:]
    groups = attributes.get("group", 1)
    if groups > 1 and weights.shape[:2] != (groups, 1):
        raise ExportError("a Conv in groups has an integer kernel for one channel a group alone")
    pads = _pads(attributes, kernel, sides, strides)
    bias = np.asarray(bias, np.float64)
    reading.add(Convolution(node.output[0], (node.input[0],), weights, bias, strides, pads, groups))


def _dense(reading: Reading, node: Any, attributes: Attributes) -> None:
    """A dense layer is a convolution with a kernel as large as the picture it flattens."""
    weights = np.asarray(reading.constants[node.input[1]], np.float64)
    if not attributes.get("transB"):
        weights = weights.T
    weights = weights * attributes.get("alpha", 1.0)
    bias = np.zeros(len(weights))
    if len(node.input) > 2:
        bias = bias + reading.constants[node.input[2]] * attributes.get("beta", 1.0)
    height, width, channels = picture_of(reading, node.input[0])
    if len(reading.shapes[node.output[0]]) == 3:
        height = width = 1  # Step after step of a line, each by itself.
    if reading.source(node.input[0]) in reading.last:
        whole = weights.reshape(-1, height, width, channels).transpose(0, 3, 1, 2)
    else:
        whole = weights.reshape(-1, channels, height, width)
    reading.add(Convolution(node.output[0], (node.input[0],), whole, bias))


def picture_of(reading: Reading, tensor: str) -> Shape:
    """Return height, width and channels of what is flattened to `tensor`."""
    source = reading.source(tensor)
    if source in reading.affine:
        sides = [side for side in reading.shapes[source][1:] if side != 1]
        return (sides[0], sides[1], 1) if len(sides) == 2 else (1, 1, sides[0])
    shape = reading.shapes[source]
    if len(shape) == 2:
        return 1, 1, shape[1]
    if len(shape) == 3:
        return 1, shape[1], shape[2]
    return shape[2], shape[3], shape[1]


def _pool(largest: bool) -> Callable[[Reading, Any, Attributes], None]:
    def read(reading: Reading, node: Any, attributes: Attributes) -> None:
        if any(attributes.get("pads", ())) or attributes.get("ceil_mode"):
            raise ExportError(f"a padded {node.op_type} has no integer kernel; use one without")
        window = tuple(attributes["kernel_shape"])
        strides = tuple(attributes.get("strides", (1, 1)))
        reading.add(Pooling(node.output[0], (node.input[0],), largest, window, strides))

    return read


def _whole_pool(largest: bool) -> Callable[[Reading, Any, Attributes], None]:
    def read(reading: Reading, node: Any, _: Attributes) -> None:
        window = reading.shapes[reading.source(node.input[0])][2:4]
        reading.add(
            Pooling(node.output[0], (node.input[0],), largest, (window[0], window[1]), (1, 1))
        )

    return read


def _reduction(largest: bool) -> Callable[[Reading, Any, Attributes], None]:
    def read(reading: Reading, node: Any, attributes: Attributes) -> None:
        known = [reading.constants[name] for name in node.input[1:]]
        axes = known[0].tolist() if known else list(attributes.get("axes", ()))
        if sorted(axis % 4 for axis in axes) != [2, 3]:
            raise ExportError(f"{node.op_type} has an integer kernel over height and width alone")
        _whole_pool(largest)(reading, node, attributes)

    return read


def _batch_norm(reading: Reading, node: Any, attributes: Attributes) -> None:
    gamma, beta, mean, variance = (
        np.asarray(reading.constants[name], np.float64) for name in node.input[1:5]
    )
    scale = gamma / np.sqrt(variance + attributes.get("epsilon", 1e-5))
    reading.add(Scaling(node.output[0], (node.input[0],), scale, beta - mean * scale))


def _slope(of: Callable[[Attributes], float]) -> Callable[[Reading, Any, Attributes], None]:
    def read(reading: Reading, node: Any, attributes: Attributes) -> None:
        channels = reading.shapes[reading.source(node.input[0])][1]
        same = np.ones(channels), np.zeros(channels)
        reading.add(Scaling(node.output[0], (node.input[0],), *same, slope=of(attributes)))

    return read


def _add(reading: Reading, node: Any, _: Attributes) -> None:
    """Two tensors, or a bias for each output of the dense layer before."""
    known = [name for name in node.input if name in reading.constants]
    if known:
        given = next(name for name in node.input if name not in reading.constants)
        shift = np.asarray(reading.constants[known[0]], np.float64).reshape(-1)
        reading.add(Scaling(node.output[0], (given,), np.ones(len(shift)), shift))
        return
    reading.add(Addition(node.output[0], tuple(node.input)))


def _elementwise(reading: Reading, node: Any, _: Attributes) -> None:
    given = {name: reading.constants[name] for name in node.input[1:] if name}

    def function(values: Floats) -> Floats:
        found = evaluated(node, {node.input[0]: values.astype(np.float32), **given})
        return np.asarray(found, np.float64)

    reading.add(Elementwise(node.output[0], (node.input[0],), node.op_type, function))


def _shape_only(reading: Reading, node: Any, _: Attributes) -> None:
    """The same values: in another shape, or, of logits, "none of these" apart from the others."""
    reading.same(node)


def _transpose(reading: Reading, node: Any, attributes: Attributes) -> None:
    """Keras's order of the channels: noted, as what is flattened after it counts in it."""
    reading.same(node)
    if list(attributes["perm"]) == [0, 2, 3, 1]:
        reading.last.add(reading.source(node.input[0]))


def _recurrent(reading: Reading, node: Any, attributes: Attributes) -> None:
    """An LSTM that starts from nothing, over the columns of a line."""
    height, width, _ = picture_of(reading, node.input[0])
    starts = [reading.constants.get(name) for name in node.input[5:7] if name]
    plain = not any(node.input[4:5]) and not any(node.input[7:8]) and "clip" not in attributes
    if height != 1 or not plain or any(start is None or start.any() for start in starts):
        raise ExportError(
            "an LSTM has an integer kernel over the columns of a line, from nothing on, without "
            "peepholes; use `crnn`"
        )
    if attributes.get("direction", "forward") == "reverse":
        raise ExportError("an LSTM that reads from the right alone has no integer kernel")
    weights, recurrent, bias = (
        np.asarray(reading.constants[name], np.float64) for name in node.input[1:4]
    )
    both = bias[:, : bias.shape[1] // 2] + bias[:, bias.shape[1] // 2 :]
    reading.shapes[node.output[0]] = (1, width, len(weights) * recurrent.shape[2])
    reading.add(Recurrent(node.output[0], (node.input[0],), weights, recurrent, both))


def _beside(reading: Reading, node: Any, attributes: Attributes) -> None:
    shapes = [picture_of(reading, name) for name in node.input]
    if attributes["axis"] % 3 != 2 or {shape[0] for shape in shapes} != {1}:
        raise ExportError("Concat has an integer kernel for the steps of a line; use Add")
    channels = sum(shape[2] for shape in shapes)
    reading.shapes[node.output[0]] = (1, shapes[0][1], channels)
    reading.add(Beside(node.output[0], tuple(node.input)))


def _cast(reading: Reading, node: Any, attributes: Attributes) -> None:
    """Floats of another size, which tracing leaves behind: the same values."""
    from onnx import TensorProto

    if attributes["to"] not in {TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.FLOAT16}:
        raise ExportError("Cast has an integer kernel between floats alone; leave it out")
    reading.same(node)


READERS: Final[Mapping[str, Callable[[Reading, Any, Attributes], None]]] = {
    "Add": _add,
    "AveragePool": _pool(largest=False),
    "BatchNormalization": _batch_norm,
    "Cast": _cast,
    "Concat": _beside,
    "Conv": _convolution,
    "Clip": _elementwise,
    "Dropout": _shape_only,
    "Elu": _elementwise,
    "Flatten": _shape_only,
    "Gelu": _elementwise,
    "Gemm": _dense,
    "GlobalAveragePool": _whole_pool(largest=False),
    "GlobalMaxPool": _whole_pool(largest=True),
    "HardSigmoid": _elementwise,
    "HardSwish": _elementwise,
    "Identity": _shape_only,
    "LSTM": _recurrent,
    "LeakyRelu": _slope(lambda attributes: float(attributes.get("alpha", 0.01))),
    "MatMul": _dense,
    "MaxPool": _pool(largest=True),
    "ReduceMax": _reduction(largest=True),
    "ReduceMean": _reduction(largest=False),
    "Relu": _slope(lambda _: 0.0),
    "Reshape": _shape_only,
    "Selu": _elementwise,
    "Sigmoid": _elementwise,
    "Slice": _shape_only,
    "Softplus": _elementwise,
    "Squeeze": _shape_only,
    "Tanh": _elementwise,
    "Transpose": _transpose,
}
