"""The ink spec's graph before a recognizer's."""

from __future__ import annotations

from typing import Any, Final

from pilgi.errors import ExportError
from pilgi.export.ink_graph.pictures import from_grey
from pilgi.export.ink_graph.writing import DOMAIN, OPSET, Library
from pilgi.ink import SIDE
from pilgi.recognizer import INPUT

PICTURE: Final = "picture"
"""The input's name: uint8 (height, width), of any size."""


def with_ink(content: bytes, source: str) -> bytes:
    """Return a graph that makes ink, uint8 (1, 28, 28), of a grey picture and reads it.

    content: an ONNX file that reads ink, uint8 (n, 28, 28); what the file says of itself is left
    out. The outputs are its own, of one picture, and `ink`: the bytes of `ink.from_picture`. Each
    step is a function of the file's own, of ONNX's operators.
    Raises ExportError where the graph reads something else, or is of an ONNX too old.
    """
    import onnx

    model = onnx.load_from_string(content)
    _check(model, source)
    library = Library(_opset(model))
    library.function(from_grey)
    _attach(model)
    model.functions.extend(library.functions.values())
    model.opset_import.append(onnx.helper.make_opsetid(DOMAIN, 1))
    del model.metadata_props[:]
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def _check(model: Any, source: str) -> None:
    entry = model.graph.input[0]
    shape = tuple(dim.dim_value for dim in entry.type.tensor_type.shape.dim)
    if entry.name != INPUT or shape[1:] != (SIDE, SIDE):
        raise ExportError(
            f"{source}: reads no single digits of 28x28 ink, which the ink spec would make for it; "
            "export one of kind digit"
        )
    if _opset(model) < OPSET:
        raise ExportError(
            f"{source}: written for ONNX's operators of version {_opset(model)}, and the ink spec "
            f"needs {OPSET}; convert it with onnx.version_converter"
        )


def _opset(model: Any) -> int:
    return next(int(each.version) for each in model.opset_import if not each.domain)


def _attach(model: Any) -> None:
    """Put the nodes that make ink before the others, and exchange the input."""
    from onnx import TensorProto, helper

    entry = helper.make_tensor_value_info(PICTURE, TensorProto.UINT8, ["height", "width"])
    ink = helper.make_tensor_value_info(INPUT, TensorProto.UINT8, [1, SIDE, SIDE])
    before = [
        helper.make_node("Cast", [PICTURE], ["ink/grey"], to=TensorProto.INT64),
        helper.make_node(from_grey.__name__, ["ink/grey"], ["ink/levels"], domain=DOMAIN),
        helper.make_node("Reshape", ["ink/levels", "ink/shape"], ["ink/one"]),
        helper.make_node("Cast", ["ink/one"], [INPUT], to=TensorProto.UINT8),
    ]
    shape = helper.make_tensor("ink/shape", TensorProto.INT64, [3], [1, SIDE, SIDE])
    nodes = [*before, *model.graph.node]
    del model.graph.node[:], model.graph.input[:]
    model.graph.node.extend(nodes)
    model.graph.input.append(entry)
    model.graph.output.append(ink)
    model.graph.initializer.append(shape)
