"""What ONNX works out of constants and of known shapes, worked out."""

from collections.abc import Mapping
from typing import Any

import numpy as np


def worked_out(
    model: Any, constants: dict[str, Any], shapes: Mapping[str, tuple[int, ...]]
) -> None:
    """Add to `constants` what the nodes make of constants and of shapes that are known."""
    for node in model.graph.node:
        if node.op_type == "Shape" and 0 not in shapes.get(node.input[0], (0,)):
            given = {node.input[0]: np.empty(shapes[node.input[0]], np.uint8)}
        elif node.input and all(name in constants for name in node.input if name):
            given = {name: constants[name] for name in node.input if name}
        else:
            continue
        constants[node.output[0]] = evaluated(node, given)


def evaluated(node: Any, given: Mapping[str, Any]) -> Any:
    """Return what ONNX defines that a node of one output makes."""
    from onnx import helper
    from onnx.helper import np_dtype_to_tensor_dtype
    from onnx.reference import ReferenceEvaluator

    entries = [
        helper.make_tensor_value_info(name, np_dtype_to_tensor_dtype(value.dtype), None)
        for name, value in given.items()
    ]
    out = helper.make_tensor_value_info(node.output[0], 1, None)
    graph = helper.make_graph([node], "one", entries, [out])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)])
    made: Any = ReferenceEvaluator(model).run(None, dict(given))
    return made[0]
