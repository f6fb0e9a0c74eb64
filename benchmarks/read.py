"""How fast and how well whole pictures are read, and what Tesseract makes of the same pictures.

    python benchmarks/read.py                   a few minutes; Tesseract 5 where it is installed

A drawing is one of MNIST's test digits on a canvas of 280x280, a photo the same on grainy paper;
a page is a photo of 12 megapixels: 20 numbers of one to seven digits of MNIST's test set on paper
that lies askew, half in shadow. Each is read from its file, the recognizers loaded. A number
counts as read where a reading whose middle lies on it has its text. Memory is the most that a
fresh process which reads one page ever held. One JSON line is appended to
benchmarks/records/read.jsonl.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import cv2
import numpy as np

from ink import SHEETS
from pilgi import data, machine
from pilgi.files import append_line
from pilgi.read import open_reader, pages

RECORD = Path(__file__).parent / "records" / "read.jsonl"
DRAWINGS: Final = 200
PAGES: Final = 5
NUMBERS: Final = 20
WIDTH, HEIGHT = 4000, 3000

Grey = np.ndarray[Any, Any]
Box = tuple[float, float, float, float]
Found = list[tuple[str | None, Box]]
"""Texts and their boxes: left, top, width, height in the picture's pixels."""


class Picture(NamedTuple):
    """A picture's file and what is written where: text, then left, top, right, bottom."""

    path: Path
    written: list[tuple[str, Box]]


def number(images: Grey, labels: np.ndarray, rng: np.random.Generator) -> tuple[str, Grey]:
    """Return a number's text and its ink, 110 to 150 pixels tall."""
    chosen = rng.integers(0, len(images), rng.integers(1, 8))
    digits = [images[at][:, images[at].any(axis=0)] for at in chosen]
    gaps = [np.zeros((28, int(rng.integers(1, 5))), np.uint8) for _ in digits]
    row = np.hstack([part for pair in zip(digits, gaps, strict=True) for part in pair])
    zoom = rng.uniform(5.5, 7.5)
    large = cv2.resize(row, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC) / 255
    return "".join(str(labels[at]) for at in chosen), np.clip(3 * (large - 0.5) + 0.5, 0, 1)


def page(seed: int, folder: Path) -> Picture:
    """Write a photographed page and return what stands on it."""
    rng, test = np.random.default_rng([7, seed]), data.load("mnist", "test")
    paper, places = np.zeros((2600, 3600)), []
    for at in range(NUMBERS):
        text, ink = number(test.images, test.labels, rng)
        top = 150 + at // 2 * 240 + int(rng.integers(0, 30))
        left = 150 + at % 2 * 1700 + int(rng.integers(0, 100))
        paper[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
        places.append((text, (left, top, left + ink.shape[1], top + ink.shape[0])))
    edge = np.float32([[0, 0], [3600, 0], [3600, 2600], [0, 2600]])
    corners = edge + np.float32([200, 200]) + rng.uniform(-120, 120, (4, 2)).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(edge, corners)
    sheet = 235 - 190 * paper
    seen = cv2.warpPerspective(sheet, matrix, (WIDTH, HEIGHT), borderValue=90)
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    shadow = np.where(x * rng.uniform(0.3, 1) + y * rng.uniform(0.3, 1) > 2800, 0.6, 1.0)
    photo = np.clip(seen * shadow + rng.normal(0, 4, seen.shape), 0, 255).astype(np.uint8)
    path = folder / f"page-{seed}.jpg"
    cv2.imwrite(str(path), photo, [cv2.IMWRITE_JPEG_QUALITY, 90])
    return Picture(path, [(text, moved(box, matrix)) for text, box in places])


def moved(box: Box, matrix: Grey) -> Box:
    """Return the box around a box's corners in the photo."""
    left, top, right, bottom = box
    corners = np.float32([[[left, top], [right, top], [right, bottom], [left, bottom]]])
    there = cv2.perspectiveTransform(corners, matrix)[0]
    return (*there.min(axis=0).tolist(), *there.max(axis=0).tolist())


def single(sheet: str, folder: Path) -> list[Picture]:
    """Write single digits, 280x280, on a sheet of benchmarks/ink.py."""
    test, found = data.load("mnist", "test"), []
    for at in np.random.default_rng(0).choice(len(test), DRAWINGS, replace=False):
        picture = SHEETS[sheet](test.images[at], np.random.default_rng([8, at]))
        path = folder / f"{sheet}-{at}.png"
        cv2.imwrite(str(path), cv2.resize(picture, (280, 280), interpolation=cv2.INTER_AREA))
        found.append(Picture(path, [(str(test.labels[at]), (0, 0, 280, 280))]))
    return found


def pilgi() -> Callable[[Path], Found]:
    """Return what reads a file with the shipped recognizers."""
    reader = open_reader()

    def read(path: Path) -> Found:
        readings = reader.read(next(iter(pages(path))).pixels)
        return [(each.text, tuple(each.box)) for each in readings]

    return read


def tesseract(mode: int) -> Callable[[Path], Found]:
    """Return what reads a file with Tesseract, digits only; mode 10 is one character, 11 a page."""
    command = ["tesseract", "{}", "stdout", "--psm", str(mode)]
    options = ["-c", "tessedit_char_whitelist=0123456789", "tsv"]

    def read(path: Path) -> Found:
        asked = [part.format(path) for part in command] + options
        done = subprocess.run(asked, capture_output=True, text=True, check=True)
        rows = [line.split("\t") for line in done.stdout.splitlines()[1:]]
        words = [row for row in rows if row[0] == "5" and row[11].strip()]
        return [(row[11].strip(), tuple(map(float, row[6:10]))) for row in words]

    return read


def right(found: Found, picture: Picture) -> int:
    """Return how many of the numbers are read."""
    return sum(
        any(text == said and _on(box, place) for said, box in found)
        for text, place in picture.written
    )


def _on(box: Box, place: Box) -> bool:
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    return place[0] <= x <= place[2] and place[1] <= y <= place[3]


def measured(read: Callable[[Path], Found], pictures: list[Picture]) -> dict[str, float]:
    """Return the share of numbers read, how many were answered, and the seconds a picture."""
    read(pictures[0].path)
    seconds, hits, answers = [], 0, 0
    for picture in pictures:
        started = time.perf_counter()
        found = read(picture.path)
        seconds.append(time.perf_counter() - started)
        hits += right(found, picture)
        answers += sum(text is not None for text, _ in found)
    total = sum(len(picture.written) for picture in pictures)
    return {
        "n": total,
        "right": hits / total,
        "answers": answers,
        "seconds": statistics.median(seconds),
        "seconds_max": max(seconds),
    }


def memory(path: Path) -> float:
    """Return the most MB that a fresh process held which reads one page."""
    command = [sys.executable, __file__, "--memory", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def peak() -> float:
    """Return the most MB this process held; getrusage would count what its parent did."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Read everything with everyone, print the table, append the record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--memory", type=Path, help="read one file and print the peak memory in MB")
    options = parser.parse_args()
    if options.memory:
        pilgi()(options.memory)
        print(peak())
        return
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        sets = {
            "drawing": single("canvas", folder),
            "photo": single("photo", folder),
            "page": [page(at, folder) for at in range(PAGES)],
        }
        for name, pictures in sets.items():
            results[name] = {"pilgi": measured(pilgi(), pictures)}
            if shutil.which("tesseract"):
                mode = 11 if name == "page" else 10
                results[name]["tesseract"] = measured(tesseract(mode), pictures)
            for who, found in results[name].items():
                median, longest = 1000 * found["seconds"], 1000 * found["seconds_max"]
                print(
                    f"{name:<8} {who:<10} {found['right']:7.2%} of {found['n']}, {median:,.1f} ms "
                    f"(longest {longest:,.1f})",
                    flush=True,
                )
        results["page"]["pilgi"]["megabytes"] = memory(sets["page"][0].path)
    print(f"page     memory     {results['page']['pilgi']['megabytes']:,.0f} MB")
    record = {
        "benchmark": "read",
        "date": datetime.now(UTC).date().isoformat(),
        "results": results,
        "machine": machine.describe(),
        "versions": machine.versions(),
    }
    append_line(RECORD, json.dumps(record))


if __name__ == "__main__":
    main()
