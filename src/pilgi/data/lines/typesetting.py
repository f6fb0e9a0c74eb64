"""Digits set side by side: each slanted, sized and moved up to its neighbour."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data.lines.composition import Composition
from pilgi.data.lines.glyphs import Glyphs
from pilgi.data.lines.symbols import SEPARATOR
from pilgi.ink import SIDE
from pilgi.ink.geometry import BOX, Grey

SOLID: Final = 80
"""Ink from here on counts as touching."""

FAR: Final = 10**6

APART: Final = 0.05
"""Heights between a separator and its neighbours at least."""


@dataclass(frozen=True)
class Row:
    """A line's ink, bright on 0, how tall it is in pixels, and how many of its neighbours touch."""

    ink: Grey
    tall: int
    touching: int


def draw_row(
    row: Glyphs,
    settings: Composition,
    height: float,
    generator: np.random.Generator,
    spaces: NDArray[np.float64] | None = None,
) -> Row:
    """Return the pieces as one line whose digits are `height` pixels high.

    spaces: heights of more paper before each piece.
    """
    tiles = _tiles(row, settings, height, generator)
    tall = int(height * 3) + sum(max(0, tile.shape[0] - int(height * 3)) for tile in tiles)
    wide = sum(tile.shape[1] for tile in tiles) + int(height * len(tiles))
    if spaces is not None:
        wide += int(height * spaces.sum())
    canvas = np.zeros((tall, wide), np.uint8)
    feet = _feet(len(tiles), tall, settings, height, generator) + row.below * height
    tops = [round(foot) - len(tile) for foot, tile in zip(feet, tiles, strict=True)]
    tops = [min(max(0, top), tall - len(tile)) for top, tile in zip(tops, tiles, strict=True)]
    gaps = _gaps(row.labels == SEPARATOR, settings, height, generator)
    if spaces is not None:
        gaps += spaces * height
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
    ends = [top + len(tile) for top, tile in zip(tops, tiles, strict=True)]
    return Row(canvas, max(ends) - min(tops), touching)


def _tiles(
    row: Glyphs, settings: Composition, height: float, generator: np.random.Generator
) -> list[Grey]:
    """Return each piece in its size and slant, cropped to its ink."""
    import cv2

    count = len(row)
    slant = math.tan(math.radians(generator.uniform(-settings.slant, settings.slant)))
    slants = slant + generator.normal(0, 0.05, count)
    sizes = height / BOX * np.exp(generator.normal(0, settings.sizes, count))
    aspect = generator.uniform(*settings.aspect) * np.exp(generator.normal(0, 0.06, count))
    sizes *= row.sizes
    turns = _turns(count, settings, generator)
    tiles = []
    pieces = zip(row.images, sizes, sizes * aspect, slants, turns, strict=True)
    for digit, down, across, lean, turn in pieces:
        matrix = np.zeros((2, 3))
        matrix[:, :2] = np.array([[across, -lean * down], [0.0, down]]) @ turn
        room = 1 + abs(turn[1, 0]), 1 + abs(turn[0, 1])
        tall = math.ceil(SIDE * down * room[0])
        wide = math.ceil(SIDE * across * room[1] + SIDE * abs(lean) * down * room[0])
        matrix[:, 2] = (wide / 2, tall / 2) - matrix[:, :2] @ (SIDE / 2, SIDE / 2)
        way = cv2.INTER_LINEAR if down > 1 else cv2.INTER_AREA
        tiles.append(
            _cropped(np.asarray(cv2.warpAffine(digit, matrix, (wide, tall), flags=way), np.uint8))
        )
    return tiles


def _turns(
    count: int, settings: Composition, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Return each piece's own turn and shear, (k, 2, 2); nothing is drawn where they are off."""
    turns = np.tile(np.eye(2), (count, 1, 1))
    if settings.turn or settings.shear:
        angle = np.radians(generator.uniform(-settings.turn, settings.turn, count))
        lean = np.tan(np.radians(generator.uniform(-settings.shear, settings.shear, count)))
        turns[:, 0, 0] = turns[:, 1, 1] = np.cos(angle)
        turns[:, 1, 0] = np.sin(angle)
        turns[:, 0, 1] = lean - turns[:, 1, 0]
    return turns


def _cropped(tile: Grey) -> Grey:
    solid = tile > SOLID
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    if not rows.size:
        return np.full((2, 2), 255, np.uint8)
    return tile[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _feet(
    count: int, tall: int, settings: Composition, height: float, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Return the row that each piece stands on: a baseline that slopes and wanders."""
    slope = math.tan(math.radians(generator.uniform(-settings.slope, settings.slope)))
    wander = np.cumsum(generator.normal(0, settings.wander * height, count)) * 0.5
    wander += generator.normal(0, settings.wander * height, count)
    middle = np.arange(count) - (count - 1) / 2
    feet: NDArray[np.float64] = tall * 0.5 + height / 2 + slope * middle * height * 0.7 + wander
    return feet


def _gaps(
    separator: NDArray[np.bool_],
    settings: Composition,
    height: float,
    generator: np.random.Generator,
) -> NDArray[np.float64]:
    """Return the pixels between each piece and the one before; overlapping ones are negative.

    Beside a separator is always some paper: one that touches a digit is a part of it.
    """
    count = len(separator)
    inside = -generator.uniform(*settings.overlap, count)
    # A writer's gaps are alike: one width for the line, a little off for each pair.
    apart = generator.uniform(*settings.gap) * np.exp(generator.normal(0, 0.35, count))
    close = generator.random(count) < settings.touching
    gaps: NDArray[np.float64] = np.where(close, inside, apart) * height
    beside = separator | np.concatenate([[False], separator[:-1]])
    return np.where(beside, np.maximum(gaps, APART * height), gaps)


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
