"""onnxruntime's own format, which its libraries for Android and iOS load."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilgi.export.artifact import Artifact
from pilgi.export.proof import Answering
from pilgi.export.writers.job import Job
from pilgi.recognizer import INPUT, OUTPUT, open_graph


def write_ort(job: Job) -> Artifact:
    """Write the folder: NAME.ort and NAME.json, what the recognizer says of itself.

    The answers proved are the digits alone: floats may differ in the last bit between processors.
    """
    content = converted(job.recognizer.content)
    facts = job.recognizer.metadata.model_dump_json(indent=2)
    files = {f"{job.name}.ort": content, f"{job.name}.json": (facts + "\n").encode()}
    return job.write_folder("ort", files, {"file": len(content)}, digits_of(content))


def converted(content: bytes) -> bytes:
    """Return an ONNX file in onnxruntime's format, optimised for no processor in particular."""
    import onnxruntime

    with tempfile.TemporaryDirectory(prefix="pilgi-") as name:
        made = Path(name) / "made.ort"
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # More would choose layouts for this machine's processor.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.optimized_model_filepath = str(made)
        options.add_session_config_entry("session.save_model_format", "ORT")
        onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        return made.read_bytes()


def digits_of(content: bytes) -> Answering:
    """Return what tells the digits that a file in onnxruntime's format answers with.

    To lines it answers with the likeliest label of each step.
    """
    session = open_graph(content)

    def answers(ink: Any) -> NDArray[np.int64]:
        if isinstance(ink, tuple):
            steps = [session.run([OUTPUT], {INPUT: each[None]})[0][0] for each in ink]
            return np.concatenate([each.argmax(1) for each in steps])
        logits: Any = session.run([OUTPUT], {INPUT: ink})[0]
        return np.stack([logits.argmax(1), *np.zeros((2, len(ink)), np.int64)], 1)

    return answers
