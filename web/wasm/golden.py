"""Write what numpy's reference says of the golden drawings: tests hold the browser to it.

    python web/wasm/golden.py

built/golden.json: of each drawing of tests/golden/ink.jsonl.gz its strokes (y growing downwards),
its ink, and of each recognizer digit, confidence of 65535 and sure.
"""

import gzip
import json
from base64 import b64decode
from pathlib import Path
from typing import Any, Final

import numpy as np

from pilgi.export.writers.job import Job
from pilgi.files import write_json
from pilgi.recognizer import Recognizer

HERE: Final = Path(__file__).parent
VECTORS: Final = HERE.parents[1] / "tests" / "golden" / "ink.jsonl.gz"
NAMES: Final = ("digit-tiny", "digit")


def drawings() -> list[dict[str, Any]]:
    """Return the golden drawings."""
    with gzip.open(VECTORS, "rt", encoding="utf-8") as lines:
        vectors = [json.loads(line) for line in lines]
    return [vector for vector in vectors if "strokes" in vector]


def downwards(vector: dict[str, Any]) -> list[list[list[float]]]:
    """Return the strokes as on a screen."""
    up = -1 if vector["y_up"] else 1
    return [[[x, up * y] for x, y in stroke] for stroke in vector["strokes"]]


def main() -> None:
    """Write the file."""
    found = drawings()
    inks = [each["ink"]["data"] for each in found]
    pictures = np.stack([np.frombuffer(b64decode(ink), np.uint8).reshape(28, 28) for ink in inks])
    answers = {
        name: Job(Recognizer.load(name), HERE, name).answers(pictures).tolist() for name in NAMES
    }
    named = zip(found, inks, strict=True)
    said = [
        {
            "name": each["name"],
            "strokes": downwards(each),
            "ink": ink,
            "answers": {name: answers[name][at] for name in NAMES},
        }
        for at, (each, ink) in enumerate(named)
    ]
    write_json(HERE / "built" / "golden.json", said)


if __name__ == "__main__":
    main()
