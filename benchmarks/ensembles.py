"""Test accuracy of ensembles of recipes: disjoint ones, their members fixed in advance.

    python benchmarks/ensembles.py best --members 5 --ensembles 3 --out DIR
    python benchmarks/ensembles.py best best best-upright --members 1 --out DIR

An ensemble has --members nets of each recipe named, of one named twice twice as many, and averages
their probabilities; seeds are taken in order, none twice. The runs lie in DIR/RECIPE as
benchmarks/accuracy.py leaves them, those of a single recipe in DIR itself; those that are not
there are trained. One JSON line is appended to benchmarks/records/ensembles.jsonl.
"""

import argparse
import itertools
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


def ensembles_of(recipes: list[str], count: int, folder: Path) -> list[list[Path]]:
    """Return the runs of each ensemble, each with its recipe's next seeds; trains the missing."""
    seeds = {recipe: itertools.count() for recipe in recipes}
    return [
        [_run(recipe, next(seeds[recipe]), folder, recipes) for recipe in recipes]
        for _ in range(count)
    ]


def _run(recipe: str, seed: int, folder: Path, recipes: list[str]) -> Path:
    home = folder / recipe if len(set(recipes)) > 1 else folder
    trained(recipe, seed, home / f"seed-{seed}")
    return home / f"seed-{seed}"


def record(recipes: list[str], ensembles: int, folder: Path) -> dict[str, Any]:
    """Return the accuracies of the ensembles and of their members."""
    runs = ensembles_of(recipes, ensembles, folder)
    alone = [_alone(run) for members in runs for run in members]
    found = [together(members) for members in runs]
    accuracies = [each["accuracy"] for each in found]
    return {
        "benchmark": "ensembles",
        "date": datetime.now(UTC).date().isoformat(),
        "recipe": " ".join(dict.fromkeys(recipes)),
        "settings": [to_toml(resolve(load_recipe(each))) for each in dict.fromkeys(recipes)],
        "members": [recipes.count(each) for each in dict.fromkeys(recipes)],
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


def _alone(run: Path) -> float:
    return float(json.loads((run / "summary.json").read_text())["test"]["accuracy"])


def main() -> None:
    """Train what is missing, score the ensembles, append the record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recipes", nargs="+", help="shipped recipes")
    parser.add_argument("--members", type=int, default=5, help="of each recipe in an ensemble")
    parser.add_argument("--ensembles", type=int, default=3, help="how many (2 or more)")
    parser.add_argument("--out", type=Path, required=True, help="where the runs are, or go")
    options = parser.parse_args()
    if options.ensembles < 2:
        parser.error("--ensembles: a spread needs 2 or more")
    found = record(options.recipes * options.members, options.ensembles, options.out)
    append_line(RECORD, json.dumps(found))
    print(
        f"{found['recipe']}, {found['members']} members: {found['accuracy_mean']:.3%} +- "
        f"{found['accuracy_sd']:.3%}, n={found['n']}; alone {found['members_mean']:.3%}; with "
        f"{len(DOUBTFUL)} doubtful labels set aside {found['settled_mean']:.3%}"
    )


if __name__ == "__main__":
    main()
