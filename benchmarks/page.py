"""The page in Chromium, four times slowed down: first paint, a stroke point, and what is read.

    python benchmarks/page.py                  500 drawings, some five minutes; needs `make page`

UNIPEN's digits are replayed as pointer events, their longer side 260 pixels as on a pad of 440; the
page's own reader (int8) reads the strokes that the page makes of them. Beside it stands what Python
reads of the same drawings as they are (float). Times are of a phone's screen: `pad_ms` is when one
can write, four times slowed down; `point_ms_at_1` and `point_ms_at_4` are the processor's time that
the page's thread takes for a point of a stroke, painting included, as it is and slowed down. One
JSON line is appended to benchmarks/records/page.jsonl.
"""

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from pilgi import machine
from pilgi.data.catalog import CATALOG
from pilgi.data.places import find, needed
from pilgi.files import append_line
from pilgi.read import open_reader
from pilgi.read.drawing import read_strokes

RECORD: Final = Path(__file__).parent / "records" / "page.jsonl"
WEB: Final = Path(__file__).parents[1] / "web"
SIDE: Final = 260
SEED: Final = 0


def chosen_drawings(count: int) -> list[dict[str, Any]]:
    """Return that many of UNIPEN's digits, drawn by chance."""
    source = CATALOG["unipen"]
    path = find(source, needed(source)[0])
    if path is None:
        raise SystemExit("unipen is not on this machine; set PILGI_DATA to where it is")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        drawings = [json.loads(line) for line in lines]
    chosen = np.random.default_rng(SEED).choice(len(drawings), count, replace=False)
    return [drawings[at] for at in sorted(chosen)]


def on_the_pad(strokes: list[list[list[float]]]) -> list[list[list[int]]]:
    """Return whole pixels of the pad from its middle, y growing downwards."""
    points = np.concatenate([np.reshape(stroke, (-1, 2)) for stroke in strokes if stroke])
    low, high = points.min(axis=0), points.max(axis=0)
    scale = SIDE / max(*(high - low), 1e-9)
    placed = [(np.reshape(each, (-1, 2)) - (low + high) / 2) * (scale, -scale) for each in strokes]
    return [np.rint(each).astype(int).tolist() for each in placed if len(each)]


def in_python(drawings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the command line's reader says of the drawings as they are."""
    reader = open_reader()
    said = [read_strokes(reader, each["strokes"], y_up=True) for each in drawings]
    return [
        {"digit": "".join(digit.guesses[0].digit for digit in each.digits), "text": each.text}
        for each in said
    ]


def in_the_page(drawings: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what `npm run bench` measures."""
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "asked.json", Path(folder) / "found.json"
        pads = [on_the_pad(each["strokes"]) for each in drawings]
        given.write_text(json.dumps({"drawings": pads, "out": str(out)}), "utf-8")
        more = {"PILGI_BENCH": str(given), "PILGI_PYTHON": sys.executable}
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "run", "bench"], cwd=WEB, env={**os.environ, **more}, check=True)
        found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def score(said: list[dict[str, Any]], labels: list[str]) -> dict[str, int]:
    """Return how many digits are wrong when all are answered, and how many are answered wrong."""
    pairs = list(zip(said, labels, strict=True))
    return {
        "n": len(pairs),
        "errors": sum(each["digit"] != label for each, label in pairs),
        "answered": sum(each["text"] is not None for each, _ in pairs),
        "answered_wrong": sum(each["text"] not in {None, label} for each, label in pairs),
    }


def main() -> None:
    """Measure, print, append."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--dry", action="store_true", help="append nothing")
    chosen = parser.parse_args()
    drawings = chosen_drawings(chosen.count)
    labels = [str(each["label"]) for each in drawings]
    own, found = in_python(drawings), in_the_page(drawings)
    said = found.pop("answers")
    record = {
        "benchmark": "page",
        "date": datetime.now(UTC).date().isoformat(),
        "seed": SEED,
        "python": score(own, labels),
        "page": score(said, labels),
        "other_answers": sum(
            one["text"] != two["text"] for one, two in zip(own, said, strict=True)
        ),
        "slower": 4,
        **found,
        "machine": machine.describe(),
        "versions": machine.versions(),
    }
    print(json.dumps(record, indent=2))
    if not chosen.dry:
        append_line(RECORD, json.dumps(record))


if __name__ == "__main__":
    main()
