"""Hands never seen: each UNIPEN donor, and all of USPS, read by a net that learnt from neither.

    python benchmarks/hands.py --out DIR

For each of the four donors an `all-hands` net learns from MNIST, the other three donors and the
shapes drawn by rule; USPS is left out of all four. Scored once: the donor's drawings, no label
removed, all of USPS and MNIST's test set. Finished runs in DIR are taken as they are. One JSON line
is appended to benchmarks/records/hands.jsonl.
"""

import argparse
import gzip
import json
import statistics
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pilgi import data, machine
from pilgi.data import Split
from pilgi.evaluate import evaluate
from pilgi.files import append_line, write_bytes
from pilgi.learn.recipe import load_recipe, to_toml
from pilgi.recognizer import Recognizer

RECORD = Path(__file__).parent / "records" / "hands.jsonl"
DRAWINGS: Final = "unipen"


def donors() -> dict[str, list[bytes]]:
    """Return each donor's drawings, a JSON line each."""
    lines = gzip.decompress(Path(data.get(DRAWINGS)[0].path).read_bytes()).splitlines()
    found: dict[str, list[bytes]] = {}
    for line in lines:
        found.setdefault(json.loads(line)["donor"], []).append(line)
    return dict(sorted(found.items()))


def written(path: Path, lines: list[bytes]) -> str:
    """Write drawings to a file of strokes and return its path."""
    write_bytes(path, b"\n".join(lines))
    return path.resolve().as_posix()


def trained(recipe: str, extra: list[str], run: Path) -> Recognizer:
    """Return what a fresh process trained on MNIST and `extra`, or what is in `run` already."""
    settings = [f"extra={json.dumps(extra)}"]
    if not (run / "summary.json").is_file():
        command = [sys.executable, "-m", "pilgi", "train", recipe, *settings, "--out", str(run)]
        subprocess.run([*command, "--json"], stdout=subprocess.PIPE, check=True)
    found, wanted = load_recipe(run / "recipe.toml"), load_recipe(recipe, settings)
    if (found.extra, found.model, found.epochs) != (wanted.extra, wanted.model, wanted.epochs):
        raise SystemExit(f"{run}: a run of another recipe than {recipe}; name a new --out")
    return Recognizer.load(run)


def scored(recognizer: Recognizer, split: Split) -> dict[str, Any]:
    """Return the score of one set, every picture answered."""
    scores = evaluate(recognizer, split)
    return {"n": scores.n, "errors": scores.errors, "accuracy": scores.accuracy}


def unseen(recipe: str, donor: str, drawings: dict[str, list[bytes]], out: Path) -> dict[str, Any]:
    """Return the scores of the net that never saw `donor`."""
    others = [line for name, lines in drawings.items() if name != donor for line in lines]
    extra = [written(out / f"without-{donor}.jsonl", others), "hands"]
    recognizer = trained(recipe, extra, out / f"without-{donor}")
    theirs = written(out / f"{donor}.jsonl", drawings[donor])
    found = {
        "donor": donor,
        "drawings": scored(recognizer, data.load(theirs, "all")),
        "usps": scored(recognizer, data.load("usps", "all")),
        "mnist": scored(recognizer, data.load("mnist", "test")),
    }
    shown = ", ".join(
        f"{key} {found[key]['accuracy']:.2%}" for key in ("drawings", "usps", "mnist")
    )
    print(f"without {donor}: {shown}", flush=True)
    return found


def main() -> None:
    """Train what is missing, score, append the record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--recipe", default="all-hands", help="a shipped recipe")
    parser.add_argument("--out", type=Path, required=True, help="where the runs are, or go")
    options = parser.parse_args()
    drawings = donors()
    found = [unseen(options.recipe, donor, drawings, options.out) for donor in drawings]
    means = {
        key: statistics.mean(each[key]["accuracy"] for each in found)
        for key in ("drawings", "usps", "mnist")
    }
    record = {
        "benchmark": "hands",
        "date": datetime.now(UTC).date().isoformat(),
        "recipe": options.recipe,
        "settings": to_toml(load_recipe(options.recipe)),
        "n": len(found),
        "means": means,
        "donors": found,
        "machine": machine.describe(),
        "versions": machine.versions(),
    }
    append_line(RECORD, json.dumps(record))
    print(f"mean over {len(found)} donors: " + ", ".join(f"{k} {v:.3%}" for k, v in means.items()))


if __name__ == "__main__":
    main()
