"""Ways to part a Split in two, or in k: pure functions of (pictures, seed)."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data.split import Split
from pilgi.errors import DataError, nearest

Indices = NDArray[np.intp]
GROUPS: Final = ("class", "writer")


def stratified(split: Split, count: int, seed: int) -> tuple[Split, Split]:
    """Return (rest, held): `count` pictures held, each class in its share of the whole.

    Shares are rounded by largest remainder, so exactly `count` are held. Both keep the order of
    `split`. Raises DataError unless 0 < count < len(split).
    """
    _check_count(split, count)
    rng = _generator(seed)
    groups = [np.flatnonzero(split.labels == label) for label in range(len(split.classes))]
    shares = _largest_remainder([len(group) for group in groups], count)
    held = [rng.permutation(group)[:share] for group, share in zip(groups, shares, strict=True)]
    return _part(split, np.concatenate(held))


def writer_disjoint(split: Split, count: int, seed: int) -> tuple[Split, Split]:
    """Return (rest, held): whole writers held, until they wrote about `count` pictures.

    Writers are drawn in random order; held ends at the writer whose total lies nearest to `count`.
    Raises DataError where nobody noted the writers, or where there is only one.
    """
    _check_count(split, count)
    order = _generator(seed).permutation(_numbers_of_writers(split, 2))
    totals = np.cumsum([int((_writers(split) == writer).sum()) for writer in order])
    number = int(np.abs(totals[:-1] - count).argmin()) + 1
    return _part(split, np.flatnonzero(np.isin(_writers(split), order[:number])))


def every_fifth_writer(split: Split) -> tuple[Split, Split]:
    """Return (rest, held): the fifth, tenth ... of the writers held, in the order of their numbers.

    Raises DataError where nobody noted the writers, or where there are fewer than five.
    """
    writers = _numbers_of_writers(split, 1)
    if len(writers) < 5:
        raise DataError(f"{split.name}: {len(writers)} writers are too few to hold a fifth out")
    return _part(split, np.flatnonzero(np.isin(_writers(split), writers[4::5])))


def tail(split: Split, count: int) -> tuple[Split, Split]:
    """Return (rest, held): the last `count` pictures held, as the course's 55,000/5,000.

    Raises DataError unless 0 < count < len(split).
    """
    _check_count(split, count)
    return _part(split, np.arange(len(split) - count, len(split)))


def folds(split: Split, k: int, seed: int, by: str = "class") -> Iterator[tuple[Split, Split]]:
    """Yield k pairs (train, held); every picture is held exactly once.

    by: `class` spreads each class evenly over the folds, `writer` keeps each writer in one fold.
    Raises DataError where k is less than 2 or more than there are pictures (or writers).
    """
    if by not in GROUPS:
        raise DataError(f"folds by '{by}': {nearest(by, GROUPS)}")
    fold = _folds_by_class(split, k, seed) if by == "class" else _folds_by_writer(split, k, seed)
    return (_part(split, np.flatnonzero(fold == number)) for number in range(k))


def _folds_by_class(split: Split, k: int, seed: int) -> Indices:
    """Deal the pictures like cards, class after class, so that folds differ by one at most."""
    _check_folds(split, k, len(split), "pictures")
    mixed = _generator(seed).permutation(len(split))
    by_class = mixed[np.argsort(split.labels[mixed], kind="stable")]
    fold = np.empty(len(split), np.intp)
    fold[by_class] = np.arange(len(split)) % k
    return fold


def _folds_by_writer(split: Split, k: int, seed: int) -> Indices:
    """Give each writer, the busiest first, to the fold that has the fewest pictures."""
    writers = _generator(seed).permutation(_numbers_of_writers(split, 1))
    _check_folds(split, k, len(writers), "writers")
    numbers, counts = np.unique(_writers(split), return_counts=True)
    pictures = dict(zip(numbers.tolist(), counts.tolist(), strict=True))
    sizes, home = [0] * k, {}
    for writer in sorted(writers.tolist(), key=lambda number: -pictures[number]):
        home[writer] = min(range(k), key=sizes.__getitem__)
        sizes[home[writer]] += pictures[writer]
    return np.array([home[writer] for writer in _writers(split).tolist()])


def _part(split: Split, held: Indices) -> tuple[Split, Split]:
    chosen = np.zeros(len(split), bool)
    chosen[held] = True
    return split.take(np.flatnonzero(~chosen)), split.take(np.flatnonzero(chosen))


def _largest_remainder(sizes: list[int], count: int) -> list[int]:
    total = sum(sizes)
    shares = [count * size // total for size in sizes]
    by_remainder = sorted(range(len(sizes)), key=lambda i: -(count * sizes[i] % total))
    for i in by_remainder[: count - sum(shares)]:
        shares[i] += 1
    return shares


def _generator(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def _writers(split: Split) -> NDArray[np.int64]:
    if split.writers is None:
        raise DataError(f"{split.name}: nobody noted who wrote the pictures; split by class")
    return split.writers


def _numbers_of_writers(split: Split, least: int) -> NDArray[np.int64]:
    writers = np.unique(_writers(split))
    if len(writers) < least:
        raise DataError(f"{split.name}: one writer wrote every picture; split by class")
    return writers


def _check_count(split: Split, count: int) -> None:
    if not 0 < count < len(split):
        raise DataError(
            f"{split.name}: cannot hold {count:,} of {len(split):,} pictures; "
            f"choose 1 to {max(1, len(split) - 1):,}"
        )


def _check_folds(split: Split, k: int, most: int, what: str) -> None:
    if not 2 <= k <= most:
        raise DataError(f"{split.name}: no {k:,} folds of {most:,} {what}; choose 2 to {most:,}")
