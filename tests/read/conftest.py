"""Pages written by a pen of our own, photographed by OpenCV; a line reader that counts."""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest

from pilgi.read import Decoded, DecodedDigit

STROKES = {
    "0": [[(50, 0), (15, 20), (5, 50), (15, 80), (50, 100), (85, 80), (95, 50), (85, 20), (50, 0)]],
    "1": [[(12, 22), (52, 0), (52, 100)], [(10, 100), (92, 100)]],
    "2": [[(10, 25), (30, 2), (70, 2), (88, 25), (75, 50), (10, 98), (92, 98)]],
    "3": [[(12, 10), (50, 0), (85, 22), (45, 48), (88, 75), (50, 100), (10, 88)]],
    "4": [[(60, 0), (8, 65), (95, 65)], [(68, 35), (68, 100)]],
    "5": [[(85, 0), (25, 0), (18, 42), (60, 38), (90, 68), (55, 100), (10, 90)]],
    "6": [[(70, 0), (25, 40), (10, 75), (45, 100), (85, 78), (60, 52), (15, 65)]],
    "7": [[(8, 3), (92, 3), (40, 100)]],
    "8": [[(50, 48), (15, 25), (50, 0), (85, 25), (10, 75), (50, 100), (90, 75), (50, 48)]],
    "9": [[(85, 25), (50, 0), (15, 25), (45, 48), (85, 25), (75, 100)]],
}
WIDTH, GAP = 0.6, 0.25
"""Of a digit, as shares of its height."""


class Pen:
    """Writes numbers on a page; remembers what stands where."""

    def __init__(self, height: int, width: int, paper: int = 240) -> None:
        self.page = np.full((height, width), paper, np.uint8)
        self.written: list[tuple[str, tuple[int, int, int, int]]] = []

    def write(self, text: str, x: int, y: int, height: int = 60, ink: int = 30) -> "Pen":
        """Write `text` with its upper left corner at (x, y)."""
        step = height * (WIDTH + GAP)
        for at, digit in enumerate(text):
            for stroke in STROKES[digit]:
                points = [
                    (x + at * step + a * WIDTH * height / 100, y + b * height / 100)
                    for a, b in stroke
                ]
                shifted = (np.array(points) * 8).astype(np.int32)
                cv2.polylines(
                    self.page, [shifted], False, ink, max(2, height // 10), cv2.LINE_AA, 3
                )
        wide = int((len(text) - 1) * step + WIDTH * height)
        self.written.append((text, (x, y, wide, height)))
        return self

    @property
    def texts(self) -> list[str]:
        return [text for text, _ in self.written]


@pytest.fixture
def pen() -> type[Pen]:
    return Pen


@pytest.fixture
def photograph() -> Callable[..., Any]:
    """Return a function: a page -> a photo of it on a table, and the homography between them."""

    def take(page: Any, corners: Any, size: tuple[int, int], shadow: float = 0.0) -> Any:
        width, height = size
        h, w = page.shape
        edge = np.float32([[0, 0], [w, 0], [w, h], [0, h]])
        matrix = cv2.getPerspectiveTransform(edge, np.float32(corners))
        seen = cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_AREA, borderValue=70)
        y, x = np.mgrid[:height, :width]
        shaded = seen * np.where(x + y / 2 > 0.75 * width, 1 - shadow, 1.0)
        grain = np.random.default_rng(0).normal(0, 4, seen.shape)
        return (shaded + grain).clip(0, 255).astype(np.uint8), matrix

    return take


class Counting:
    """A reader of lines for tests: answers a 7 for every part that stands apart."""

    def __init__(self) -> None:
        self.patterns: list[str | None] = []

    def read(self, picture: Any, pattern: str | None = None) -> Any:
        self.patterns.append(pattern)
        _, solid = cv2.threshold(255 - picture, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        _, _, stats, _ = cv2.connectedComponentsWithStats(solid)
        count = int((stats[1:, cv2.CC_STAT_HEIGHT] > picture.shape[0] / 3).sum())
        return Decoded("7" * count, 0.9, (DecodedDigit(7, 0.95, 0, 0),) * count)


@pytest.fixture
def counting() -> Counting:
    return Counting()
