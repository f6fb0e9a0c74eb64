"""What a recognizer bears: MNIST-C's fifteen corruptions and five more, on MNIST's test digits.

    python benchmarks/robust.py                 `digit`, 2,000 digits, half a minute
    python benchmarks/robust.py --model RUN --left-out strokes

As `pilgi eval --robust` scores them. A family that a model did not learn from is scored by itself
too: the mean over those of the fifteen that are of it, as pictures. One JSON line is appended to
benchmarks/records/robust.jsonl.
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pilgi import data, machine
from pilgi.data.corruptions import CORRUPTIONS, FAMILIES, FIFTEEN
from pilgi.evaluate.robustness import evaluate_robustness
from pilgi.files import append_line
from pilgi.recognizer import Recognizer

RECORD: Final = Path(__file__).parent / "records" / "robust.jsonl"


def measure(model: str, left_out: str | None) -> dict[str, Any]:
    """Return the record of one recognizer."""
    recognizer = Recognizer.load(model)
    found = evaluate_robustness(recognizer, data.load("mnist", "test"))
    known = {"benchmark": "robust", "model": model, "sha256": recognizer.metadata.sha256}
    if left_out:
        names = [name for name in FIFTEEN if CORRUPTIONS[name].family == left_out]
        error, interval = found.mean("picture", names)
        known |= {"left_out": left_out, "family": {"error": error, "interval": interval}}
    return {**known, **found.to_json()}


def main() -> None:
    """Score one recognizer and append the record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="digit", help="a recognizer's name, run or file")
    parser.add_argument("--left-out", choices=FAMILIES, help="what it did not learn from")
    options = parser.parse_args()
    found = measure(options.model, options.left_out)
    here = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine.describe(),
        "versions": machine.versions(),
    }
    append_line(RECORD, json.dumps(found | here))
    for route, mean in found["mean"].items():
        low, high = mean["interval"]
        print(f"as {route}s: mean error {mean['error']:.2%} ({low:.2%} to {high:.2%})")
    if options.left_out:
        print(f"{options.left_out}, not learnt: mean error {found['family']['error']:.2%}")


if __name__ == "__main__":
    main()
