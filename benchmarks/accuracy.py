"""Test accuracy and training time of a shipped recipe, mean and spread over seeds.

    python benchmarks/accuracy.py quick --seeds 5

Every seed is a whole `pilgi train` in a process of its own, its test set scored once at its end.
One JSON line is appended to benchmarks/records/accuracy.jsonl.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pilgi import machine
from pilgi.files import append_line
from pilgi.learn.recipe import load_recipe, to_toml
from pilgi.learn.train.backend import resolve

RECORD = Path(__file__).parent / "records" / "accuracy.jsonl"


def trained(recipe: str, seed: int) -> dict[str, Any]:
    """Train one seed in a fresh process and return its summary."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pilgi", "train", recipe, "--seed", str(seed)]
        command += ["--out", str(Path(folder) / "run"), "--json"]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    summary: dict[str, Any] = json.loads(done.stdout)
    print(f"seed {seed}: {summary['test']['accuracy']:.2%} in {summary['train_seconds']:.1f} s")
    return summary


def record(recipe: str, seeds: int) -> dict[str, Any]:
    """Return mean, spread and extremes over seeds 0 .. seeds - 1."""
    summaries = [trained(recipe, seed) for seed in range(seeds)]
    accuracies = [summary["test"]["accuracy"] for summary in summaries]
    seconds = [summary["train_seconds"] for summary in summaries]
    return {
        "benchmark": "accuracy",
        "date": datetime.now(UTC).date().isoformat(),
        "recipe": recipe,
        "settings": to_toml(resolve(load_recipe(recipe))),
        "n": seeds,
        "accuracy_mean": statistics.mean(accuracies),
        "accuracy_sd": statistics.stdev(accuracies),
        "accuracy_min": min(accuracies),
        "seconds_median": statistics.median(seconds),
        "seconds_max": max(seconds),
        "accuracies": accuracies,
        "seconds": seconds,
        "parameters": summaries[0]["parameters"],
        "multiply_accumulates": summaries[0]["multiply_accumulates"],
        "machine": machine.describe(),
        "versions": machine.versions(),
    }


def main() -> None:
    """Train the seeds, print the figures, append the record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recipe", help="a shipped recipe")
    parser.add_argument("--seeds", type=int, default=5, help="how many (2 or more)")
    options = parser.parse_args()
    found = record(options.recipe, options.seeds)
    append_line(RECORD, json.dumps(found))
    print(
        f"{found['recipe']}: {found['accuracy_mean']:.3%} +- {found['accuracy_sd']:.3%}, lowest "
        f"{found['accuracy_min']:.2%}, n={found['n']}; {found['seconds_median']:.1f} s (median), "
        f"{found['seconds_max']:.1f} s (longest)"
    )


if __name__ == "__main__":
    main()
