"""Do PyTorch and onnxruntime say the same? Every shipped recognizer of digits, every test digit.

    python benchmarks/parity.py                     two minutes

The recognizer's network is rebuilt in eager PyTorch, float32, from its .safetensors, and answers
MNIST's 10,000 test digits beside the .onnx file: how many answers are the same, and the largest
difference between two logits. One JSON line each is appended to benchmarks/records/parity.jsonl.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from inference import READERS, eager
from pilgi import data, machine
from pilgi.files import append_line
from pilgi.recognizer import Recognizer

RECORD: Final = Path(__file__).parent / "records" / "parity.jsonl"
BATCH: Final = 500


@torch.inference_mode()
def in_torch(name: str, images: np.ndarray) -> np.ndarray:
    """Return the logits that PyTorch computes, float32 (n, outputs)."""
    network = eager(name)
    batches = (torch.from_numpy(images[at : at + BATCH]) for at in range(0, len(images), BATCH))
    return torch.cat([network(batch[:, None].float() / 255) for batch in batches]).numpy()


def measure(name: str) -> dict[str, Any]:
    """Return the record of one recognizer."""
    images = data.load("mnist", "test").images
    ours = Recognizer.load(name).logits(images)
    theirs = in_torch(name, images)[:, : ours.shape[1]]
    return {
        "model": name,
        "n": len(images),
        "same": int((ours.argmax(1) == theirs.argmax(1)).sum()),
        "largest_difference": float(np.abs(ours - theirs).max()),
    }


if __name__ == "__main__":
    for reader in READERS:
        line = measure(reader) | {
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": machine.describe(),
            "versions": machine.versions(),
        }
        append_line(RECORD, json.dumps(line))
        print(json.dumps(line))
