"""A recognizer's file: an ONNX graph, and in its metadata the facts that make it self-contained.

The graph takes uint8 ink and gives class logits; the facts stand as JSON under the key `pilgi`,
with a SHA-256 of everything in the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pilgi.errors import RecognizerError, UnsealedError

FORMAT: Final = 1
KEY: Final = "pilgi"


class Metadata(BaseModel):
    """What a recognizer says of itself.

    temperature: logits are divided by it before the softmax (Guo et al. 2017).
    calibration: where the temperature came from, in words.
    min_confidence: below it "not sure" is the answer; None where it never declines.
    input: the shape of one picture, (height, width) or (height, width, channels), uint8; the width
    of a line is 0, which stands for any; (0, 0) is a whole grey picture, of which the graph makes
    ink itself.
    ink: the version it learnt from; of a graph that makes ink, the version it makes.
    classes: of a line's lattice, all but the last: that one is blank, nothing here; digits alone,
    or after them `separator` and `other`, see `pilgi.data.lines.symbols`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    kind: Literal["digit", "line", "picture"]
    input: tuple[int, ...]
    classes: tuple[str, ...]
    ink: str
    temperature: float = Field(default=1.0, gt=0)
    calibration: str
    min_confidence: float | None = Field(default=None, ge=0, le=1)
    recipe: str
    provenance: Mapping[str, Any]
    sha256: str = ""


def seal(graph: bytes, metadata: Metadata) -> bytes:
    """Return the recognizer's file: `graph` with `metadata` and the content's SHA-256 inside."""
    import onnx

    model = onnx.load_from_string(graph)
    _strip(model)
    sealed = metadata.model_copy(update={"sha256": _content_hash(model, metadata)})
    model.metadata_props.add(key=KEY, value=_written(sealed))
    return bytes(model.SerializeToString(deterministic=True))


def _strip(model: Any) -> None:
    """Remove the exporter's remarks: stack traces with the paths of whose machine it was."""
    graph = model.graph
    values = (*graph.input, *graph.output, *graph.value_info)
    for part in (model, graph, *graph.node, *graph.initializer, *values):
        part.doc_string = ""
        del part.metadata_props[:]


def _content_hash(model: Any, metadata: Metadata) -> str:
    """SHA-256 over the graph without metadata, then the metadata without its own hash."""
    digest = hashlib.sha256(model.SerializeToString(deterministic=True))
    digest.update(_written(metadata.model_copy(update={"sha256": ""})).encode())
    return digest.hexdigest()


def _written(metadata: Metadata) -> str:
    """Return the JSON inside the file; a key younger than the format is left out where unused."""
    unused = {"min_confidence"} if metadata.min_confidence is None else None
    return metadata.model_dump_json(exclude=unused)


def read_metadata(content: bytes, source: str) -> Metadata:
    """Return the facts inside the file, refusing damage and other versions."""
    import onnx

    try:
        model = onnx.load_from_string(content)
    except Exception as error:  # protobuf raises classes of its own
        raise RecognizerError(f"{source}: not an ONNX file; was it cut short?") from error
    refuse_external(model, source)
    entries = {entry.key: entry.value for entry in model.metadata_props}
    if KEY not in entries:
        raise UnsealedError(f"{source}: an ONNX file, but not one that Pilgi wrote")
    metadata = _parse(entries[KEY], source)
    del model.metadata_props[:]
    if _content_hash(model, metadata) != metadata.sha256:
        raise RecognizerError(f"{source}: changed since it was written; train or copy it again")
    return metadata


def refuse_external(model: Any, source: str) -> None:
    """Refuse tensors that lie in other files, before anything could open them."""
    from google.protobuf.message import Message
    from onnx import TensorProto

    waiting: list[Any] = [model]
    while waiting:
        part = waiting.pop()
        if isinstance(part, TensorProto) and (
            part.data_location == TensorProto.EXTERNAL or part.external_data
        ):
            raise RecognizerError(
                f"{source}: its tensor '{part.name}' lies in another file, and a recognizer is one "
                "file; save it with its weights inside"
            )
        # Whatever holds tensors: graphs, nodes' attributes, graphs in these, local functions.
        for field, value in part.ListFields():
            if field.message_type is not None:
                waiting += [value] if isinstance(value, Message) else value


def _parse(text: str, source: str) -> Metadata:
    try:
        version = json.loads(text).get("format")
        if version != FORMAT:
            raise RecognizerError(
                f"{source}: recognizer format {version}, but this Pilgi reads format {FORMAT}; "
                "use the Pilgi that wrote it or train again"
            )
        return Metadata.model_validate_json(text)
    except (ValueError, AttributeError, ValidationError) as error:
        raise RecognizerError(f"{source}: its description is damaged; train again") from error
