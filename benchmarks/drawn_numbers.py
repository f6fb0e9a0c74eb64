"""Numbers drawn with a pen: several digits of writers not learnt, beside one another.

    python benchmarks/drawn_numbers.py

Each number is two, four or eight of UNIPEN's drawings of writers whom neither `digit` nor `line`
has learnt, each a height tall, 0.08 to 0.5 heights apart, read as `pilgi.read.drawing` does. With
line: by the reader of lines, and by that of digits only what turns out to be one digit. One JSON
line is appended to benchmarks/records/drawn_numbers.jsonl.
"""

import gzip
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from pilgi import data, machine
from pilgi.data.lines.held_out import held_out
from pilgi.files import append_line
from pilgi.read import Reader, open_reader
from pilgi.read.drawing import cut_strokes

RECORD = Path(__file__).parent / "records" / "drawn_numbers.jsonl"
LENGTHS: Final = {"two": 2, "four": 4, "eight": 8}
COUNT: Final = 1000
GAPS: Final = (8, 50)

Strokes = list[np.ndarray[Any, Any]]


def unseen() -> list[dict[str, Any]]:
    """Return the drawings of the writers who are held out."""
    path = Path(os.environ["PILGI_DATA"]) / "unipen" / "digits-dev.jsonl.gz"
    with gzip.open(path, "rt") as lines:
        drawings = [json.loads(line) for line in lines if line.strip()]
    whole = data.load("unipen", "all")
    assert whole.writers is not None
    writers = set(held_out(whole)[1].writers.tolist())  # type: ignore[union-attr]
    named = zip(drawings, whole.writers.tolist(), strict=True)
    return [drawing for drawing, writer in named if writer in writers]


def tall(drawing: dict[str, Any]) -> tuple[Strokes, float]:
    """Return the strokes 100 high, y downwards, or at most 200 wide; and how wide they are."""
    points = np.concatenate([np.reshape(stroke, (-1, 2)) for stroke in drawing["strokes"]])
    low, side = points.min(axis=0), np.ptp(points, axis=0)
    scale = 100 / max(side[1], side[0] / 2, 1e-9)
    moved = [(np.reshape(each, (-1, 2)) - low) * scale * (1, -1) for each in drawing["strokes"]]
    return [each + np.array([0.0, 100.0]) for each in moved], side[0] * scale


def numbers(drawings: list[dict[str, Any]], length: int) -> Iterator[tuple[str, Strokes]]:
    """Yield numbers, always the same, with their strokes."""
    rng = np.random.default_rng([9, length])
    for _ in range(COUNT):
        strokes, left, text = [], 0.0, ""
        for at in rng.integers(0, len(drawings), length).tolist():
            own, wide = tall(drawings[at])
            strokes += [each + np.array([left, 0.0]) for each in own]
            left += wide + rng.uniform(*GAPS)
            text += str(drawings[at]["label"])
        yield text, strokes


def scored(reader: Reader, drawn: list[tuple[str, Strokes]], apart: bool) -> dict[str, int]:
    """Return how many numbers were read rightly, wrongly, and not for sure."""
    found = {"right": 0, "wrong": 0, "unsure": 0}
    for text, strokes in drawn:
        cut = cut_strokes(strokes)
        said = reader.read_cut(cut if apart else cut._replace(apart=list)).text
        found["unsure" if said is None else "right" if said == text else "wrong"] += 1
    return found


def main() -> None:
    """Read them, print and record."""
    reader, drawings, results = open_reader(), unseen(), {}
    for name, length in LENGTHS.items():
        drawn = list(numbers(drawings, length))
        asked = {"line": False, "apart": True}
        results[name] = {who: scored(reader, drawn, apart) for who, apart in asked.items()}
        print(name, results[name], flush=True)
    record = {
        "benchmark": "drawn numbers",
        "n": COUNT,
        "drawings": len(drawings),
        "results": results,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine.describe(),
        "versions": machine.versions(),
    }
    append_line(RECORD, json.dumps(record))


if __name__ == "__main__":
    main()
