"""How well drawings, sheets and photos of one digit are read: the ink spec before a recognizer.

    python benchmarks/ink.py                    two minutes

500 digits of MNIST's test set and 500 of UNIPEN's drawings, put on paper in many ways: canvas,
photo, slope of light, soft, hard and round shadows, ruled and squared paper, a frame, pens of any
width. Each row is read by the shipped recognizers through `ink.from_picture`, with the time of that
step. One JSON line is appended to benchmarks/records/ink.jsonl.
"""

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from pilgi import data, ink, machine
from pilgi.files import append_line
from pilgi.recognizer import Recognizer, shipped

RECORD = Path(__file__).parent / "records" / "ink.jsonl"
COUNT: Final = 500
SIDE: Final = 240

Rng = np.random.Generator
Grey = np.ndarray[Any, Any]


def spread(digit: Grey, rng: Rng, share: float = 0.7) -> Grey:
    """Return ink in [0, 1] on a sheet SIDE wide, the digit enlarged and somewhere on it."""
    side = int(SIDE * share)
    large = cv2.resize(digit, (side, side), interpolation=cv2.INTER_CUBIC) / 255
    sheet = np.zeros((SIDE, SIDE))
    top, left = rng.integers(0, SIDE - side + 1, 2)
    sheet[top : top + side, left : left + side] = np.clip(3 * (large - 0.5) + 0.5, 0, 1)
    return sheet


def paper(digit: Grey, rng: Rng, bright: float = 235, dark: float = 40) -> Grey:
    """Return grey values of ink on even paper."""
    ink_share = spread(digit, rng)
    return bright * (1 - ink_share) + dark * ink_share


def grainy(picture: Grey, rng: Rng, deviation: float = 5) -> Grey:
    """Return the picture as a camera's bytes."""
    return np.clip(picture + rng.normal(0, deviation, picture.shape), 0, 255).astype(np.uint8)


def slope(rng: Rng, strength: float) -> Grey:
    """Return light that fades from one side to the other."""
    across = 1 - strength * np.linspace(0, 1, SIDE)
    return np.broadcast_to(across[:, None] if rng.random() < 0.5 else across, (SIDE, SIDE))


def shadow(rng: Rng, width: float) -> Grey:
    """Return the light beside a straight shadow whose edge is `width` of the sheet wide."""
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE - 0.5
    angle, place = rng.uniform(0, 2 * np.pi), rng.uniform(-0.25, 0.25)
    beyond = (x * np.cos(angle) + y * np.sin(angle) - place) / width
    return 1 - 0.55 / (1 + np.exp(-np.clip(beyond, -50, 50)))


def blob(rng: Rng) -> Grey:
    """Return the light around a round shadow."""
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE
    (top, left), radius = rng.uniform(0, 1, 2), rng.uniform(0.3, 0.6)
    return 1 - 0.5 / (1 + np.exp(((x - left) ** 2 + (y - top) ** 2 - radius**2) / 0.02))


def ruled(picture: Grey, rng: Rng, tilt: float = 0.0, level: float = 120, pen: int = 2) -> Grey:
    """Return the picture with four ruled lines."""
    lines, start = picture.copy(), rng.uniform(0, 1)
    for number in range(4):
        row = int((number + start) * SIDE / 4)
        cv2.line(lines, (0, row), (SIDE - 1, int(row + tilt * SIDE)), level, pen)
    return np.minimum(lines, picture)


def squared(picture: Grey, rng: Rng) -> Grey:
    """Return the picture on squared paper."""
    once = ruled(picture, rng, level=150, pen=1)
    return ruled(np.ascontiguousarray(once.T), rng, level=150, pen=1).T


def framed(picture: Grey) -> Grey:
    """Return the picture in a form's box."""
    small = cv2.resize(picture, (SIDE - 48, SIDE - 48), interpolation=cv2.INTER_AREA)
    whole = np.pad(small, 24, mode="edge")
    return cv2.rectangle(whole, (8, 8), (SIDE - 9, SIDE - 9), 60.0, 3)


def cropped(picture: Grey) -> Grey:
    """Return the picture cut to its ink."""
    dark = picture < 150
    rows, columns = np.flatnonzero(dark.any(1)), np.flatnonzero(dark.any(0))
    return picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


SHEETS: Final[Mapping[str, Callable[[Grey, Rng], Grey]]] = {
    "canvas": lambda d, r: paper(d, r, 255, 0).astype(np.uint8),
    "white on black": lambda d, r: 255 - paper(d, r, 255, 0).astype(np.uint8),
    "photo": lambda d, r: grainy(paper(d, r), r),
    "cropped to the ink": lambda d, r: grainy(cropped(paper(d, r)), r, 3),
    "slope of light": lambda d, r: grainy(paper(d, r) * slope(r, 0.6), r),
    "chalk on a board": lambda d, r: grainy(paper(d, r, 60, 220) * slope(r, 0.4), r),
    "soft shadow": lambda d, r: grainy(paper(d, r) * shadow(r, 0.08), r),
    "hard shadow": lambda d, r: grainy(paper(d, r) * shadow(r, 0.004), r),
    "round shadow": lambda d, r: grainy(paper(d, r) * blob(r), r),
    "ruled": lambda d, r: grainy(ruled(paper(d, r), r), r, 3),
    "ruled, tilted": lambda d, r: grainy(ruled(paper(d, r), r, tilt=0.04), r, 3),
    "squared": lambda d, r: grainy(squared(paper(d, r), r), r, 3),
    "in a box": lambda d, r: grainy(framed(paper(d, r)), r, 0),
}
PENS: Final = (2, 4, 8, 16, 28)


def drawn(strokes: list[list[list[float]]], pen: int, side: int = 280) -> Grey:
    """Return strokes, y upwards, drawn with a pen `pen` pixels wide on a canvas."""
    lines = [np.array(stroke, float).reshape(-1, 2) * (1, -1) for stroke in strokes]
    points = np.concatenate(lines)
    low, extent = points.min(axis=0), max(np.ptp(points, axis=0).max(), 1e-6)
    canvas = np.full((side, side), 255, np.uint8)
    for line in lines:
        places = (line - low) / extent * 0.7 * side + 0.15 * side
        fixed = np.rint(np.concatenate([places, places[-1:]]) * 16).astype(np.int32)
        cv2.polylines(canvas, [fixed], False, 0, pen, cv2.LINE_AA, 4)
    return canvas


def rows() -> dict[str, tuple[list[Grey], np.ndarray]]:
    """Return each row's pictures and labels."""
    rng, test = np.random.default_rng(0), data.load("mnist", "test")
    chosen = rng.choice(len(test), COUNT, replace=False)
    found = {
        name: ([sheet(test.images[i], np.random.default_rng([1, i])) for i in chosen], chosen)
        for name, sheet in SHEETS.items()
    }
    made = {name: (pictures, test.labels[at]) for name, (pictures, at) in found.items()}
    lines = gzip.decompress(Path(data.get("unipen")[0].path).read_bytes()).splitlines()
    drawings = [json.loads(lines[i]) for i in rng.choice(len(lines), COUNT, replace=False)]
    labels = np.array([int(drawing["label"]) for drawing in drawings])
    for pen in PENS:
        pictures = [drawn(drawing["strokes"], pen) for drawing in drawings]
        made[f"drawn, pen {pen} of 280"] = (pictures, labels)
    return made


def main() -> None:
    """Read every row, print the table, append the record."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    readers = {name: Recognizer.load(name) for name in shipped()}
    readers = {name: one for name, one in readers.items() if one.metadata.kind == "digit"}
    results: dict[str, dict[str, float]] = {}
    for name, (pictures, labels) in rows().items():
        seconds, images = [], []
        for picture in pictures:
            started = time.perf_counter()
            images.append(ink.from_picture(picture))
            seconds.append(time.perf_counter() - started)
        right = {
            who: float((one.predict(np.stack(images)) == labels).mean())
            for who, one in readers.items()
        }
        results[name] = right | {"milliseconds": 1000 * statistics.median(seconds)}
        shares = "  ".join(f"{who} {share:7.2%}" for who, share in right.items())
        print(f"{name:<22} {shares}  {results[name]['milliseconds']:.2f} ms", flush=True)
    record = {
        "benchmark": "ink",
        "date": datetime.now(UTC).date().isoformat(),
        "n": COUNT,
        "ink": ink.VERSION,
        "recognizers": {name: one.metadata.sha256 for name, one in readers.items()},
        "rows": results,
        "machine": machine.describe(),
        "versions": machine.versions(),
    }
    append_line(RECORD, json.dumps(record))


if __name__ == "__main__":
    main()
