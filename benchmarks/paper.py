"""Digits on paper as a phone photographs them: what is beside them, and in which light.

    python benchmarks/paper.py                  `digit`, 500 digits a scene, 2 minutes
    python benchmarks/paper.py --model RUN --n 100

Each of MNIST's test digits is made large, 60 to 160 pixels, and drawn in black, blue, red or pencil
on tinted paper, with noise and JPEG, in one scene after another: on ruled and squared paper, with a
table beside it, a ring around it, a shadow over it. Scored as it comes and as a grey picture. One
JSON line is appended to benchmarks/records/paper.jsonl.
"""

import argparse
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pilgi import data, ink, machine
from pilgi.evaluate.significance import wilson
from pilgi.files import append_line
from pilgi.ink.grey import luma
from pilgi.recognizer import Recognizer

RECORD: Final = Path(__file__).parent / "records" / "paper.jsonl"

Floats = NDArray[np.float64]
Picture = NDArray[np.uint8]


class Sheet(NamedTuple):
    """A digit to be drawn: its share of ink at each pixel, (side, side) in 0..1, the colours of
    paper and pen, other digits of the set, and draws of its own.
    """

    share: Floats
    paper: Floats
    pen: Floats
    others: Picture
    rng: np.random.Generator

    @property
    def side(self) -> int:
        """How high and wide it is, in pixels."""
        return len(self.share)

    def places(self) -> Floats:
        """Return how far each pixel lies along a direction drawn by chance, 0 to 1."""
        angle = self.rng.uniform(0, 2 * np.pi)
        rows, columns = np.mgrid[: self.side, : self.side]
        along = rows * np.sin(angle) + columns * np.cos(angle)
        share: Floats = (along - along.min()) / np.ptp(along)
        return share

    def drawn(self, ground: Floats | None = None) -> Floats:
        """Return the colours, (side, side, 3): the pen over the ground, or over even paper."""
        paper = np.broadcast_to(self.paper, (*self.share.shape, 3))
        share = self.share[..., None]
        return (paper if ground is None else ground) * (1 - share) + self.pen * share


def enlarged(digit: Picture, side: int) -> Floats:
    """Return ink (28, 28) as shares (side, side) with clear edges."""
    grown = cv2.resize(digit, (side, side), interpolation=cv2.INTER_CUBIC) / 255
    edged: Floats = 1 / (1 + np.exp(-12 * (grown - 0.45)))
    return np.where(edged < 0.01, 0, edged)


def sheet(digits: Picture, at: int, margin: float | None = None) -> Sheet:
    """Return one digit on its paper; margin: around it, a share of its side."""
    rng = np.random.default_rng((9, at))
    share = enlarged(digits[at], int(rng.integers(60, 160)))
    wide = round((rng.uniform(0, 0.3) if margin is None else margin) * len(share))
    return written(np.pad(share, wide), digits, rng)


def written(share: Floats, others: Picture, rng: np.random.Generator) -> Sheet:
    """Return what is written, in black, blue, red or pencil, on tinted paper."""
    paper = rng.uniform(180, 250) * np.array([1, rng.uniform(0.92, 1), rng.uniform(0.82, 1)])
    pens = [(40, 40, 45), (30, 50, 140), (180, 40, 50), paper - rng.uniform(60, 100)]
    return Sheet(share, paper, np.array(pens[rng.integers(len(pens))], np.float64), others, rng)


def photographed(colours: Floats, rng: np.random.Generator) -> Picture:
    """Return what a camera stores: some noise, JPEG."""
    grain = cv2.GaussianBlur(rng.normal(0, 1, colours.shape), (0, 0), 0.7)
    seen = (colours + rng.uniform(2, 6) * grain).clip(0, 255).astype(np.uint8)
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(50, 95))]
    stored = cv2.imdecode(cv2.imencode(".jpg", seen, quality)[1], cv2.IMREAD_COLOR)
    return np.asarray(stored, np.uint8)


def ruled(sheet: Sheet, both: bool = False) -> Floats:
    """Lines printed on the paper, or squares."""
    apart = sheet.side * sheet.rng.uniform(0.2, 0.4) * (1 if both else 1.75)
    return lined(sheet, apart, max(1, sheet.side // 80), both)


def lined(sheet: Sheet, apart: float, thick: int, both: bool) -> Floats:
    """Pale lines, so far apart and so thick, in pixels, across the paper or both ways."""
    ground = np.broadcast_to(sheet.paper, (*sheet.share.shape, 3)).copy()
    pale = sheet.rng.uniform(25, 65) * np.array([1, 0.7, 0.3])
    for axis in (0, 1)[: 1 + both]:
        end = sheet.share.shape[axis]
        for at in np.arange(sheet.rng.uniform(0, apart), end, apart).astype(int):
            ground.swapaxes(0, axis)[at : at + thick] = sheet.paper - pale
    return sheet.drawn(ground)


def table(sheet: Sheet) -> Floats:
    """A dark table beside the paper, at an edge or a corner."""
    colours = sheet.drawn()
    wood = np.array([90, 60, 40]) * sheet.rng.uniform(0.4, 1.5)
    colours[sheet.places() > sheet.rng.uniform(0.85, 0.97)] = wood
    return colours


def ring(sheet: Sheet) -> Floats:
    """A ring drawn around the digit."""
    middle, half = sheet.side // 2, int(sheet.side * 0.44)
    colour = ((200, 30, 40), (40, 40, 50))[sheet.rng.integers(2)]
    thick, axes = max(1, sheet.side // 66), (half, int(half * sheet.rng.uniform(0.9, 1)))
    colours, turn = sheet.drawn(), sheet.rng.uniform(0, 90)
    cv2.ellipse(colours, (middle, middle), axes, turn, 0, 360, colour, thick, cv2.LINE_AA)
    return colours


def shadow(sheet: Sheet) -> Floats:
    """Light that falls off, and a shadow's edge across it, bluer than the light."""
    along, deep = sheet.places(), sheet.rng.uniform(0.2, 0.55)
    steps = sheet.rng.uniform(10, 60) * (along - sheet.rng.uniform(0.2, 0.8))
    light = (1 - sheet.rng.uniform(0, 0.4) * sheet.places()) * (1 - deep / (1 + np.exp(-steps)))
    warm = np.array([1, 1, sheet.rng.uniform(0.8, 1)])
    seen: Floats = sheet.drawn() * (1 - (1 - light[..., None]) * warm)
    return seen


def board(sheet: Sheet) -> Floats:
    """Chalk on a board that was wiped."""
    dark = np.array(((40, 80, 60), (45, 45, 50), (30, 40, 90))[sheet.rng.integers(3)], np.float64)
    wiped = cv2.GaussianBlur(sheet.rng.normal(0, 1, sheet.share.shape), (0, 0), sheet.side / 8)
    chalk = sheet.share * (0.75 + 0.25 * sheet.rng.random(sheet.share.shape))
    white = np.array([235, 235, 230]) * sheet.rng.uniform(0.75, 1)
    seen: Floats = dark + (white - dark) * chalk[..., None] + 40 * wiped[..., None]
    return seen


def neighbours(sheet: Sheet) -> Floats:
    """Pieces of the digits before and after."""
    share = sheet.share.copy()
    for side in (-1, 1):
        other = enlarged(sheet.others[sheet.rng.integers(len(sheet.others))], sheet.side)
        far = int(sheet.side * sheet.rng.uniform(0.62, 0.85))
        moved = np.zeros_like(other)
        if side > 0:
            moved[:, far:] = other[:, : sheet.side - far]
        else:
            moved[:, : sheet.side - far] = other[:, far:]
        share = np.maximum(share, moved)
    return sheet._replace(share=share).drawn()


def dirt(sheet: Sheet) -> Floats:
    """Some dark dots."""
    colours = sheet.drawn()
    for _ in range(sheet.rng.integers(2, 7)):
        place = sheet.rng.integers(0, sheet.side, 2).tolist()
        size = 1 + int(sheet.side * sheet.rng.uniform(0.01, 0.04))
        cv2.circle(colours, place, size, [sheet.rng.uniform(60, 160)] * 3, -1)
    return colours


def tight(sheet: Sheet) -> Floats:
    """Cut out as closely as a box of the digit, a little more or less."""
    rows, columns = (np.flatnonzero((sheet.share > 0.5).any(axis)) for axis in (1, 0))
    more = int(sheet.rng.integers(-2, 3))
    return np.pad(sheet.drawn(), ((3, 3), (3, 3), (0, 0)), "edge")[
        rows[0] + 3 - more : rows[-1] + 4 + more, columns[0] + 3 - more : columns[-1] + 4 + more
    ]


def blurred(sheet: Sheet) -> Floats:
    """Out of focus."""
    far = sheet.side * sheet.rng.uniform(0.02, 0.05)
    seen: Floats = cv2.GaussianBlur(sheet.drawn(), (0, 0), far).astype(np.float64)
    return seen


def faint(sheet: Sheet) -> Floats:
    """A pencil hardly darker than the paper."""
    return sheet._replace(pen=sheet.paper - sheet.rng.uniform(25, 50)).drawn()


SCENES: Final[dict[str, tuple[Callable[[Sheet], Floats], float | None]]] = {
    "plain": (Sheet.drawn, None),
    "ruled": (ruled, 0.25),
    "squared": (lambda sheet: ruled(sheet, both=True), 0.25),
    "table": (table, 0.3),
    "ring": (ring, 0.35),
    "shadow": (shadow, None),
    "board": (board, None),
    "neighbours": (neighbours, 0.05),
    "dirt": (dirt, 0.2),
    "tight": (tight, 0.0),
    "blurred": (blurred, 0.15),
    "faint": (faint, None),
}
"""Each scene and the margin that it needs, where not any."""


def measure(recognizer: Recognizer, n: int) -> dict[str, Any]:
    """Return the errors of every scene, in colour and grey, and the mean over them."""
    test = data.load("mnist", "test")
    found = {name: _scored(recognizer, name, test.images[:n], test.labels[:n]) for name in SCENES}
    pictures = 2 * n * len(SCENES)
    errors = sum(scene[kind]["errors"] for scene in found.values() for kind in ("colour", "grey"))
    mean = {"error": errors / pictures, "interval": wilson(errors, pictures)}
    return {"n": n, "pictures": pictures, "mean": mean, "scenes": found}


def _scored(recognizer: Recognizer, name: str, digits: Picture, labels: Any) -> dict[str, Any]:
    scene, margin = SCENES[name]
    sheets = [sheet(digits, at, margin) for at in range(len(digits))]
    seen = [photographed(scene(each), each.rng) for each in sheets]
    kinds = {"colour": seen, "grey": [luma(picture) for picture in seen]}
    return {kind: _errors(recognizer, kinds[kind], labels) for kind in kinds}


def _errors(recognizer: Recognizer, pictures: list[Picture], labels: Any) -> dict[str, int]:
    answers = recognizer.answers(np.stack([ink.from_picture(picture) for picture in pictures]))
    wrong = answers.probabilities.argmax(axis=1) != labels
    unsure = answers.confidence < (recognizer.metadata.min_confidence or 0)
    counted = {"errors": wrong, "declined": unsure, "answered_wrongly": wrong & ~unsure}
    return {"n": len(wrong)} | {name: int(holds.sum()) for name, holds in counted.items()}


def main() -> None:
    """Score one recognizer and append the record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="digit", help="a recognizer's name, run or file")
    parser.add_argument("--n", type=int, default=500, help="digits a scene")
    options = parser.parse_args()
    recognizer = Recognizer.load(options.model)
    found = measure(recognizer, options.n)
    known = {"benchmark": "paper", "model": options.model, "sha256": recognizer.metadata.sha256}
    here = {
        "ink": ink.VERSION,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine.describe(),
        "versions": machine.versions(),
    }
    append_line(RECORD, json.dumps(known | found | here))
    for name, kinds in found["scenes"].items():
        print(f"{name:10}", *(f"{kind} {score}" for kind, score in kinds.items()))
    print(f"mean error {found['mean']['error']:.2%} of {found['pictures']:,}")


if __name__ == "__main__":
    main()
