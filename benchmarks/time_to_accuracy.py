"""Time to the first 99.0 % on MNIST's test set: ours and two peers, in one run on one machine.

    python benchmarks/time_to_accuracy.py                    the whole comparison, about 20 minutes
    python benchmarks/time_to_accuracy.py --only sprint      one competitor

Every (competitor, seed) is a process of its own, so that each pays its own warm-up. The clock
starts with the raw uint8 pictures in memory, includes building the net and every warm-up, and
stops at the last update; evaluation is on nobody's clock. A peer is scored every quarter epoch and
stops at its first 99.0 %; ours run their whole schedule, since the last step is the best, and are
scored once, against what each recipe expects of itself. One JSON line is appended to
benchmarks/records/time_to_accuracy.jsonl.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import torch

import peers
from pilgi import data, machine
from pilgi.files import append_line
from pilgi.learn.recipe import load_recipe, to_toml
from pilgi.learn.train.backend import resolve
from pilgi.learn.train.batches import Resident
from pilgi.learn.train.datasets import load_parts
from pilgi.learn.train.events import Silence
from pilgi.learn.train.loop import fit
from pilgi.learn.train.scoring import score
from pilgi.learn.train.session import Session

TARGET = 0.99
PEERS = {"pytorch": peers.PYTORCH_EXAMPLE, "keras": peers.KERAS_EXAMPLE}
RECORD = Path(__file__).parent / "records" / "time_to_accuracy.jsonl"


def ours(name: str, seed: int) -> dict[str, Any]:
    """Train the recipe `name` through the product's own loop; return seconds and accuracy."""
    recipe = resolve(load_recipe(name, [f"seed={seed}"]))
    parts = load_parts(recipe)
    started = time.perf_counter()
    session = Session.open(recipe, parts)
    fit(session.state, session.batches, recipe, Silence(), lambda: None)
    seconds = time.perf_counter() - started
    with session.state.wearing_kept_weights():
        accuracy = score(session.state.network, Resident(parts.test, torch.device("cpu")))[1]
    return {
        "seconds": seconds,
        "accuracy": accuracy,
        "reached": accuracy >= (recipe.expect or TARGET),
    }


def peer(name: str, seed: int) -> dict[str, Any]:
    """Train a peer until it first reaches the target; return seconds and accuracy then."""
    train, test = data.load("mnist", "train"), data.load("mnist", "test")
    pictures, labels = torch.from_numpy(train.images), torch.from_numpy(train.labels)
    unseen, truth = torch.from_numpy(test.images), torch.from_numpy(test.labels)
    accuracy, seconds = 0.0, 0.0
    for seconds, network in peers.train(PEERS[name], pictures, labels, seed):  # noqa: B007
        accuracy = peers.accuracy(PEERS[name], network, unseen, truth)
        if accuracy >= TARGET:
            break
    return {"seconds": seconds, "accuracy": accuracy, "reached": accuracy >= TARGET}


def in_a_process(name: str, seed: int) -> dict[str, Any]:
    """Run one (competitor, seed) in a fresh process."""
    command = [sys.executable, __file__, "--only", name, "--seed", str(seed)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    print(f"{name} seed {seed}: {result['accuracy']:.2%} in {result['seconds']:.2f} s", flush=True)
    return result


def summary(results: list[dict[str, Any]]) -> dict[str, Any]:
    """Return mean and spread of the seconds and accuracies of one competitor's seeds."""
    seconds = [result["seconds"] for result in results]
    accuracies = [result["accuracy"] for result in results]
    return {
        "n": len(results),
        "reached": sum(result["reached"] for result in results),
        "seconds_mean": statistics.mean(seconds),
        "seconds_sd": statistics.stdev(seconds) if len(results) > 1 else None,
        "accuracy_mean": statistics.mean(accuracies),
        "accuracy_min": min(accuracies),
        "results": results,
    }


def compare(recipes: list[str], seeds: int, ours_seeds: int) -> dict[str, Any]:
    """Return the whole comparison; seeds are interleaved so that a slow spell hits everyone."""
    limits = {**dict.fromkeys(recipes, ours_seeds), **dict.fromkeys(PEERS, seeds)}
    results: dict[str, list[dict[str, Any]]] = {name: [] for name in limits}
    for seed in range(max(limits.values())):
        for name, limit in limits.items():
            if seed < limit:
                results[name].append(in_a_process(name, seed))
    summaries = {name: summary(found) for name, found in results.items()}
    return {
        "benchmark": "time_to_accuracy",
        "date": datetime.now(UTC).date().isoformat(),
        "peers_target": TARGET,
        "recipes": {name: to_toml(resolve(load_recipe(name))) for name in recipes},
        "competitors": summaries,
        "ratios": {name: ratios(summaries, name) for name in recipes},
        "machine": machine.describe(),
        "versions": machine.versions(),
    }


def ratios(summaries: dict[str, dict[str, Any]], recipe: str) -> dict[str, float]:
    """Return how many times as long as `recipe` each peer takes."""
    seconds = {name: found["seconds_mean"] for name, found in summaries.items()}
    return {name: seconds[name] / seconds[recipe] for name in PEERS}


def main() -> None:
    """Run the comparison, or one (competitor, seed) of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--recipes", nargs="+", default=["sprint", "dash"], help="which of ours")
    parser.add_argument("--seeds", type=int, default=3, help="seeds of each peer")
    parser.add_argument("--ours-seeds", type=int, default=10, help="seeds of each of ours")
    parser.add_argument("--only", help="one competitor, answered as JSON")
    parser.add_argument("--seed", type=int, default=0, help="with --only: its seed")
    options = parser.parse_args()
    if options.only:
        import_module("torch._dynamo")  # by torch at the first optimizer; imports are not counted
        run = peer if options.only in PEERS else ours
        print(json.dumps(run(options.only, options.seed)))
        return
    record = compare(options.recipes, options.seeds, options.ours_seeds)
    RECORD.parent.mkdir(exist_ok=True)
    append_line(RECORD, json.dumps(record))
    for name, found in record["competitors"].items():
        print(
            f"{name:<18} {found['seconds_mean']:8.2f} s  mean {found['accuracy_mean']:.3%}  "
            f"lowest {found['accuracy_min']:.2%}  reached {found['reached']} of {found['n']}"
        )
    for recipe, found in record["ratios"].items():
        for name, ratio in found.items():
            print(f"{PEERS[name].name} takes {ratio:.1f} times as long as {recipe}")


if __name__ == "__main__":
    main()
