"""What stands in a line: digits, signs and letters among them, a word, a scribble."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data.lines.composition import Composition
from pilgi.data.lines.glyphs import Glyphs, digits, joined
from pilgi.data.lines.others import Others
from pilgi.data.lines.variation import varied
from pilgi.data.lines.writers import Writers

EIGHT: Final = 8
"""Digits of a date or of a number on a form."""

LEADING: Final = ("-", "+", "-", "*", "=")
BETWEEN: Final = ("-", "+", "/", ".", ",", ":", "*", "=", "/", ".", "-", ",")
TRAILING: Final = ("%", "%", "-", ".", ",", "=")
"""Signs before digits, between them and after them, by how often; a slash at an end may be a 1."""

LONGEST: Final = 11
"""Letters of a word at most."""


@dataclass(frozen=True, eq=False)
class Wording:
    """What a line is made of: its pieces from left to right, and whether their pen is even.

    spaces: heights of paper before each piece, beyond the gap it has anyway.
    """

    row: Glyphs
    even: bool
    spaces: NDArray[np.float64]


def worded(
    writers: Writers,
    settings: Composition,
    generator: np.random.Generator,
    count: int | None = None,
) -> Wording:
    """Return what a line of `count` digits holds, or of as many as `settings` allow.

    Nothing is drawn from `generator` for kinds of lines that `settings` do not ask for.
    """
    others, kind = writers.others, _kind(settings, generator)
    if others is not None and kind == "words":
        return _words(others, generator)
    if others is not None and kind == "scribbles":
        return _scribbles(others, generator)
    row, even = _number(writers, settings, generator, count)
    if others is not None and kind == "signs":
        row = _signed(row, others, generator)
    if others is not None and kind == "lettered":
        row = _lettered(row, others, generator)
    return Wording(row, even, np.zeros(len(row)))


def _kind(settings: Composition, generator: np.random.Generator) -> str:
    shares = {name: getattr(settings, name) for name in ("signs", "lettered", "words", "scribbles")}
    if not any(shares.values()):
        return "digits"
    drawn = generator.random()
    for name, share in shares.items():
        drawn -= share
        if drawn < 0:
            return name
    return "digits"


def _number(
    writers: Writers, settings: Composition, generator: np.random.Generator, count: int | None
) -> tuple[Glyphs, bool]:
    """Return digits, and whether all are drawn with an even pen."""
    if count is None:
        count = _count(settings, generator)
    one = generator.random() < settings.same_hand
    drawn = generator.choice(len(writers.groups), 1 if one else count, p=writers.weights)
    groups = np.resize(drawn, count)
    places = generator.random(count)
    chosen = np.array(
        [
            writers.groups[at][int(p * len(writers.groups[at]))]
            for at, p in zip(groups, places, strict=True)
        ]
    )
    images = varied(writers.images[chosen], settings, generator)
    return digits(images, writers.labels[chosen]), bool(writers.even_pen[drawn].all())


def _count(settings: Composition, generator: np.random.Generator) -> int:
    if settings.eight and generator.random() < settings.eight:
        return EIGHT
    fewest, most = settings.digits
    return int(generator.integers(fewest, most + 1, 2).min())


def _signed(row: Glyphs, others: Others, generator: np.random.Generator) -> Glyphs:
    """Return digits with separators: between them, before them, after them."""
    placed = _grouping(len(row), generator)
    chances = generator.random(2)
    if chances[0] < (0.3 if placed else 0.6):
        placed.append((0, _one(LEADING, generator)))
    if chances[1] < 0.15 or not placed:
        placed.append((len(row), _one(TRAILING, generator)))
    pieces = [_piece(others.signs[name], generator) for _, name in placed]
    return row.with_inserted(np.array([at for at, _ in placed]), joined(pieces))


def _grouping(count: int, generator: np.random.Generator) -> list[tuple[int, str]]:
    """Return separators between digits: thousands, one anywhere, or two or three alike."""
    drawn = generator.random()
    if count < 2 or drawn < 0.1:
        return []
    if drawn < 0.25 and count > 3:
        sign = _one(",.", generator)
        return [(at, sign) for at in range(count - 3, 0, -3)]
    many = 1 if drawn < 0.7 else int(generator.integers(2, 4))
    places = generator.choice(np.arange(1, count), min(many, count - 1), replace=False)
    sign = _one(BETWEEN, generator)
    return [(int(at), sign) for at in places]


def _lettered(row: Glyphs, others: Others, generator: np.random.Generator) -> Glyphs:
    """Return digits with letters before them, after them or among them."""
    many = int(generator.integers(1, min(4, len(row) + 2)))
    where = generator.random()
    places = generator.integers(0, len(row) + 1, many)
    if where < 0.6:
        places[:] = 0 if where < 0.3 else len(row)
    return row.with_inserted(
        places, others.plain.take(generator.integers(0, len(others.plain), many))
    )


def _words(others: Others, generator: np.random.Generator) -> Wording:
    """Return one to three words of one hand: small letters, with a capital, or capitals."""
    small, large = others.alphabets[generator.choice(len(others.alphabets), p=others.shares)]
    many = int(generator.integers(1, 4, 2).min())
    lengths = generator.integers(1, LONGEST + 1, many)
    words = [_word(small, large, length, generator) for length in lengths.tolist()]
    spaces = np.zeros(lengths.sum())
    spaces[lengths.cumsum()[:-1]] = generator.uniform(0.3, 0.9, many - 1)
    return Wording(joined(words), False, spaces)


def _word(small: Glyphs, large: Glyphs, length: int, generator: np.random.Generator) -> Glyphs:
    case = generator.random()
    capitals = length if case > 0.75 else int(case < 0.3)
    first = large.take(generator.integers(0, len(large), capitals))
    return joined([first, small.take(generator.integers(0, len(small), length - capitals))])


def _scribbles(others: Others, generator: np.random.Generator) -> Wording:
    """Return one to four scribbles."""
    many = int(generator.integers(1, 5, 2).min())
    row = others.scribbles.take(generator.integers(0, len(others.scribbles), many))
    return Wording(row, False, np.zeros(many))


def _piece(pieces: Glyphs, generator: np.random.Generator) -> Glyphs:
    return pieces.take(generator.integers(0, len(pieces), 1))


def _one(names: tuple[str, ...] | str, generator: np.random.Generator) -> str:
    return names[int(generator.integers(len(names)))]
