"""Test accuracy and training time of a shipped recipe, mean and spread over seeds.

    python benchmarks/accuracy.py quick --seeds 5
    python benchmarks/accuracy.py best --seeds 5 --out DIR   keeps runs, reuses finished ones

Every seed is a whole `pilgi train` in a process of its own, its test set scored once at its end.
Beside it stands the accuracy with MNIST's doubtful test labels set aside. One JSON line is appended
to benchmarks/records/accuracy.jsonl.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from pilgi import data, machine
from pilgi.files import append_line
from pilgi.learn.recipe import load_recipe, to_toml
from pilgi.learn.train.backend import resolve
from pilgi.recognizer import Recognizer

RECORD = Path(__file__).parent / "records" / "accuracy.jsonl"

WRONG: Final = (947, 1621, 1901, 2462, 2597, 3558, 5937, 6651, 6783, 9729)
NO_DIGITS: Final = (2654, 3520, 9679)
UNDECIDED: Final = (2130, 8527)
DOUBTFUL: Final = (*WRONG, *NO_DIGITS, *UNDECIDED)
"""Rows of MNIST's test set whose published labels are doubtful."""


def trained(recipe: str, seed: int, run: Path) -> dict[str, Any]:
    """Return the summary of one seed's run in `run`, trained in a fresh process if need be."""
    if not (run / "summary.json").is_file():
        command = [sys.executable, "-m", "pilgi", "train", recipe, "--seed", str(seed)]
        subprocess.run([*command, "--out", str(run), "--json"], stdout=subprocess.PIPE, check=True)
    check(run, recipe, [f"seed={seed}"])
    summary: dict[str, Any] = json.loads((run / "summary.json").read_text())
    known = summary["data"] == "mnist" and (run / "recognizer.onnx").is_file()
    summary["settled"] = without_doubtful(run) if known else None
    seconds = f"{summary['train_seconds']:.1f} s"
    print(f"seed {seed}: {summary['test']['accuracy']:.2%} in {seconds}", flush=True)
    return summary


def check(run: Path, recipe: str, settings: list[str]) -> None:
    """Refuse a finished run of another recipe or settings: it would make a false record."""
    found, wanted = load_recipe(run / "recipe.toml"), load_recipe(recipe, settings)
    # What the machine decides and what is only said of a recipe do not change its run.
    aside: dict[str, Any] = {"threads": 0, "device": "auto", "precision": "auto", "expect": None}
    aside["summary"] = wanted.summary
    if replace(found, **aside) != replace(wanted, **aside):
        raise SystemExit(
            f"{run}: a run of another recipe than {recipe} {' '.join(settings)}; name a new --out"
        )


def without_doubtful(run: Path) -> float:
    """Return the accuracy on MNIST's test set with the doubtful labels set aside."""
    test = data.load("mnist", "test")
    right = Recognizer.load(run).predict(test.images) == test.labels
    return float(np.delete(right, DOUBTFUL).mean())


def training_cost(recipe: str, summary: dict[str, Any]) -> int:
    """Return the multiplications of a whole training: once forward, twice backward."""
    pictures: int = summary["steps"] * load_recipe(recipe).batch_size
    return 3 * int(summary["multiply_accumulates"]) * pictures


def record(recipe: str, seeds: int, folder: Path) -> dict[str, Any]:
    """Return mean, spread and extremes over seeds 0 .. seeds - 1."""
    runs = [folder / f"seed-{seed}" for seed in range(seeds)]
    summaries = [trained(recipe, seed, run) for seed, run in enumerate(runs)]
    accuracies = [summary["test"]["accuracy"] for summary in summaries]
    seconds = [summary["train_seconds"] for summary in summaries]
    settled = [summary["settled"] for summary in summaries]
    return {
        "benchmark": "accuracy",
        "date": datetime.now(UTC).date().isoformat(),
        "recipe": recipe,
        "settings": to_toml(resolve(load_recipe(recipe))),
        "n": seeds,
        "accuracy_mean": statistics.mean(accuracies),
        "accuracy_sd": statistics.stdev(accuracies),
        "accuracy_min": min(accuracies),
        "settled_mean": statistics.mean(settled) if None not in settled else None,
        "seconds_median": statistics.median(seconds),
        "seconds_max": max(seconds),
        "accuracies": accuracies,
        "settled": settled,
        "seconds": seconds,
        "parameters": summaries[0]["parameters"],
        "stored": summaries[0].get("stored"),
        "multiply_accumulates": summaries[0]["multiply_accumulates"],
        "training_multiply_accumulates": training_cost(recipe, summaries[0]),
        "machine": machine.describe(),
        "versions": machine.versions(),
    }


def show(found: dict[str, Any]) -> None:
    """Print the record's figures."""
    print(
        f"{found['recipe']}: {found['accuracy_mean']:.3%} +- {found['accuracy_sd']:.3%}, lowest "
        f"{found['accuracy_min']:.2%}, n={found['n']}; {found['seconds_median']:.1f} s (median), "
        f"{found['seconds_max']:.1f} s (longest)"
    )
    if found["settled_mean"] is not None:
        print(f"with {len(DOUBTFUL)} doubtful labels set aside: {found['settled_mean']:.3%}")


def main() -> None:
    """Train the seeds, print the figures, append the record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recipe", help="a shipped recipe")
    parser.add_argument("--seeds", type=int, default=5, help="how many (2 or more)")
    parser.add_argument("--out", type=Path, help="keep the runs here, and go on from those there")
    options = parser.parse_args()
    if options.seeds < 2:
        parser.error("--seeds: a spread needs 2 or more")
    with tempfile.TemporaryDirectory() as scratch:
        found = record(options.recipe, options.seeds, options.out or Path(scratch))
    append_line(RECORD, json.dumps(found))
    show(found)


if __name__ == "__main__":
    main()
