"""What the abstraction costs: an epoch of ours against the same net in bare PyTorch.

    python benchmarks/overhead.py                      two nets, about three minutes

The bare loop is what one would write by hand: the same layers, batches, loss, optimizer and
schedule, and nothing else. The two take turns; the ratio of medians is printed and one JSON line is
appended to benchmarks/records/overhead.jsonl.
"""

import argparse
import json
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path

import torch
from torch.nn import functional

from pilgi import machine
from pilgi.data import load
from pilgi.files import append_line
from pilgi.learn.recipe import Recipe, load_recipe
from pilgi.learn.train.backend import resolve
from pilgi.learn.train.datasets import Parts, load_parts
from pilgi.learn.train.events import Silence
from pilgi.learn.train.loop import fit
from pilgi.learn.train.session import Session

RECORD = Path(__file__).parent / "records" / "overhead.jsonl"
NETS = {
    "mlp": ["epochs=1", "schedule=one_cycle"],
    "sprint": ["epochs=1"],
}


def ours(recipe: Recipe, parts: Parts) -> float:
    """Return the seconds of one epoch through the product's loop."""
    session = Session.open(recipe, parts)
    started = time.perf_counter()
    fit(session.state, session.batches, recipe, Silence(), lambda: None)
    return time.perf_counter() - started


def bare(recipe: Recipe, parts: Parts) -> float:
    """Return the seconds of one epoch of a plain loop over the same net and batches."""
    session = Session.open(recipe, parts)
    network, optimizer = session.state.network, session.state.optimizer
    images, labels = session.batches.data.images, session.batches.data.labels
    batch, steps = recipe.batch_size, session.batches.steps
    rate, options = recipe.optimizer.options.learning_rate, recipe.loss.options
    peak = recipe.schedule.options.warmup * steps
    network.train()
    started = time.perf_counter()
    order = torch.randperm(len(images))
    for step in range(steps):
        chosen = order[step * batch : (step + 1) * batch]
        pictures = images[chosen].float().div_(255).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16, recipe.precision == "bf16"):
            logits = network(pictures)
        loss = functional.cross_entropy(
            logits.float(), labels[chosen], label_smoothing=options.label_smoothing
        )
        optimizer.zero_grad()
        loss.backward()
        rising, falling = step / peak, (steps - step) / (steps - peak)
        for group in optimizer.param_groups:
            group["lr"] = rate * min(rising, falling)
        optimizer.step()
    return time.perf_counter() - started


def pair(recipe: Recipe, parts: Parts, *, ours_first: bool) -> tuple[float, float]:
    """Return the seconds of ours and of the bare loop; who goes first alternates."""
    if ours_first:
        return ours(recipe, parts), bare(recipe, parts)
    later = bare(recipe, parts)
    return ours(recipe, parts), later


def measure(name: str, rounds: int) -> dict[str, float]:
    """Return medians of both and the median of the ratios, the two taking turns."""
    recipe = resolve(load_recipe(name, NETS[name]))
    parts = load_parts(recipe)
    ours(recipe, parts)
    pairs = [pair(recipe, parts, ours_first=number % 2 == 0) for number in range(rounds)]
    found = {
        "n": rounds,
        "ours_seconds": statistics.median(first for first, _ in pairs),
        "bare_seconds": statistics.median(second for _, second in pairs),
        "ratio": statistics.median(first / second for first, second in pairs),
    }
    print(
        f"{name}: ours {found['ours_seconds']:.2f} s, bare {found['bare_seconds']:.2f} s, "
        f"{found['ratio']:.3f} times, n={rounds}"
    )
    return found


def loading(rounds: int) -> float:
    """Return the median seconds that MNIST's training set takes from its files to memory."""
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        load("mnist", "train")
        seconds.append(time.perf_counter() - started)
    print(f"MNIST's training set: loaded in {statistics.median(seconds):.2f} s, n={rounds}")
    return statistics.median(seconds)


def main() -> None:
    """Measure every net and the loading, and append the record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="pairs of epochs")
    options = parser.parse_args()
    record = {
        "benchmark": "overhead",
        "date": datetime.now(UTC).date().isoformat(),
        "loading_seconds": loading(options.rounds),
        "nets": {name: measure(name, options.rounds) for name in NETS},
        "machine": machine.describe(),
        "versions": machine.versions(),
    }
    append_line(RECORD, json.dumps(record))


if __name__ == "__main__":
    main()
