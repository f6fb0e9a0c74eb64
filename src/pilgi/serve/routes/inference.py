"""The Open Inference Protocol v2 for the recognizers, in JSON.

Source: https://github.com/kserve/open-inference-protocol, specification/protocol/inference_rest.md.
"""

import math
from typing import Annotated, Any, Final, Literal

import numpy as np
from fastapi import APIRouter, Response
from numpy.typing import NDArray
from pydantic import BaseModel, Field

import pilgi
from pilgi.errors import DataError
from pilgi.recognizer import INPUT, OUTPUT, Recognizer
from pilgi.serve.problems import NotFoundError
from pilgi.serve.services import Shared

router = APIRouter(prefix="/v2", tags=["inference protocol"])

PROBABILITIES: Final = "probabilities"
MOST: Final = 4 * 2**20
"""Bytes of pictures in one request at most."""


class ServerMetadata(BaseModel):
    """Which server this is."""

    name: str
    version: str
    extensions: list[str]


class TensorMetadata(BaseModel):
    """A tensor; -1 stands for any number."""

    name: str
    datatype: str
    shape: list[int]


class ModelMetadata(BaseModel):
    """A recognizer's inputs and outputs."""

    name: str
    versions: list[str]
    platform: str
    inputs: list[TensorMetadata]
    outputs: list[TensorMetadata]


class InputTensor(BaseModel):
    """Pictures; data: row by row, flat or nested."""

    name: Literal["ink"]
    shape: Annotated[list[int], Field(min_length=2, max_length=4)]
    datatype: Literal["UINT8"]
    parameters: dict[str, Any] | None = None
    data: list[Any]


class WantedOutput(BaseModel):
    """An output that is asked for."""

    name: Literal["logits", "probabilities"]
    parameters: dict[str, Any] | None = None


class InferRequest(BaseModel):
    """What to infer from."""

    id: str | None = None
    parameters: dict[str, Any] | None = None
    inputs: Annotated[list[InputTensor], Field(min_length=1, max_length=1)]
    outputs: list[WantedOutput] | None = None


class OutputTensor(BaseModel):
    """Numbers, row by row."""

    name: str
    shape: list[int]
    datatype: str
    data: list[float]


class InferAnswer(BaseModel):
    """What was inferred."""

    model_name: str
    model_version: str
    id: str | None = None
    outputs: list[OutputTensor]


@router.get("")
def server_metadata() -> ServerMetadata:
    """Return which server this is."""
    return ServerMetadata(name="pilgi", version=pilgi.__version__, extensions=[])


@router.get("/health/live")
def live() -> Response:
    """Say that the server runs."""
    return Response(status_code=200)


@router.get("/health/ready")
def ready(shared: Shared) -> Response:
    """Say that the shipped recognizers can be asked."""
    shared.models.reader()
    return Response(status_code=200)


@router.get("/models/{model}")
def model_metadata(model: str, shared: Shared) -> ModelMetadata:
    """Return a recognizer's inputs and outputs."""
    recognizer = _load(model, shared)
    shape, classes = recognizer.metadata.input, len(recognizer.classes)
    return ModelMetadata(
        name=model,
        versions=[_version(recognizer)],
        platform="onnx_onnxv1",
        inputs=[TensorMetadata(name=INPUT, datatype="UINT8", shape=[-1, *shape])],
        outputs=[
            TensorMetadata(name=name, datatype="FP32", shape=[-1, classes])
            for name in (OUTPUT, PROBABILITIES)
        ],
    )


@router.get("/models/{model}/ready")
def model_ready(model: str, shared: Shared) -> Response:
    """Say that a recognizer can be asked."""
    _load(model, shared)
    return Response(status_code=200)


@router.post("/models/{model}/infer", response_model_exclude_none=True)
def infer(model: str, asked: InferRequest, shared: Shared) -> InferAnswer:
    """Return logits and calibrated probabilities of pictures of ink."""
    recognizer = _load(model, shared)
    pictures = _pictures(asked.inputs[0])
    wanted = [each.name for each in asked.outputs or []] or [OUTPUT, PROBABILITIES]
    answers = {OUTPUT: recognizer.logits, PROBABILITIES: recognizer.probabilities}
    outputs = [_tensor(name, answers[name](pictures)) for name in wanted]
    return InferAnswer(
        model_name=model, model_version=_version(recognizer), id=asked.id, outputs=outputs
    )


def _load(model: str, shared: Shared) -> Recognizer:
    recognizer = shared.models.load(model)
    if recognizer.metadata.kind == "line":
        raise NotFoundError(f"{model}: reads lines of any length, which POST /api/recognize takes")
    return recognizer


def _pictures(tensor: InputTensor) -> NDArray[np.uint8]:
    count = math.prod(tensor.shape)
    if min(tensor.shape) < 1 or count > MOST:
        raise DataError(f"ink of shape {tensor.shape}: 1 to {MOST:,} bytes are read at once")
    numbers = _numbers(tensor.data)
    if numbers.size != count or not 0 <= numbers.min() <= numbers.max() <= 255:
        raise DataError(f"ink's data must be {count:,} whole numbers of 0 to 255")
    return numbers.astype(np.uint8).reshape(tensor.shape)


def _numbers(data: list[Any]) -> NDArray[np.integer[Any]]:
    """Return whole numbers, flat or nested; none where they are not that."""
    try:
        numbers = np.array(data)
    except ValueError:  # lists of different lengths
        return np.empty(0, np.int64)
    return numbers if numbers.dtype.kind == "i" else np.empty(0, np.int64)


def _tensor(name: str, values: NDArray[np.float32]) -> OutputTensor:
    data = values.ravel().tolist()
    return OutputTensor(name=name, shape=list(values.shape), datatype="FP32", data=data)


def _version(recognizer: Recognizer) -> str:
    return recognizer.metadata.sha256[:12]
