"""Put a finished run's recognizer into the package, where it loads by name.

    python benchmarks/ship.py runs/tiny-hands-20261121-101500 digit-tiny

Writes src/pilgi/recognizers/NAME.onnx (onnxruntime), NAME.safetensors (further training) and
NAME.json: recipe, seed, data hashes, scores and cost, without paths. Of a recognizer of lines it
also holds a score on lines composed of scikit-learn's digits, which can be repeated offline.
"""

import argparse
import json
import shutil
from pathlib import Path
from typing import Any, Final

from pilgi.data.lines import SCORED, compose_lines, part_writers
from pilgi.evaluate import evaluate_lines
from pilgi.files import write_json
from pilgi.recognizer import Recognizer

HOME = Path(__file__).parents[1] / "src" / "pilgi" / "recognizers"
LARGEST: Final = 2_000_000
OF_THIS_FOLDER: Final = ("run", "recognizer")


def held(recognizer: Recognizer) -> dict[str, Any]:
    """Return what a test holds a recognizer of lines to."""
    lines = compose_lines("digits", part_writers("digits", 0).test, SCORED, 200, 0)
    return evaluate_lines(recognizer, lines).summary()


def ship(run: Path, name: str) -> None:
    """Copy the run's three files; refuses a recognizer of more than 2 MB."""
    recognizer = Recognizer.load(run)
    if len(recognizer.content) > LARGEST:
        raise SystemExit(
            f"{run}: {len(recognizer.content):,} bytes; at most {LARGEST:,} are shipped"
        )
    facts = json.loads((run / "summary.json").read_text())
    kept = {key: value for key, value in facts.items() if key not in OF_THIS_FOLDER}
    HOME.mkdir(exist_ok=True)
    recognizer.save(HOME / f"{name}.onnx")
    shutil.copyfile(run / "best.safetensors", HOME / f"{name}.safetensors")
    described: dict[str, Any] = {"stored": recognizer.stored, "sha256": recognizer.metadata.sha256}
    if recognizer.metadata.kind == "line":
        described["held"] = held(recognizer)
    write_json(HOME / f"{name}.json", {**kept, **described})


def main() -> None:
    """Ship one run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", type=Path, help="a finished run's folder")
    parser.add_argument("name", help="what it is loaded by")
    options = parser.parse_args()
    ship(options.run, options.name)


if __name__ == "__main__":
    main()
