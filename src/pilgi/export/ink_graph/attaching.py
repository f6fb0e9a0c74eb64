"""The ink spec's graph before a recognizer's."""

from __future__ import annotations

from typing import Any, Final

from pilgi.errors import ExportError
from pilgi.export.ink_graph.pictures import from_grey
from pilgi.export.ink_graph.writing import DOMAIN, OPSET, Library
from pilgi.ink import SIDE, VERSION
from pilgi.recognizer import ANY, INPUT
from pilgi.sealing import Metadata, read_metadata, seal

PICTURE: Final = "picture"
"""The input's name: uint8 (height, width), of any size."""


def with_ink(content: bytes, source: str) -> bytes:
    """Return a recognizer's file that makes ink, uint8 (1, 28, 28), of a grey picture and reads it.

    content: a recognizer's file of kind digit. The outputs are its own, of one picture, and `ink`:
    the bytes of `ink.from_picture`. Each step of the spec is a function of the file's own, which
    calls ONNX's operators alone.
    Raises ExportError where the recognizer reads something else, or is of an ONNX too old.
    """
    import onnx

    facts = read_metadata(content, source)
    model = onnx.load_from_string(content)
    opset = next(int(each.version) for each in model.opset_import if not each.domain)
    _check(facts, opset, source)
    library = Library(opset)
    library.function(from_grey)
    _attach(model)
    model.functions.extend(library.functions.values())
    model.opset_import.append(onnx.helper.make_opsetid(DOMAIN, 1))
    del model.metadata_props[:]
    onnx.checker.check_model(model)
    made = {"input": (ANY, ANY), "ink": VERSION}
    return seal(model.SerializeToString(), facts.model_copy(update=made))


def _check(facts: Metadata, opset: int, source: str) -> None:
    if facts.kind != "digit" or facts.input != (SIDE, SIDE):
        raise ExportError(
            f"{source}: reads no single digits of 28x28 ink, which is what the ink spec makes of a "
            "picture; export one of kind digit"
        )
    if opset < OPSET:
        raise ExportError(
            f"{source}: of ONNX's operators of version {opset}, and the ink spec needs {OPSET}; "
            "train it again"
        )


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
