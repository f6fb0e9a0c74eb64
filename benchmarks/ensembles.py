"""Test accuracy of ensembles of a recipe: disjoint ones, their members fixed in advance.

    python benchmarks/ensembles.py best --members 5 --ensembles 3 --out DIR

Ensemble number e has the seeds e k .. (e + 1) k - 1 and averages their probabilities. The runs lie
in DIR as benchmarks/accuracy.py leaves them; those that are not there are trained. One JSON line is
appended to benchmarks/records/ensembles.jsonl.
"""

import argparse
import json
import statistics
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from accuracy import DOUBTFUL, trained
from pilgi import data, machine
from pilgi.files import append_line
from pilgi.learn.recipe import load_recipe, to_toml
from pilgi.learn.train.backend import resolve
from pilgi.recognizer import Recognizer

RECORD = Path(__file__).parent / "records" / "ensembles.jsonl"


def together(runs: list[Path]) -> dict[str, float]:
    """Return the accuracy of the runs' averaged probabilities on MNIST's test set."""
    test = data.load("mnist", "test")
    answers = sum(Recognizer.load(run).probabilities(test.images) for run in runs)
    right = np.asarray(answers).argmax(1) == test.labels
    return {
        "accuracy": float(right.mean()),
        "settled": float(np.delete(right, DOUBTFUL).mean()),
    }


def record(recipe: str, members: int, ensembles: int, folder: Path) -> dict[str, Any]:
    """Return the accuracies of the ensembles and of their members."""
    runs = [folder / f"seed-{seed}" for seed in range(members * ensembles)]
    alone = [trained(recipe, seed, run)["test"]["accuracy"] for seed, run in enumerate(runs)]
    found = [together(runs[first : first + members]) for first in range(0, len(runs), members)]
    accuracies = [each["accuracy"] for each in found]
    return {
        "benchmark": "ensembles",
        "date": datetime.now(UTC).date().isoformat(),
        "recipe": recipe,
        "settings": to_toml(resolve(load_recipe(recipe))),
        "members": members,
        "n": ensembles,
        "accuracy_mean": statistics.mean(accuracies),
        "accuracy_sd": statistics.stdev(accuracies),
        "settled_mean": statistics.mean(each["settled"] for each in found),
        "members_mean": statistics.mean(alone),
        "ensembles": found,
        "alone": alone,
        "machine": machine.describe(),
        "versions": machine.versions(),
    }


def main() -> None:
    """Train what is missing, score the ensembles, append the record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recipe", help="a shipped recipe")
    parser.add_argument("--members", type=int, default=5, help="of each ensemble")
    parser.add_argument("--ensembles", type=int, default=3, help="how many (2 or more)")
    parser.add_argument("--out", type=Path, required=True, help="where the runs are, or go")
    options = parser.parse_args()
    if options.ensembles < 2:
        parser.error("--ensembles: a spread needs 2 or more")
    found = record(options.recipe, options.members, options.ensembles, options.out)
    append_line(RECORD, json.dumps(found))
    print(
        f"{found['recipe']}, {found['members']} members: {found['accuracy_mean']:.3%} +- "
        f"{found['accuracy_sd']:.3%}, n={found['n']}; alone {found['members_mean']:.3%}; with "
        f"{len(DOUBTFUL)} doubtful labels set aside {found['settled_mean']:.3%}"
    )


if __name__ == "__main__":
    main()
