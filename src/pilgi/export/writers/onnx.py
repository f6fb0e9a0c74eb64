"""ONNX for any runtime: the recognizer's own file, in int8, or with the ink spec inside."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilgi import ink
from pilgi.errors import ExportError
from pilgi.export.artifact import Artifact
from pilgi.export.ink_graph import check_ink, with_ink
from pilgi.export.writers.job import Job
from pilgi.files import write_bytes
from pilgi.recognizer import INPUT
from pilgi.sealing import seal

REMARK = "int8 by onnxruntime's static quantiser"


def write_onnx(job: Job) -> Artifact:
    """Write the recognizer's file as it is: metadata inside, no data outside."""
    write_bytes(job.out, job.recognizer.content)
    return Artifact(job.out, "onnx", {"file": len(job.recognizer.content)})


def write_int8_onnx(job: Job) -> Artifact:
    """Write the recognizer with int8 weights, one scale a channel, and uint8 activations."""
    if job.reads == "line":
        raise ExportError(
            f"{job.recognizer.source}: reads lines, which leave in int8 as c and wasm; name one"
        )
    content = quantised_onnx(job)
    write_bytes(job.out, content)
    return Artifact(job.out, "onnx", {"file": len(content)})


def write_grey_onnx(job: Job) -> Artifact:
    """Write the recognizer with the ink spec before it: a grey picture in, of any size.

    Its ink is proved before anything is written.
    """
    content = with_ink(job.recognizer.content, job.recognizer.source)
    proved = check_ink(content, str(job.out))
    write_bytes(job.out, content)
    said = f"{ink.VERSION}, the same bytes of {proved} pictures"
    return Artifact(job.out, "onnx", {"file": len(content)}, {"ink": said})


def quantised_onnx(job: Job) -> bytes:
    """Return the sealed int8 recognizer, by `onnxruntime.quantization`, calibrated on training."""
    from onnxruntime.quantization import QuantFormat, QuantType, quantize_static

    facts = job.recognizer.metadata
    with tempfile.TemporaryDirectory(prefix="pilgi-") as name:
        floats, whole = Path(name) / "float.onnx", Path(name) / "int8.onnx"
        floats.write_bytes(job.recognizer.content)
        with _without_advice():
            quantize_static(
                floats,
                whole,
                _reader(job.calibration.pictures),
                quant_format=QuantFormat.QDQ,
                per_channel=True,
                weight_type=QuantType.QInt8,
                activation_type=QuantType.QUInt8,
                op_types_to_quantize=["Conv", "Gemm", "MatMul"],
            )
        provenance = {**facts.provenance, "quantised": REMARK}
        return seal(whole.read_bytes(), facts.model_copy(update={"provenance": provenance}))


@contextmanager
def _without_advice() -> Iterator[None]:
    """Hold back advice, given by way of the root logger, to prepare graphs that are prepared."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _reader(pictures: NDArray[np.uint8], batch: int = 50) -> Any:
    """Return onnxruntime's reader of calibration data over `pictures`."""
    from onnxruntime.quantization import CalibrationDataReader

    class Reader(CalibrationDataReader):  # type: ignore[misc]
        def __init__(self) -> None:
            self.batches: Iterator[Any] = iter(
                pictures[at : at + batch] for at in range(0, len(pictures), batch)
            )

        def get_next(self) -> dict[str, Any] | None:
            found = next(self.batches, None)
            return None if found is None else {INPUT: found}

    return Reader()
