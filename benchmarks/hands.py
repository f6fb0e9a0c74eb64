"""Hands never seen: each UNIPEN donor, and all of USPS, read by a net that learnt from neither.

    python benchmarks/hands.py --out DIR
    python benchmarks/hands.py --model digit     what is shipped, on rows held out of its training

For each of the four donors an `all-hands` net learns from MNIST, the other three donors' digits and
letters, sheets and their signs, and what is drawn by rule; USPS is left out of all four. Scored
once: the donor's digits, no label removed, all of USPS, sheets of other ids, MNIST's test digits
among composed clutter and as they are, each with what the net declined by its own threshold; and
what it should decline: the donor's plain letters, signs of other ids, scribbles of other families,
two of MNIST's test digits side by side, and a blank. Finished runs in DIR are taken as they are.
One JSON line is appended to benchmarks/records/hands.jsonl.
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

import numpy as np

from accuracy import check
from pilgi import data, ink, machine
from pilgi.data import Split, lookalikes
from pilgi.evaluate import evaluate
from pilgi.files import append_line, write_bytes
from pilgi.learn.recipe import load_recipe, to_toml
from pilgi.recognizer import Recognizer

RECORD = Path(__file__).parent / "records" / "hands.jsonl"
DIGITS: Final = ("drawings", "usps", "sheets", "clutter", "mnist")
NOTHING: Final = ("letters", "signs", "scribbles", "pairs", "blank")


def donors(name: str) -> dict[str, list[bytes]]:
    """Return each donor's drawings, a JSON line each."""
    lines = gzip.decompress(Path(data.get(name)[0].path).read_bytes()).splitlines()
    found: dict[str, list[bytes]] = {}
    for line in lines:
        found.setdefault(json.loads(line)["donor"], []).append(line)
    return dict(sorted(found.items()))


def written(path: Path, lines: list[bytes]) -> str:
    """Write drawings to a file of strokes and return its path."""
    write_bytes(path, b"\n".join(lines))
    return path.resolve().as_posix()


def trained(recipe: str, settings: list[str], run: Path) -> Recognizer:
    """Return what a fresh process trained, or what is in `run` already."""
    if not (run / "summary.json").is_file():
        command = [sys.executable, "-m", "pilgi", "train", recipe, *settings, "--out", str(run)]
        subprocess.run([*command, "--json"], stdout=subprocess.PIPE, check=True)
    check(run, recipe, settings)
    return Recognizer.load(run)


def read(recognizer: Recognizer, split: Split) -> dict[str, Any]:
    """Return the score of one set of digits, forced and answered."""
    scores = evaluate(recognizer, split)
    known = {"n": scores.n, "errors": scores.errors, "accuracy": scores.accuracy}
    known |= {"nll": scores.nll, "ece": scores.ece}
    return known | {"declined": scores.declined, "answered": scores.answered}


def refused(recognizer: Recognizer, images: np.ndarray) -> dict[str, Any]:
    """Return how many pictures of no digit are declined."""
    least = recognizer.metadata.min_confidence or 0.0
    declined = int((recognizer.answers(images).confidence < least).sum())
    return {"n": len(images), "declined": declined, "share": declined / len(images)}


def pairs(count: int = 1000) -> np.ndarray:
    """Return MNIST's test digits two by two, side by side, as the ink spec makes them."""
    images = data.load("mnist", "test").images[:, :, 4:24]
    both = np.concatenate([images[:count], images[count : 2 * count]], axis=2)
    return np.stack([ink.normalize(picture) for picture in both])


def unseen(recipe: str, epochs: int, donor: str, out: Path) -> dict[str, Any]:
    """Return the scores of the net that never saw `donor`."""
    files = {}
    for name in ("unipen", "unipen-letters"):
        drawings = donors(name)
        others = [line for each, lines in drawings.items() if each != donor for line in lines]
        files[name] = written(out / f"{name}-without-{donor}.jsonl", others)
        files[donor, name] = written(out / f"{name}-{donor}.jsonl", drawings[donor])
    settings = [
        f"epochs={epochs}",
        f"extra={json.dumps([files['unipen'], 'hands', 'sheets'])}",
        f"others={json.dumps([files['unipen-letters'], 'letters', 'scribbles', 'sheets-signs'])}",
    ]
    recognizer = trained(recipe, settings, out / f"without-{donor}")
    digits = {
        "drawings": data.load(files[donor, "unipen"], "all"),
        "usps": data.load("usps", "all"),
    }
    letters = data.load(files[donor, "unipen-letters"], "all")
    return {"donor": donor, **scored(recognizer, digits, letters)}


def held_out(recognizer: Recognizer) -> dict[str, Any]:
    """Return the scores of a recognizer on the rows that the recipe holds out, writers seen."""
    digits = {"drawings": data.load("unipen", "test"), "usps": data.load("usps", "test")}
    return scored(recognizer, digits, data.load("unipen-letters", "test"))


def scored(recognizer: Recognizer, digits: dict[str, Split], letters: Split) -> dict[str, Any]:
    """Return what is right of digits, MNIST's test set among them, and declined of no digits."""
    nothing = {
        "letters": lookalikes.without_lookalikes(letters).images,
        "signs": lookalikes.without_lookalikes(data.load("sheets-signs", "test")).images,
        "scribbles": data.load("scribbles", "test").images,
        "pairs": pairs(),
        "blank": np.zeros((1, 28, 28), np.uint8),
    }
    more = {name: data.load(name, "test") for name in ("sheets", "clutter", "mnist")}
    known = {**digits, **more}
    return {
        **{name: read(recognizer, split) for name, split in known.items()},
        **{name: refused(recognizer, images) for name, images in nothing.items()},
    }


def show(found: dict[str, Any]) -> None:
    """Print one net's figures."""
    digits = ", ".join(
        f"{name} {found[name]['accuracy']:.2%} ({found[name]['declined'] / found[name]['n']:.2%} "
        "declined)"
        for name in DIGITS
    )
    nothing = ", ".join(f"{name} {found[name]['share']:.1%}" for name in NOTHING)
    name = f"without {found['donor']}" if "donor" in found else found["model"]
    print(f"{name}: {digits}; of no digit, declined: {nothing}", flush=True)


def record(known: dict[str, Any]) -> None:
    """Append a line with the date, the machine and the versions."""
    date = datetime.now(UTC).date().isoformat()
    here = {"date": date, "machine": machine.describe(), "versions": machine.versions()}
    append_line(RECORD, json.dumps(known | here))


def leave_one_out(recipe: str, epochs: int, out: Path) -> None:
    """Train what is missing, score, append the record."""
    found = []
    for donor in donors("unipen"):
        found.append(unseen(recipe, epochs, donor, out))
        show(found[-1])
    means = {
        name: statistics.mean(each[name][figure] for each in found)
        for names, figure in ((DIGITS, "accuracy"), (NOTHING, "share"))
        for name in names
    }
    known = {"benchmark": "hands", "recipe": recipe, "n": len(found), "means": means}
    settings = to_toml(load_recipe(recipe, [f"epochs={epochs}"]))
    record({**known, "settings": settings, "donors": found})
    print(f"mean over {len(found)} donors: " + ", ".join(f"{k} {v:.3%}" for k, v in means.items()))


def main() -> None:
    """Score what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--recipe", default="all-hands", help="a shipped recipe")
    parser.add_argument("--epochs", type=int, help="instead of the recipe's, to be quicker")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path, help="where the runs are, or go")
    what.add_argument("--model", help="score this recognizer instead of training any")
    options = parser.parse_args()
    if options.model:
        recognizer = Recognizer.load(options.model)
        found = {"model": options.model, **held_out(recognizer)}
        show(found)
        sha256 = recognizer.metadata.sha256
        record({"benchmark": "held out", "recognizer_sha256": sha256, **found})
        return
    leave_one_out(options.recipe, options.epochs or load_recipe(options.recipe).epochs, options.out)


if __name__ == "__main__":
    main()
