"""Numbers on paper as a phone photographs them: plain, ruled, squared, in a frame, on a page.

    python benchmarks/numbers_on_paper.py       200 numbers a scene, 3 minutes

Three to eight of MNIST's test digits side by side, 40 to 110 pixels high, are drawn as those of
`paper.py`, with noise and JPEG; of a page they fill a small part, and it lies askew by up to 3
degrees. Right is a picture of which nothing but the number is answered. One JSON line is appended
to benchmarks/records/numbers_on_paper.jsonl.
"""

import argparse
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from paper import Floats, Sheet, enlarged, lined, photographed, written
from pilgi import data, machine
from pilgi.data import Split
from pilgi.files import append_line
from pilgi.read import Reader, open_reader

RECORD: Final = Path(__file__).parent / "records" / "numbers_on_paper.jsonl"


def number(test: Split, at: int) -> tuple[str, Sheet, int]:
    """Return a number's text, its paper, and how high its digits are."""
    rng = np.random.default_rng((10, at))
    side, chosen = int(rng.integers(40, 110)), rng.integers(0, len(test), rng.integers(3, 9))
    parts = []
    for one in chosen:
        digit = enlarged(test.images[one], side)
        gap = np.zeros((side, int(rng.integers(side // 16, side // 5))))
        parts += [digit[:, (digit > 0).any(axis=0)], gap]
    share = np.pad(np.hstack(parts[:-1]), int(side * rng.uniform(0.15, 0.6)))
    text = "".join(str(test.labels[one]) for one in chosen)
    return text, written(share, test.images, rng), side


def ruled(sheet: Sheet, side: int, both: bool = False) -> Floats:
    """Lines printed on the paper, or squares."""
    apart = side * sheet.rng.uniform(0.35, 0.8) * (1 if both else 1.6)
    return lined(sheet, apart, max(1, side // 60), both)


def framed(sheet: Sheet, side: int) -> Floats:
    """A box printed around the number, which may reach it."""
    ground = np.broadcast_to(sheet.paper, (*sheet.share.shape, 3)).copy()
    rows, columns = (np.flatnonzero(sheet.share.any(axis)) for axis in (1, 0))
    gap, (height, width) = int(side * sheet.rng.uniform(0.05, 0.2)), sheet.share.shape
    corner = max(1, int(columns[0]) - gap), max(1, int(rows[0]) - gap)
    opposite = min(width - 2, int(columns[-1]) + gap), min(height - 2, int(rows[-1]) + gap)
    colour = (sheet.paper * sheet.rng.uniform(0.2, 0.6)).tolist()
    cv2.rectangle(ground, corner, opposite, colour, max(1, side // 40))
    return sheet.drawn(ground)


def plain(sheet: Sheet, _: int) -> Floats:
    """Even paper."""
    return sheet.drawn()


def squared(sheet: Sheet, side: int) -> Floats:
    """Squared paper."""
    return ruled(sheet, side, both=True)


Scene = Callable[[Sheet, int], Floats]


def page(scene: Scene) -> Scene:
    """Return the scene on a sheet that is larger by one to three heights a side, and askew."""

    def drawn(sheet: Sheet, side: int) -> Floats:
        around = (sheet.rng.uniform(1, 3, (2, 2)) * len(sheet.share)).astype(int)
        large = scene(sheet._replace(share=np.pad(sheet.share, around)), side)
        height, width = large.shape[:2]
        middle, degrees = (width / 2, height / 2), sheet.rng.uniform(-3, 3)
        matrix = cv2.getRotationMatrix2D(middle, degrees, 1.08)
        turned: Floats = cv2.warpAffine(
            large, matrix, (width, height), borderMode=cv2.BORDER_REFLECT
        )
        return turned

    return drawn


SCENES: Final[dict[str, Scene]] = {
    "plain": plain,
    "ruled": ruled,
    "squared": squared,
    "framed": framed,
    "plain page": page(plain),
    "ruled page": page(ruled),
    "squared page": page(squared),
}


def measure(reader: Reader, n: int) -> dict[str, dict[str, int]]:
    """Return of each scene how many numbers are right, wrongly answered, and left open."""
    test = data.load("mnist", "test")
    return {name: _scored(reader, scene, test, n) for name, scene in SCENES.items()}


def _scored(reader: Reader, scene: Scene, test: Split, n: int) -> dict[str, int]:
    counts = {"n": n, "right": 0, "wrong": 0, "not_sure": 0}
    for at in range(n):
        text, sheet, side = number(test, at)
        picture = photographed(scene(sheet, side), sheet.rng)
        found = [reading.text for reading in reader.read(picture)]
        answered = any(said is not None for said in found)
        outcome = "right" if found == [text] else "wrong" if answered else "not_sure"
        counts[outcome] += 1
    return counts


def main() -> None:
    """Score the shipped recognizers and append the record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", type=int, default=200, help="numbers a scene")
    options = parser.parse_args()
    reader = open_reader()
    found: dict[str, Any] = {
        "benchmark": "numbers_on_paper",
        "date": datetime.now(UTC).date().isoformat(),
        "digit": reader.digit.metadata.sha256,
        "scenes": measure(reader, options.n),
        "machine": machine.describe(),
        "versions": machine.versions(),
    }
    append_line(RECORD, json.dumps(found))
    for name, counts in found["scenes"].items():
        print(f"{name:14}", *(f"{count} {what}" for what, count in counts.items()))


if __name__ == "__main__":
    main()
