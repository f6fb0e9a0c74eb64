"""Digits set side by side: each slanted, sized and moved up to its neighbour."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data.lines.composition import Composition
from pilgi.ink import SIDE
from pilgi.ink.geometry import BOX, Grey

SOLID: Final = 80
"""Ink from here on counts as touching."""

FAR: Final = 10**6


@dataclass(frozen=True)
class Row:
    """A line's ink, bright on 0, and how many of its neighbours touch."""

    ink: Grey
    touching: int


def draw_row(
    digits: Grey, settings: Composition, height: float, generator: np.random.Generator
) -> Row:
    """Return the digits, uint8 (k, 28, 28), as one line `height` pixels high."""
    tiles = _tiles(digits, settings, height, generator)
    tall = int(height * 3) + sum(max(0, tile.shape[0] - int(height * 3)) for tile in tiles)
    canvas = np.zeros(
        (tall, sum(tile.shape[1] for tile in tiles) + int(height * len(tiles))), np.uint8
    )
    tops = _tops(tiles, tall, settings, height, generator)
    gaps = _gaps(len(tiles), settings, height, generator)
    edge = np.full(tall, -FAR)
    touching, centre, wide = 0, -FAR, 0
    for number, (tile, top) in enumerate(zip(tiles, tops, strict=True)):
        first, last = _profiles(tile)
        rows = slice(top, top + len(tile))
        left = 0 if not number else round(float((edge[rows] - first).max()) + 1 + gaps[number])
        least = centre + settings.nearest * (wide + tile.shape[1]) / 2 - tile.shape[1] / 2
        left = max(0, left, round(least) if number else 0)
        if number and (edge[rows] - first - left).max() >= -1:
            touching += 1
        place = canvas[rows, left : left + tile.shape[1]]
        np.maximum(place, tile[:, : place.shape[1]], out=place)
        _advance(edge, top, last, left)
        centre, wide = left + tile.shape[1] / 2, tile.shape[1]
    return Row(canvas, touching)


def _tiles(
    digits: Grey, settings: Composition, height: float, generator: np.random.Generator
) -> list[Grey]:
    """Return each digit in its size and slant, cropped to its ink."""
    import cv2

    count = len(digits)
    slant = math.tan(math.radians(generator.uniform(-settings.slant, settings.slant)))
    slants = slant + generator.normal(0, 0.05, count)
    sizes = height / BOX * np.exp(generator.normal(0, settings.sizes, count))
    aspect = generator.uniform(*settings.aspect) * np.exp(generator.normal(0, 0.06, count))
    tiles = []
    for digit, down, across, lean in zip(digits, sizes, sizes * aspect, slants, strict=True):
        tall = math.ceil(SIDE * down)
        wide = math.ceil(SIDE * across + SIDE * abs(lean) * down)
        matrix = np.array([[across, -lean * down, 0.0], [0.0, down, 0.0]])
        matrix[:, 2] = (wide / 2, tall / 2) - matrix[:, :2] @ (SIDE / 2, SIDE / 2)
        way = cv2.INTER_LINEAR if down > 1 else cv2.INTER_AREA
        tiles.append(
            _cropped(np.asarray(cv2.warpAffine(digit, matrix, (wide, tall), flags=way), np.uint8))
        )
    return tiles


def _cropped(tile: Grey) -> Grey:
    solid = tile > SOLID
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    if not rows.size:
        return np.full((2, 2), 255, np.uint8)
    return tile[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _tops(
    tiles: list[Grey],
    tall: int,
    settings: Composition,
    height: float,
    generator: np.random.Generator,
) -> list[int]:
    """Return where each digit starts: on a baseline that slopes and wanders."""
    count = len(tiles)
    slope = math.tan(math.radians(generator.uniform(-settings.slope, settings.slope)))
    wander = np.cumsum(generator.normal(0, settings.wander * height, count)) * 0.5
    wander += generator.normal(0, settings.wander * height, count)
    middle = np.arange(count) - (count - 1) / 2
    bottoms = tall * 0.5 + height / 2 + slope * middle * height * 0.7 + wander
    tops = [round(bottom) - len(tile) for bottom, tile in zip(bottoms, tiles, strict=True)]
    return [min(max(0, top), tall - len(tile)) for top, tile in zip(tops, tiles, strict=True)]


def _gaps(
    count: int, settings: Composition, height: float, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Return the pixels between each digit and the one before; overlapping ones are negative."""
    inside = -generator.uniform(*settings.overlap, count)
    # A writer's gaps are alike: one width for the line, a little off for each pair.
    apart = generator.uniform(*settings.gap) * np.exp(generator.normal(0, 0.35, count))
    close = generator.random(count) < settings.touching
    gaps: NDArray[np.float64] = np.where(close, inside, apart) * height
    return gaps


def _profiles(tile: Grey) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each row's first and last column of ink; a row without any is far away."""
    solid = tile > SOLID
    empty = ~solid.any(axis=1)
    first, last = solid.argmax(axis=1), solid.shape[1] - 1 - solid[:, ::-1].argmax(axis=1)
    return np.where(empty, FAR, first), np.where(empty, -FAR, last)


def _advance(edge: NDArray[np.int64], top: int, last: NDArray[np.int64], left: int) -> None:
    """Take a digit's right edge, and its neighbouring rows', into the line's."""
    reach = last + left
    for shift in (-1, 0, 1):
        begin, end = max(0, top + shift), min(len(edge), top + shift + len(reach))
        part = reach[begin - top - shift : end - top - shift]
        np.maximum(edge[begin:end], part, out=edge[begin:end])
