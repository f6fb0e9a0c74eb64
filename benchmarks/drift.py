"""How far `pilgi drift`'s estimate may be believed: each set left out of what it learns from.

    python benchmarks/drift.py                  `digit` and `digit-tiny`, three minutes

Six sets, and each corruption of 1,000 of MNIST's test digits at its usual level, are estimated as
if they came without labels; the truth stands beside it. The estimate knows none of a set's own
pictures and no level of its corruption. One JSON line a recognizer is appended to
benchmarks/records/drift.jsonl.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from pilgi import data, machine
from pilgi.data import Split
from pilgi.data.corruptions import CORRUPTIONS, corrupt
from pilgi.data.formats.arrays import to_ink
from pilgi.evaluate.drift.estimate import estimate, margins, margins_of
from pilgi.evaluate.drift.known import Judged, answered, at_hand, believed, shifted, sources_of
from pilgi.files import append_line
from pilgi.recognizer import Recognizer

RECORD: Final = Path(__file__).parent / "records" / "drift.jsonl"
NATURAL: Final = ("mnist", "usps", "sheets", "unipen", "digits", "clutter")
CORRUPTED: Final = 1000


def targets() -> Iterator[tuple[str, Split]]:
    """Yield each set to be estimated."""
    for name in NATURAL:
        yield name, data.load(name, "all" if name == "digits" else "test")
    whole = data.load("mnist", "test")
    some = whole.take(np.linspace(0, len(whole) - 1, CORRUPTED).astype(np.intp))
    for name in CORRUPTIONS:
        images = to_ink(corrupt(some.images, name, 1))
        yield name, Split(name, images, some.labels, some.classes)


def known(recognizer: Recognizer) -> list[Judged]:
    """Return all sets that an estimate may learn from."""
    sources = sources_of(recognizer)
    natural = [answered(recognizer, one) for one in [*sources, *at_hand(recognizer, None)]]
    return [*natural, *shifted(recognizer, sources)]


def estimated(
    recognizer: Recognizer, name: str, split: Split, sets: Sequence[Judged]
) -> dict[str, Any]:
    """Return the truth of one set and what is estimated without it."""
    others = believed(recognizer, [one for one in sets if one.name != name])
    classes, temperature = len(recognizer.classes), recognizer.metadata.temperature
    found = recognizer.outputs(split.images)
    of = margins(found, classes, temperature)
    said = estimate(of, margins_of(others, classes, temperature))
    true = float((found[:, :classes].argmax(axis=1) == split.labels).mean())
    low, high = said.interval
    return {
        "set": name,
        "n": len(split),
        "accuracy": true,
        "estimated": said.accuracy,
        "interval": [low, high],
        "held": low <= true <= high,
    }


def measure(model: str) -> dict[str, Any]:
    """Return the record of one recognizer."""
    recognizer = Recognizer.load(model)
    sets = known(recognizer)
    found = [estimated(recognizer, name, split, sets) for name, split in targets()]
    apart = [abs(one["estimated"] - one["accuracy"]) for one in found]
    return {
        "benchmark": "drift",
        "model": model,
        "sets": len(found),
        "mean_absolute_error": float(np.mean(apart)),
        "held": sum(one["held"] for one in found),
        "each": found,
    }


def main() -> None:
    """Measure what is asked for and append the records."""
    for model in sys.argv[1:] or ("digit", "digit-tiny"):
        here = {"machine": machine.describe(), "versions": machine.versions()}
        found = measure(model) | {"date": datetime.now(UTC).date().isoformat()} | here
        append_line(RECORD, json.dumps(found))
        for one in found["each"]:
            low, high = one["interval"]
            print(
                f"{model} {one['set']} n={one['n']}: right {one['accuracy']:.2%}, estimated "
                f"{one['estimated']:.2%} ({low:.2%} to {high:.2%})"
            )
        error = f"{100 * found['mean_absolute_error']:.2f} points"
        print(f"{model}: wrong by {error}, {found['held']} of {found['sets']} held", flush=True)


if __name__ == "__main__":
    main()
