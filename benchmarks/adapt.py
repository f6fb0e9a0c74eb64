"""What adapting gains: targets without labels, the mean of several seeds; a writer's few labels.

    python benchmarks/adapt.py --model quick --out DIR     from nets that know MNIST alone
    python benchmarks/adapt.py --model digit               from what is shipped
    python benchmarks/adapt.py --model quick --out DIR --writers

Each seed of `quick` is a net of its own, trained on MNIST in DIR where it is not there yet; of
`digit` the seed is the adaptation's. `pilgi adapt`'s own function is called with `--method auto`
and no label of the target, on the part to learn from; the other part is scored before and after.
With --writers ten digits a class of one writer are labelled and the rest of that writer is scored.
One JSON line a target is appended to benchmarks/records/adapt.jsonl.
"""

import argparse
import json
import statistics
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.stats import t

from accuracy import trained
from backgrounds import coloured
from pilgi import data, machine
from pilgi.data import Split
from pilgi.data.partly_labelled import UNKNOWN, PartlyLabelled
from pilgi.files import append_line
from pilgi.learn.adapt import adapt
from pilgi.recognizer import Recognizer

RECORD = Path(__file__).parent / "records" / "adapt.jsonl"
HALF: Final = 898
LABELS: Final = 10
ENOUGH: Final = 30
"""Digits of a class that a writer must have left, so that an error halved can be told."""

Pair = tuple[Split, Split]


def usps() -> Pair:
    """Return the part that is learnt from and the fifth that is not."""
    return data.load("usps", "train"), data.load("usps", "test")


def digits() -> Pair:
    """Return half of scikit-learn's digits and the other half."""
    whole = data.load("digits", "all")
    order = np.random.default_rng(0).permutation(len(whole))
    return whole.take(order[:HALF]), whole.take(order[HALF:])


def sheets() -> Pair:
    """Return sheets of other ids than those scored."""
    return data.load("sheets", "train"), data.load("sheets", "test")


def tablets() -> Pair:
    """Return the drawings of half of UNIPEN's writers, and those of the others."""
    whole = data.load("unipen", "all")
    assert whole.writers is not None
    half = np.random.default_rng(0).permutation(np.unique(whole.writers))[::2]
    learnt = np.isin(whole.writers, half)
    return whole.take(np.flatnonzero(learnt)), whole.take(np.flatnonzero(~learnt))


def colours() -> Pair:
    """Return 10,000 of MNIST's training digits over backgrounds, and 2,000 of its test digits."""
    train, test = data.load("mnist", "train"), data.load("mnist", "test")
    return (
        coloured(train.take(np.arange(0, 60_000, 6)), 1),
        coloured(test.take(np.arange(0, 10_000, 5)), 2),
    )


def registers() -> Pair:
    """Return crops of register pages composed of MNIST's training and of its test digits."""
    return data.load("clutter", "train"), data.load("clutter", "test")


TARGETS: Final[dict[str, Callable[[], Pair]]] = {
    "usps": usps,
    "digits": digits,
    "sheets": sheets,
    "tablets": tablets,
    "colours": colours,
    "registers": registers,
}


def right(recognizer: Recognizer, split: Split) -> float:
    """Return the accuracy, a fraction."""
    return float((recognizer.predict(split.images) == split.labels).mean())


def start(model: str, seed: int, out: Path) -> str:
    """Return what a seed begins from: its own net of a recipe, or what is shipped."""
    if model == "digit":
        return model
    trained(model, seed, out / f"{model}-{seed}")
    return str(out / f"{model}-{seed}")


def once(model: str, pair: Pair, labels: np.ndarray, seed: int, folder: Path) -> dict[str, Any]:
    """Adapt once and return what was right of the part scored, before and after."""
    learn, held = pair
    found = PartlyLabelled(learn.name, learn.images, labels, learn.classes)
    run = adapt(model, found, seed=seed, out=folder)
    summary = run.summary()
    told = summary["adapted"]
    return {
        "seed": seed,
        "before": right(Recognizer.load(model), held),
        "after": right(Recognizer.load(run.folder), held),
        "method": told["method"],
        "judged": told["judged"],
        "old": told["old"],
        "seconds": summary["train_seconds"],
    }


def interval(values: list[float]) -> list[float]:
    """Return the 95 % interval of the mean over seeds, Student's."""
    mean, n = statistics.mean(values), len(values)
    if n < 2:
        return [float("nan"), float("nan")]
    half = float(t.ppf(0.975, n - 1)) * statistics.stdev(values) / n**0.5
    return [mean - half, min(1.0, mean + half)]


def unlabelled(model: str, name: str, seeds: int, out: Path) -> dict[str, Any]:
    """Return a target's record over the seeds."""
    pair = TARGETS[name]()
    none = np.full(len(pair[0]), UNKNOWN)
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        for seed in range(seeds):
            begun = start(model, seed, out)
            found.append(once(begun, pair, none, seed, Path(scratch) / str(seed)))
            show(name, found[-1])
    after = [each["after"] for each in found]
    return {
        "benchmark": "adapt",
        "model": model,
        "target": name,
        "n": seeds,
        "pictures": len(pair[0]),
        "scored": len(pair[1]),
        "before": statistics.mean(each["before"] for each in found),
        "after": statistics.mean(after),
        "interval": interval(after) if seeds > 1 else None,
        "old_lost": max(each["old"]["before"] - each["old"]["after"] for each in found),
        "seeds": found,
    }


def writers() -> Iterator[tuple[str, Split]]:
    """Yield each writer with enough digits of every class: UNIPEN's, and blocks of sheets."""
    for name in ("unipen", "sheets"):
        whole = data.load(name, "all")
        assert whole.writers is not None
        for writer in np.unique(whole.writers):
            own = whole.take(np.flatnonzero(whole.writers == writer), f"{name} {writer}")
            if np.bincount(own.labels, minlength=10).min() >= ENOUGH:
                yield own.name, own


def few(split: Split, seed: int) -> Pair:
    """Return ten digits of each class, and the rest."""
    rng = np.random.default_rng(seed)
    chosen = np.concatenate(
        [rng.permutation(np.flatnonzero(split.labels == label))[:LABELS] for label in range(10)]
    )
    rest = np.setdiff1d(np.arange(len(split)), chosen)
    return split.take(chosen), split.take(rest)


def one_writer(model: str, out: Path) -> dict[str, Any]:
    """Return the record of every writer: errors before and after ten labels a class."""
    begun, found = start(model, 0, out), []
    with tempfile.TemporaryDirectory() as scratch:
        for name, split in writers():
            pair = few(split, 0)
            done = once(begun, pair, pair[0].labels, 0, Path(scratch) / name.replace(" ", "-"))
            errors = {
                f"errors_{when}": round((1 - done[when]) * len(pair[1]))
                for when in ("before", "after")
            }
            found.append({"writer": name, "scored": len(pair[1]), **errors, **done})
            show(name, done)
    wrong = {key: [1 - each[key] for each in found] for key in ("before", "after")}
    return {
        "benchmark": "adapt to a writer",
        "model": model,
        "labels": LABELS * 10,
        "n": len(found),
        "error_before": statistics.mean(wrong["before"]),
        "error_after": statistics.mean(wrong["after"]),
        "halved": sum(2 * each["errors_after"] <= each["errors_before"] for each in found),
        "writers": found,
    }


def show(name: str, found: dict[str, Any]) -> None:
    """Print one adaptation's figures."""
    old = found["old"]
    print(
        f"{name}, seed {found['seed']}: {found['before']:.2%} -> {found['after']:.2%} by "
        f"{found['method']}, old {old['before']:.2%} -> {old['after']:.2%} "
        f"(share {old['share']}), {found['seconds']:.0f} s",
        flush=True,
    )


def record(found: dict[str, Any]) -> None:
    """Append a line with the date, the machine and the versions."""
    date = datetime.now(UTC).date().isoformat()
    here = {"date": date, "machine": machine.describe(), "versions": machine.versions()}
    append_line(RECORD, json.dumps(found | here))


def main() -> None:
    """Adapt to what is asked for and append the records."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="quick", help="a recipe that learns MNIST, or digit")
    parser.add_argument("--targets", nargs="+", choices=TARGETS, default=list(TARGETS))
    parser.add_argument("--seeds", type=int, default=5, help="how many")
    parser.add_argument("--out", type=Path, default=Path("runs"), help="where the nets are, or go")
    parser.add_argument("--writers", action="store_true", help="a writer's few labels instead")
    options = parser.parse_args()
    if options.writers:
        record(one_writer(options.model, options.out))
        return
    for name in options.targets:
        record(unlabelled(options.model, name, options.seeds, options.out))


if __name__ == "__main__":
    main()
