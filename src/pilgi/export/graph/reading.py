"""ONNX -> a graph of layers, node after node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from pilgi.errors import ExportError
from pilgi.export.graph import patterns
from pilgi.export.graph.constants import worked_out
from pilgi.export.graph.floats import (
    Graph,
    Layer,
)
from pilgi.export.graph.folding import folded
from pilgi.export.graph.nodes import READERS, Reading, picture_of


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
        if len(reading.shapes[node.output[0]]) == 2:  # flattened: it stays a picture here
            reading.shapes[node.output[0]] = reading.shapes[known[0]]
        return True
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


def _graph(reading: Reading, content: bytes, source: str) -> Graph:
    layers = folded(reading.layers)
    if not layers:
        raise ExportError(f"{source}: no layer in it; export a trained net")
    entry = _entry(reading, layers)
    gain, offset = reading.affine[entry]
    shapes = {
        name: picture_of(reading, name)
        for layer in layers
        for name in (layer.output, *layer.inputs)
    }
    return Graph(layers, entry, gain, offset, shapes, content)


def _entry(reading: Reading, layers: tuple[Layer, ...]) -> str:
    entries = {name for layer in layers for name in layer.inputs if name in reading.affine}
    if len(entries) != 1:
        raise ExportError("the picture enters the net in several places; let it enter once")
    return entries.pop()
