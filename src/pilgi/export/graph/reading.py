"""ONNX nodes -> layers. What is not in the table here is refused by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from pilgi.errors import ExportError
from pilgi.export.graph import patterns
from pilgi.export.graph.constants import evaluated, worked_out
from pilgi.export.graph.floats import (
    Addition,
    Beside,
    Convolution,
    Elementwise,
    Floats,
    Graph,
    Layer,
    Pooling,
    Recurrent,
    Scaling,
    Shape,
)
from pilgi.export.graph.folding import folded

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


def read_graph(content: bytes, source: str, width: int = 0) -> Graph:
    """Return the layers of an ONNX file for pictures.

    Its input is uint8 ink, or float: ink / 255. width: of lines of any width the one that its
    tensors' shapes are for. Raises ExportError where a node has no integer kernel, and for a graph
    that is not one chain from a picture to logits.
    """
    reading = _opened(content, source, width)
    spelt_out = patterns.found(reading.model, reading.constants)
    for node in reading.model.graph.node:
        known = id_of(node) in reading.constants
        if known or all(name in reading.constants for name in node.input if name):
            continue
        if id_of(node) in spelt_out.skipped:
            continue
        if id_of(node) in spelt_out.layers:
            reading.add(spelt_out.layers[id_of(node)])
            continue
        _read(reading, node, source)
    return _graph(reading, content, source)


def id_of(node: Any) -> str:
    """Return what tells a node from the others: its first output."""
    return str(node.output[0])


def _opened(content: bytes, source: str, width: int) -> Reading:
    import onnx
    from onnx import numpy_helper, shape_inference

    model = onnx.load_from_string(content)
    entry = model.graph.input[0]
    entry.type.tensor_type.shape.dim[0].dim_value = 1
    if width:
        entry.type.tensor_type.shape.dim[2].dim_value = width
    model = shape_inference.infer_shapes(model, data_prop=True)
    constants = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "Constant":
            constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
    shapes = {each.name: _dims(each) for each in (*model.graph.value_info, *model.graph.output)}
    shapes[entry.name] = _dims(entry)
    if width:
        worked_out(model, constants, shapes)
    bytes_enter = entry.type.tensor_type.elem_type == onnx.TensorProto.UINT8
    gain = 1.0 if bytes_enter else 1 / 255
    if len(shapes[entry.name]) not in {3, 4} or 0 in shapes[entry.name]:
        raise ExportError(
            f"{source}: its input is no picture of one size; export one of kind digit or picture"
        )
    return Reading(model, shapes, constants, {entry.name: (gain, 0.0)})


def _dims(value: Any) -> tuple[int, ...]:
    return tuple(dim.dim_value for dim in value.type.tensor_type.shape.dim)


def _read(reading: Reading, node: Any, source: str) -> None:
    if _is_input(reading, node):
        return
    read = READERS.get(node.op_type)
    if read is None:
        raise ExportError(
            f"{source}: the layer {node.op_type} has no integer kernel; use "
            f"{', '.join(sorted(READERS))}"
        )
    read(reading, node, {each.name: _value(each) for each in node.attribute})


def _value(attribute: Any) -> Any:
    import onnx

    found = onnx.helper.get_attribute_value(attribute)
    return found.decode() if isinstance(found, bytes) else found


def _is_input(reading: Reading, node: Any) -> bool:
    """Return whether the node only scales or moves the ink; its output is then noted as such."""
    known = [name for name in node.input if name in reading.affine]
    if not known:
        return False
    gain, offset = reading.affine[known[0]]
    if node.op_type in {"Unsqueeze", "Cast", "Transpose", "Reshape", "Identity"}:
        reading.affine[node.output[0]] = gain, offset
        return reading.shapes[node.output[0]] is not None
    others = [reading.constants[name] for name in node.input if name in reading.constants]
    if node.op_type not in _SCALES or len(others) != 1 or np.size(others[0]) != 1:
        return False
    value = float(np.asarray(others[0]).reshape(-1)[0])
    reading.affine[node.output[0]] = _SCALES[node.op_type](gain, offset, value)
    return True


_SCALES: Final[Mapping[str, Callable[[float, float, float], tuple[float, float]]]] = {
    "Div": lambda gain, offset, by: (gain / by, offset / by),
    "Mul": lambda gain, offset, by: (gain * by, offset * by),
    "Sub": lambda gain, offset, by: (gain, offset - by),
    "Add": lambda gain, offset, by: (gain, offset + by),
}


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
    height, width, channels = _picture(reading, node.input[0])
    if len(reading.shapes[node.output[0]]) == 3:
        height = width = 1  # Step after step of a line, each by itself.
    if reading.source(node.input[0]) in reading.last:
        whole = weights.reshape(-1, height, width, channels).transpose(0, 3, 1, 2)
    else:
        whole = weights.reshape(-1, channels, height, width)
    reading.add(Convolution(node.output[0], (node.input[0],), whole, bias))


def _picture(reading: Reading, tensor: str) -> Shape:
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
    reading.same(node)


def _transpose(reading: Reading, node: Any, attributes: Attributes) -> None:
    """Keras's order of the channels: noted, as what is flattened after it counts in it."""
    reading.same(node)
    if list(attributes["perm"]) == [0, 2, 3, 1]:
        reading.last.add(reading.source(node.input[0]))


def _slice(reading: Reading, node: Any, _: Attributes) -> None:
    """Logits and "none of these" are parts of what the last layer makes, in its order."""
    reading.same(node)


def _recurrent(reading: Reading, node: Any, attributes: Attributes) -> None:
    """An LSTM that starts from nothing, over the columns of a line."""
    height, width, _ = _picture(reading, node.input[0])
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
    shapes = [_picture(reading, name) for name in node.input]
    if attributes["axis"] % 3 != 2 or {shape[0] for shape in shapes} != {1}:
        raise ExportError("Concat has an integer kernel for the steps of a line; use Add")
    channels = sum(shape[2] for shape in shapes)
    reading.shapes[node.output[0]] = (1, shapes[0][1], channels)
    reading.add(Beside(node.output[0], tuple(node.input)))


READERS: Final[Mapping[str, Callable[[Reading, Any, Attributes], None]]] = {
    "Add": _add,
    "AveragePool": _pool(largest=False),
    "BatchNormalization": _batch_norm,
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
    "Slice": _slice,
    "Softplus": _elementwise,
    "Squeeze": _shape_only,
    "Tanh": _elementwise,
    "Transpose": _transpose,
}


def _graph(reading: Reading, content: bytes, source: str) -> Graph:
    layers = folded(reading.layers)
    if not layers:
        raise ExportError(f"{source}: no layer in it; export a trained net")
    entry = _entry(reading, layers)
    gain, offset = reading.affine[entry]
    shapes = {
        name: _picture(reading, name) for layer in layers for name in (layer.output, *layer.inputs)
    }
    return Graph(layers, entry, gain, offset, shapes, content)


def _entry(reading: Reading, layers: tuple[Layer, ...]) -> str:
    entries = {name for layer in layers for name in layer.inputs if name in reading.affine}
    if len(entries) != 1:
        raise ExportError("the picture enters the net in several places; let it enter once")
    return entries.pop()
