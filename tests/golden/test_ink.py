"""Pictures of written digits and what every step of the ink spec makes of them.

    python tests/golden/test_ink.py     writes ink.jsonl.gz anew, for a new version of the spec

One JSON object a line: `name`; `picture` as it comes in; `steps`, name -> picture after it, in
order; `ink`, the last one. A picture is {"shape", "dtype", "data"}: base64 of its bytes, row by
row, two bytes little-endian where the dtype is uint16. Lines of strokes hold `strokes` and `y_up`
instead of a picture: those named strokes- in any numbers, tablet- and rare- in whole ones. Those
named line- are pictures of a line of digits, and their ink is line ink. Anything that implements
docs/ink.md must give these bytes.
"""

import base64
import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pilgi import ink

FILE = Path(__file__).with_name("ink.jsonl.gz")
PICTURES, DRAWINGS, TABLETS, LINES, DAMAGED, SURROUNDED = 540, 60, 60, 54, 36, 36

SHAPES = {
    "0": [[(5, 0), (1, 3), (0, 7), (3, 10), (6, 8), (7, 4), (5, 0)]],
    "1": [[(0, 3), (3, 0), (3, 10)]],
    "2": [[(0, 2), (3, 0), (6, 2), (5, 5), (0, 10), (7, 10)]],
    "3": [[(0, 1), (4, 0), (6, 2), (3, 5), (6, 7), (4, 10), (0, 9)]],
    "4": [[(3, 0), (0, 6), (7, 6)], [(5, 3), (5, 10)]],
    "5": [[(6, 0), (1, 0), (1, 4), (5, 4), (6, 8), (3, 10), (0, 9)]],
    "6": [[(5, 0), (1, 4), (0, 8), (3, 10), (6, 8), (4, 5), (1, 7)]],
    "7": [[(0, 0), (7, 0), (2, 10)], [(1, 5), (6, 5)]],
    "8": [[(3, 5), (0, 2), (3, 0), (6, 2), (3, 5), (0, 8), (3, 10), (6, 8), (3, 5)]],
    "9": [[(6, 3), (2, 5), (0, 2), (3, 0), (6, 3), (5, 10)]],
}

RARE: list[list[list[tuple[int, int]]]] = [
    [[]],
    [[(7, -7)]],
    [[(3, 3), (3, 3)], [(3, 3)]],
    [[(0, 0)], [(1, 0)]],
    [[(0, 0), (2, 1), (1, 2)], [], [(2, 2)]],
    [[(-9, 4), (800, 4)]],
    [[(0, 0), (0, 12)], [(1, 0), (1, 12)], [(0, 6), (1, 6)]],
    [[(-(2**31), 2**31 - 1), (2**31 - 1, -(2**31)), (0, 1)]],
    [[(x, x * x % 101) for x in range(101)]],
]
"""Strokes that no hand draws."""

Grey = np.ndarray[Any, Any]


def shaken(digit: str, rng: np.random.Generator) -> list[list[list[float]]]:
    """Return the digit's strokes, slanted, turned and shaken; y grows downwards."""
    slant, turn = rng.uniform(-0.4, 0.4), rng.uniform(-0.15, 0.15)
    frame = np.array([[1, turn], [-slant - turn, 1]]) * rng.uniform(0.7, 1.2)
    lines = (np.array(line, float) for line in SHAPES[digit])
    return [((line + rng.normal(0, 0.3, line.shape)) @ frame).round(2).tolist() for line in lines]


def tablet(digit: str, rng: np.random.Generator) -> list[list[list[int]]]:
    """Return the digit's strokes as a tablet gives them: many points, whole numbers, any unit."""
    unit, place = 10 ** rng.uniform(0.7, 3.5), rng.integers(-5000, 5000, 2)
    strokes = []
    for stroke in shaken(digit, rng):
        line = np.array(stroke)
        at = np.linspace(0, len(line) - 1, int(rng.integers(10, 60)))
        curve = np.stack([np.interp(at, np.arange(len(line)), side) for side in line.T], axis=1)
        strokes.append((np.rint(curve * unit).astype(int) + place).tolist())
    return strokes


def sheet(digit: str, rng: np.random.Generator) -> Grey:
    """Return dark ink on bright paper, 20 to 90 pixels a side, a few larger."""
    height, width = rng.integers(20, 90, 2) * (4 if rng.random() < 0.04 else 1)
    lines = [np.array(line) for line in shaken(digit, rng)]
    low = np.concatenate(lines).min(axis=0)
    extent = np.ptp(np.concatenate(lines), axis=0).max()
    scale = min(height, width) * rng.uniform(0.5, 0.85) / extent
    place = (np.array([width, height]) - 1) * rng.uniform(0.05, 0.2, 2)
    pen = max(1, round(min(height, width) * rng.uniform(0.01, 0.12)))
    paper, level = int(rng.integers(150, 256)), int(rng.integers(0, 100))
    picture = np.full((height, width), paper, np.uint8)
    points = [np.rint((line - low) * scale + place).astype(np.int32) for line in lines]
    cv2.polylines(picture, points, False, level, pen, cv2.LINE_AA)
    return picture


def plain(picture: Grey, _: np.random.Generator) -> Grey:
    return picture


def bright(picture: Grey, _: np.random.Generator) -> Grey:
    return 255 - picture


def coloured(picture: Grey, rng: np.random.Generator) -> Grey:
    tint = rng.integers(128, 256, 3)
    return (picture[..., None] * tint // 255).astype(np.uint8)


def transparent(picture: Grey, rng: np.random.Generator) -> Grey:
    colour = np.full((*picture.shape, 3), rng.choice([0, 255]), np.uint8)
    return np.dstack([colour, 255 - picture])


def deep(picture: Grey, rng: np.random.Generator) -> Grey:
    return picture.astype(np.uint16) * np.uint16(rng.integers(200, 258))


def two_levels(picture: Grey, _: np.random.Generator) -> Grey:
    return np.where(picture > 120, 255, 0).astype(np.uint8)


def grainy(picture: Grey, rng: np.random.Generator) -> Grey:
    grain = rng.integers(-6, 7, picture.shape)
    return (picture + grain).clip(0, 255).astype(np.uint8)


def slanting(picture: Grey, rng: np.random.Generator) -> Grey:
    light = np.linspace(1, rng.uniform(0.4, 0.8), picture.shape[1])
    return (picture * light).astype(np.uint8)


def shadowed(picture: Grey, rng: np.random.Generator) -> Grey:
    rows, columns = np.indices(picture.shape)
    edge = rows * rng.uniform(-1, 1) + columns * rng.uniform(-1, 1)
    return np.where(edge > np.median(edge), picture, picture // 2).astype(np.uint8)


def ruled(picture: Grey, rng: np.random.Generator) -> Grey:
    lines, step = picture.copy(), int(rng.integers(8, 20))
    for row in range(int(rng.integers(step)), len(picture), step):
        lines[row] = np.minimum(lines[row], 120)
    return lines


def framed(picture: Grey, _: np.random.Generator) -> Grey:
    frame = np.pad(picture, 6, mode="maximum")
    return cv2.rectangle(frame, (2, 2), (frame.shape[1] - 3, len(frame) - 3), 60, 2)


def tight(picture: Grey, _: np.random.Generator) -> Grey:
    dark = picture < picture.max() - 40
    rows, columns = np.flatnonzero(dark.any(1)), np.flatnonzero(dark.any(0))
    return picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def dusty(picture: Grey, rng: np.random.Generator) -> Grey:
    dust = picture.copy()
    dust.ravel()[rng.integers(0, picture.size, 4)] = 0
    return dust


def cut(picture: Grey, rng: np.random.Generator) -> Grey:
    height, width = (int(side) for side in rng.integers(1, 6, 2))
    return picture[:height, :width]


def blank(picture: Grey, rng: np.random.Generator) -> Grey:
    return grainy(np.full_like(picture, rng.integers(0, 256)), rng)


def hued(picture: Grey, rng: np.random.Generator) -> Grey:
    """Ink and paper of one lightness."""
    share = (255 - picture[..., None].astype(float)) / 255
    colours = np.array([(90, 130, 205), (222, 108, 20)])[rng.permutation(2)]
    grain = rng.integers(-5, 6, (*picture.shape, 3))
    mixed = colours[0] * (1 - share) + colours[1] * share + grain
    return mixed.clip(0, 255).astype(np.uint8)


def bordered(picture: Grey, rng: np.random.Generator) -> Grey:
    return np.pad(tight(picture, rng), int(rng.integers(1, 41)), constant_values=255)


def finished(picture: Grey, _: np.random.Generator) -> Grey:
    return ink.from_picture(picture)


KINDS: tuple[Callable[[Grey, np.random.Generator], Grey], ...] = (
    plain, bright, coloured, transparent, deep, two_levels, grainy, slanting, shadowed, ruled,
    framed, tight, dusty, cut, blank, finished, hued, bordered,
)  # fmt: skip


def noisy(picture: Grey, rng: np.random.Generator) -> Grey:
    """Ink with salt and pepper; every third is dark on white."""
    made = ink.from_picture(picture) if rng.random() < 0.67 else 255 - ink.from_picture(picture)
    lost = rng.random(made.shape) < rng.uniform(0.02, 0.25)
    return np.where(lost, rng.choice([0, 255], made.shape), made).astype(np.uint8)


def striped(picture: Grey, rng: np.random.Generator) -> Grey:
    """Ink with stripes of inverted paper on both sides, or above and below."""
    made, (near, far) = ink.from_picture(picture), rng.integers(2, 10, 2)
    made = made // 2 + 20 if rng.random() < 0.2 else made
    made[:, :near], made[:, -far:] = 255 - made[:, :near], 255 - made[:, -far:]
    return made.T if rng.random() < 0.5 else made


DAMAGES = (noisy, striped)


def ringed(picture: Grey, rng: np.random.Generator) -> Grey:
    """A ring around the digit, or through it."""
    height, width = picture.shape
    around = np.pad(picture, int(rng.integers(0, max(height, width) // 3)), constant_values=255)
    middle, half = np.array(around.shape[::-1]) // 2, np.array(around.shape[::-1]) * 0.49
    axes = (half * rng.uniform(0.8, 1, 2)).astype(int).tolist()
    pen = int(rng.integers(1, 3))
    return cv2.ellipse(around, middle.tolist(), axes, rng.uniform(0, 90), 0, 360, 60, pen)


def beside(picture: Grey, rng: np.random.Generator) -> Grey:
    """A table's corner beside the paper, at times as far as the digit."""
    rows, columns = np.mgrid[: picture.shape[0], : picture.shape[1]] / np.array(
        picture.shape
    ).reshape(2, 1, 1)
    slope, far = rng.uniform(0.2, 1), rng.uniform(0.02, 0.35)
    made = np.where(rows * slope + columns * (1 - slope) < far, int(rng.integers(0, 90)), picture)
    return np.rot90(made, int(rng.integers(4))).astype(np.uint8)


SURROUNDINGS = (ringed, beside)

LINE_KINDS = (plain, bright, coloured, deep, grainy, slanting, shadowed, dusty, hued)


def row(rng: np.random.Generator) -> Grey:
    """Return a line of two to five digits, 20 to 40 pixels high, on a rule half of the time."""
    height, paper, pen = int(rng.integers(20, 41)), int(rng.integers(150, 256)), rng.integers(0, 60)
    picture = np.full((height, height * int(rng.integers(2, 6)) * 3 // 4), paper, np.uint8)
    if rng.random() < 0.5:
        picture[height * 4 // 5 : height * 4 // 5 + int(rng.integers(1, 3))] = paper * 2 // 3
    for at in range(0, picture.shape[1] - height // 2, height * 3 // 4):
        lines = [np.array(line) for line in shaken(str(rng.integers(10)), rng)]
        low = np.concatenate(lines).min(axis=0)
        scale = height * 0.7 / np.ptp(np.concatenate(lines), axis=0).max()
        points = [np.rint((line - low) * scale + (at, height * 0.12)) for line in lines]
        curves = [line.astype(np.int32) for line in points]
        cv2.polylines(picture, curves, False, int(pen), 1 + height // 20, cv2.LINE_AA)
    return picture


def vectors() -> Iterator[dict[str, Any]]:
    """Yield every vector, each from a seed of its own."""
    for number in range(PICTURES):
        rng = np.random.default_rng([2, number])
        kind, digit = KINDS[number % len(KINDS)], str(number // len(KINDS) % 10)
        picture = np.ascontiguousarray(kind(sheet(digit, rng), rng))
        named = {"name": f"{kind.__name__}-{digit}-{number}", "picture": packed(picture)}
        yield named | answer(named)
    for number in range(DRAWINGS):
        strokes, up = shaken(str(number % 10), np.random.default_rng([3, number])), number % 3 == 0
        drawn = {"name": f"strokes-{number % 10}-{number}", "strokes": strokes, "y_up": up}
        yield drawn | answer(drawn)
    for number in range(TABLETS):
        points, up = tablet(str(number % 10), np.random.default_rng([5, number])), number % 2 == 0
        drawn = {"name": f"tablet-{number % 10}-{number}", "strokes": points, "y_up": up}
        yield drawn | answer(drawn)
    for number, rare in enumerate(RARE):
        drawn = {"name": f"rare-{number}", "strokes": rare, "y_up": number % 2 == 0}
        yield drawn | answer(drawn)
    for number in range(LINES):
        rng = np.random.default_rng([4, number])
        kind = LINE_KINDS[number % len(LINE_KINDS)]
        picture = np.ascontiguousarray(kind(row(rng), rng))
        named = {"name": f"line-{kind.__name__}-{number}", "picture": packed(picture)}
        yield named | answer(named)
    for number in range(DAMAGED):
        rng = np.random.default_rng([6, number])
        damage, digit = DAMAGES[number % len(DAMAGES)], str(number // len(DAMAGES) % 10)
        picture = np.ascontiguousarray(damage(sheet(digit, rng), rng))
        named = {"name": f"{damage.__name__}-{digit}-{number}", "picture": packed(picture)}
        yield named | answer(named)
    for number in range(SURROUNDED):
        rng = np.random.default_rng([7, number])
        around, digit = SURROUNDINGS[number % 2], str(number // 2 % 10)
        picture = np.ascontiguousarray(around(sheet(digit, rng), rng))
        named = {"name": f"{around.__name__}-{digit}-{number}", "picture": packed(picture)}
        yield named | answer(named)


def answer(vector: dict[str, Any]) -> dict[str, Any]:
    """Return what this Pilgi makes of a vector's picture or strokes."""
    if "strokes" in vector:
        return {"ink": packed(ink.from_strokes(vector["strokes"], vector["y_up"]))}
    picture, line = unpacked(vector["picture"]), vector["name"].startswith("line-")
    trace, final = (ink.trace_line, ink.from_line) if line else (ink.trace, ink.from_picture)
    steps = {name: packed(seen) for name, seen in trace(picture)}
    return {"steps": steps, "ink": packed(final(picture))}


def packed(picture: Grey) -> dict[str, Any]:
    data = base64.b64encode(np.ascontiguousarray(picture).tobytes()).decode()
    return {"shape": list(picture.shape), "dtype": str(picture.dtype), "data": data}


def unpacked(record: dict[str, Any]) -> Grey:
    little = np.dtype(record["dtype"]).newbyteorder("<")
    flat = np.frombuffer(base64.b64decode(record["data"]), little).astype(record["dtype"])
    return flat.reshape(record["shape"])


def stored() -> list[dict[str, Any]]:
    """Return the vectors as they were written down."""
    return [json.loads(line) for line in gzip.decompress(FILE.read_bytes()).splitlines()]


def test_there_are_at_least_five_hundred_of_every_kind():
    names = [vector["name"] for vector in stored()]
    drawings = DRAWINGS + TABLETS + len(RARE)
    pictures = PICTURES + DAMAGED + SURROUNDED
    assert len(names) == len(set(names)) == pictures + drawings + LINES == 795
    kinds = {name.split("-")[0] for name in names}
    named = {kind.__name__ for kind in (*KINDS, *DAMAGES, *SURROUNDINGS)}
    assert kinds == {"strokes", "tablet", "rare", "line", *named}


def test_noise_and_stripes_go_from_most_pictures_that_have_them_and_from_no_others():
    for vector in stored():
        taken = {"noise", "stripes"} & set(vector.get("steps", ()))
        assert not taken or vector["name"].startswith(("noisy-", "striped-"))
    gone = [name for vector in stored() for name in vector.get("steps", ())]
    assert gone.count("noise") >= 12
    assert gone.count("stripes") >= 8


def test_every_step_of_every_vector_gives_the_same_bytes():
    """Where this fails on purpose, `ink.VERSION` changes and the file is written anew."""
    assert ink.VERSION == "3.3"
    changed = [
        (vector["name"], [name for name in ours if ours[name] != vector[name]])
        for vector in stored()
        if (ours := answer(vector)) != {name: vector[name] for name in ours}
    ]
    assert not changed


def test_the_last_step_is_the_ink():
    for vector in stored():
        if "steps" in vector:
            assert list(vector["steps"].values())[-1] == vector["ink"]
            line = vector["name"].startswith("line-")
            assert vector["ink"]["shape"][0] == (32 if line else 28)


if __name__ == "__main__":
    lines = "".join(json.dumps(vector, separators=(",", ":")) + "\n" for vector in vectors())
    FILE.write_bytes(gzip.compress(lines.encode(), 9, mtime=0))
