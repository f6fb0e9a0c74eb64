"""From a CTC lattice to a number: the likeliest text, how sure, and where each digit stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi.read.pattern import Pattern, State, parse

Floats = NDArray[np.float64]

BEAM: Final = 16
FIRM_BEAM: Final = 32
"""Prefixes kept at each step; more where a pattern will refuse most of them."""

LEAST: Final = 1e-4
FIRM_LEAST: Final = 1e-6
"""A digit less likely than this is not tried at a step."""

UNLIKELY: Final = 1e-6
"""A text this much less likely than the likeliest is not searched in every view."""

TINY: Final = 1e-300


@dataclass(frozen=True)
class DecodedDigit:
    """One digit: its share of the probability against any other digit, or none, in its place.

    first, last: the time steps of the lattice that it takes on the likeliest path, both included.
    """

    digit: int
    confidence: float
    first: int
    last: int


@dataclass(frozen=True)
class Decoded:
    """A number read from a line.

    confidence: the text's probability among all texts, or among those that the pattern allows.
    Where nothing that the beam holds fits the pattern, text is "" and confidence 0.
    """

    text: str
    confidence: float
    digits: tuple[DecodedDigit, ...]


def decode(lattice: NDArray[np.float32], pattern: str | None = None) -> Decoded:
    r"""Return the likeliest number of a lattice, float (t, 11) log-probabilities, blank last.

    lattice: also (k, t, 11), of k views of one line; a text's probability is the mean over them,
    and digits stand where the first view has them. pattern: what numbers may be, such as `\d{5}` or
    `date`, see `pilgi.read.pattern`; every prefix kept can still become one.
    Prefix beam search: the probability of a text is the sum over every way to spell it (Graves et
    al. 2006; Hannun et al. 2014). Raises PatternError for a pattern that cannot be read.
    """
    rule = None if pattern is None else parse(pattern)
    views, level = _views(lattice)
    found = _candidates(views, rule)
    if not found:
        return Decoded("", 0.0, ())
    text = max(found, key=lambda each: found[each])
    own = found[text]
    confidence = own * level if rule is None else own / max(sum(found.values()), TINY)
    return Decoded(text, min(1.0, confidence), tuple(_digits(views, text, own, rule)))


class _View(NamedTuple):
    """One lattice: its probabilities by each step's largest, and the weight that makes up for it.

    So scaled, products over a long line stay above the smallest float.
    """

    steps: Floats
    weight: float


def _views(lattice: NDArray[np.float32]) -> tuple[list[_View], float]:
    """Return the views, their weights by the likeliest of them, and that one's own."""
    chances = np.exp(np.asarray(lattice, np.float64))
    chances = chances if chances.ndim == 3 else chances[None]
    peaks = chances.max(axis=2, keepdims=True)
    levels = np.log(peaks).sum(axis=(1, 2))
    weights = np.exp(levels - levels.max()) / len(chances)
    views = [_View(*each) for each in zip(chances / peaks, weights.tolist(), strict=True)]
    return views, float(np.exp(levels.max()))


def _candidates(views: list[_View], rule: Pattern | None) -> dict[str, float]:
    """Return the texts that any view's beam ends with, each with its probability in all views."""
    likely: dict[str, float] = {}
    for view in views:
        for text, chance in _search(view.steps, rule).items():
            likely[text] = likely.get(text, 0.0) + view.weight * chance
    least = UNLIKELY * max(likely.values(), default=0.0)
    return _chances(views, {text for text, chance in likely.items() if chance >= least})


def _search(steps: Floats, rule: Pattern | None) -> dict[str, float]:
    """Return the texts at the beam's end that the pattern accepts, with their probabilities."""
    width, least = (BEAM, LEAST) if rule is None else (FIRM_BEAM, FIRM_LEAST)
    # Of each prefix: the probability of its paths that end in blank, and of those that do not.
    beam: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    states: dict[str, State | None] = {"": rule.start if rule else None}
    for step in steps:
        likely = [(at, chance) for at, chance in enumerate(step[:-1].tolist()) if chance > least]
        grown = _grow(beam, likely, float(step[-1]), rule, states)
        kept = sorted(grown, key=lambda prefix: -sum(grown[prefix]))[:width]
        beam = {prefix: grown[prefix] for prefix in kept}
        states = {prefix: states[prefix] for prefix in kept}
    if rule is None:
        return {prefix: sum(both) for prefix, both in beam.items()}
    ends = ((prefix, states[prefix]) for prefix in beam)
    return {prefix: sum(beam[prefix]) for prefix, at in ends if at and rule.accepts(at)}


def _grow(
    beam: dict[str, tuple[float, float]],
    likely: list[tuple[int, float]],
    blank: float,
    rule: Pattern | None,
    states: dict[str, State | None],
) -> dict[str, tuple[float, float]]:
    """Return every prefix one step on; `states` gets those of the new ones."""
    grown: dict[str, list[float]] = {}
    for prefix, (closed, opened) in beam.items():
        grown.setdefault(prefix, [0.0, 0.0])[0] += blank * (closed + opened)
        for digit, chance in likely:
            repeated = prefix[-1:] == str(digit)
            if repeated:
                grown[prefix][1] += chance * opened
            longer = prefix + str(digit)
            if longer not in states:
                at = states[prefix]
                states[longer] = rule.step(at, digit) if rule and at else None
            if rule is None or states[longer] is not None:
                more = chance * (closed if repeated else closed + opened)
                grown.setdefault(longer, [0.0, 0.0])[1] += more
    return {prefix: (both[0], both[1]) for prefix, both in grown.items()}


def _digits(
    views: list[_View], text: str, own: float, rule: Pattern | None
) -> Iterator[DecodedDigit]:
    """Yield each digit of `text` with its confidence and its place."""
    rivals = [_rivals(text, at, rule) for at in range(len(text))]
    chances = _chances(views, {rival for each in rivals for rival in each})
    places = _places(views[0].steps, text)
    for digit, each, (first, last) in zip(text, rivals, places, strict=True):
        against = sum(chances[rival] for rival in each)
        yield DecodedDigit(int(digit), own / max(own + against, TINY), first, last)


def _rivals(text: str, at: int, rule: Pattern | None) -> list[str]:
    """Return `text` with every other digit, and with none, in place of one."""
    others = [text[:at] + digit + text[at + 1 :] for digit in ("", *"0123456789")]
    return [each for each in others if each != text and (rule is None or rule.matches(each))]


def _chances(views: list[_View], texts: set[str]) -> dict[str, float]:
    """Return the probability of each text; those of one length are worked out together."""
    found: dict[str, float] = {}
    for _, group in groupby(sorted(texts, key=len), key=len):
        same = list(group)
        found.update(zip(same, _likelihoods(views, same).tolist(), strict=True))
    return found


def _spelt(texts: list[str], blank: int) -> NDArray[np.int64]:
    """Return texts of one length with blanks around every digit, (m, 2 n + 1)."""
    spelt = np.full((len(texts), 2 * len(texts[0]) + 1), blank)
    for row, text in zip(spelt, texts, strict=True):
        row[1::2] = [int(digit) for digit in text]
    return spelt


def _likelihoods(views: list[_View], texts: list[str]) -> Floats:
    """Return the probability of each text, all of one length, over every way to spell it: (m,).

    a_t(s) = p_t(l_s) (a_(t-1)(s) + a_(t-1)(s - 1) + a_(t-1)(s - 2) where l_s is a digit and not the
    digit before). Graves et al. 2006, equation 7. Of several views the weighed sum.
    """
    blank = views[0].steps.shape[1] - 1
    labels = _spelt(texts, blank)
    skips = np.zeros(labels.shape)
    skips[:, 2:] = (labels[:, 2:] != labels[:, :-2]) & (labels[:, 2:] != blank)
    ways = np.zeros((len(views), *labels.shape))
    ways[..., 0] = 1.0
    for step in np.stack([view.steps for view in views], axis=1):
        moved = ways.copy()
        moved[..., 1:] += ways[..., :-1]
        moved[..., 2:] += skips[:, 2:] * ways[..., :-2]
        ways = moved * step[:, labels]
    total: Floats = np.array([view.weight for view in views]) @ ways[..., -2:].sum(axis=-1)
    return total


def _places(steps: Floats, text: str) -> list[tuple[int, int]]:
    """Return the first and last step of each digit on the likeliest path (Viterbi 1967)."""
    if not text:
        return []
    labels = _spelt([text], steps.shape[1] - 1)[0]
    chances = np.log(np.maximum(steps[:, labels], TINY))
    skips = np.zeros(len(labels), bool)
    skips[2:] = (labels[2:] != labels[:-2]) & (labels[2:] != steps.shape[1] - 1)
    best = np.full(len(labels), -np.inf)
    best[:2] = chances[0, :2]
    came = np.zeros(chances.shape, np.int64)
    for number in range(1, len(steps)):
        ways = np.full((3, len(labels)), -np.inf)
        ways[0], ways[1, 1:] = best, best[:-1]
        ways[2, 2:] = np.where(skips[2:], best[:-2], -np.inf)
        came[number] = ways.argmax(axis=0)
        best = ways.max(axis=0) + chances[number]
    at = len(labels) - 1 - int(best[-2] > best[-1])
    path = [at]
    for back in came[:0:-1]:
        at -= int(back[at])
        path.append(at)
    taken = np.array(path[::-1])
    found = (np.flatnonzero(taken == 2 * number + 1) for number in range(len(text)))
    return [(int(each[0]), int(each[-1])) for each in found]
