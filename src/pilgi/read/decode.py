"""From a CTC lattice to a number: the likeliest text, how sure, and where each digit stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data.lines.symbols import ALPHABET, OTHER, SEPARATOR, number_in, spelt
from pilgi.read.alignment import TINY, Floats, View, chances_of, places_of, views_of
from pilgi.read.pattern import Pattern, State, parse
from pilgi.recognizer import Digit, Guess

BEAM: Final = 16
FIRM_BEAM: Final = 32
"""Prefixes kept at each step; more where a pattern will refuse most of them."""

LEAST: Final = 1e-4
FIRM_LEAST: Final = 1e-6
"""A digit less likely than this is not tried at a step."""

UNLIKELY: Final = 1e-6
"""A text this much less likely than the likeliest is not searched in every view."""

ALLOWED: Final = 0.1
"""What a pattern allows is taken for so much of the probability at least: of four digits that are
asked for where five stand, the likeliest would be sure among those that fit, whatever stands there.
"""

GUESSES: Final = 2
"""How many digits are named of each place, likeliest first."""

BETWEEN: Final = ALPHABET[SEPARATOR]
ELSE: Final = ALPHABET[OTHER]


@dataclass(frozen=True)
class DecodedDigit:
    """One place: the likeliest digit there, and its share of the probability.

    confidence: against any other digit, a separator, something else, or nothing, given the rest of
    the line; so are the guesses', the likeliest digits there. first, last: the time steps of the
    lattice that the place takes on the likeliest path, both included.
    """

    digit: int
    confidence: float
    first: int
    last: int
    guesses: tuple[Guess, ...] = ()

    @property
    def named(self) -> Digit:
        """The place as a digit that is read."""
        return Digit(str(self.digit), self.confidence, self.guesses)


@dataclass(frozen=True)
class Separator:
    """A minus, slash, point or the like that was seen and left out.

    after: how many digits stand before it. confidence: its share of the probability in its place.
    """

    after: int
    confidence: float


@dataclass(frozen=True)
class Decoded:
    """A number read from a line.

    confidence: the text's probability among all texts, whatever separators stand in it; among those
    that the pattern allows, where they together have `ALLOWED`. other: the share of the places that
    hold something else than a digit, which `text` and `digits` answer with the likeliest digit all
    the same.
    Where nothing that the beam holds fits the pattern, text is "" and confidence 0.
    """

    text: str
    confidence: float
    digits: tuple[DecodedDigit, ...]
    separators: tuple[Separator, ...] = ()
    other: float = 0.0


def decode(lattice: NDArray[np.float32], pattern: str | None = None) -> Decoded:
    r"""Return the likeliest number of a lattice, float (t, 11) log-probabilities, blank last.

    lattice: also (t, 13), of a recognizer that knows separators and what is no digit, and (k, t,
    11 or 13), of k views of one line; a text's probability is the mean over them, and digits stand
    where the first view has them. pattern: what numbers may be, such as `\d{5}` or `date`, see
    `pilgi.read.pattern`; every prefix kept can still become one. Separators do not count for it.
    Prefix beam search: the probability of a text is the sum over every way to spell it (Graves et
    al. 2006; Hannun et al. 2014). Raises PatternError for a pattern that cannot be read.
    """
    rule = None if pattern is None else parse(pattern)
    views, level = views_of(lattice)
    found = _candidates(views, rule)
    if not found:
        return Decoded("", 0.0, ())
    seen, own = _likeliest(found)
    places = list(_places(views, seen, found[seen], rule))
    digits = tuple(each for each in places if isinstance(each, DecodedDigit))
    text = "".join(str(each.digit) for each in digits)
    if ELSE in seen:
        own = chances_of(views, {text})[text]
    allowed = 1.0 if rule is None else max(sum(found.values()) * level, ALLOWED)
    confidence = own * level / allowed
    separators = tuple(each for each in places if isinstance(each, Separator))
    other = _share_of_other(seen if rule is None else _best_path(views[0].steps))
    return Decoded(text, min(1.0, confidence), digits, separators, other)


def _likeliest(found: dict[str, float]) -> tuple[str, float]:
    """Return the likeliest text of the likeliest number, and that number's probability.

    Texts that differ in their separators alone are one number.
    """
    numbers: dict[str, float] = {}
    for text, chance in found.items():
        numbers[number_in(text)] = numbers.get(number_in(text), 0.0) + chance
    number = max(numbers, key=lambda each: numbers[each])
    same = (text for text in found if number_in(text) == number)
    return max(same, key=lambda each: found[each]), numbers[number]


def _share_of_other(seen: str) -> float:
    number = number_in(seen)
    return number.count(ELSE) / len(number) if number else 0.0


def _best_path(steps: Floats) -> str:
    blank = steps.shape[1] - 1
    return spelt([at for at, _ in groupby(steps.argmax(axis=1).tolist()) if at != blank])


def _candidates(views: list[View], rule: Pattern | None) -> dict[str, float]:
    """Return the texts that any view's beam ends with, each with its probability in all views."""
    likely: dict[str, float] = {}
    for view in views:
        for text, chance in _search(view.steps, rule).items():
            likely[text] = likely.get(text, 0.0) + view.weight * chance
    least = UNLIKELY * max(likely.values(), default=0.0)
    return chances_of(views, {text for text, chance in likely.items() if chance >= least})


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
        for label, chance in likely:
            repeated = prefix[-1:] == ALPHABET[label]
            if repeated:
                grown[prefix][1] += chance * opened
            longer = prefix + ALPHABET[label]
            if longer not in states:
                states[longer] = _after(states[prefix], label, rule)
            if rule is None or states[longer] is not None:
                more = chance * (closed if repeated else closed + opened)
                grown.setdefault(longer, [0.0, 0.0])[1] += more
    return {prefix: (both[0], both[1]) for prefix, both in grown.items()}


def _after(at: State | None, label: int, rule: Pattern | None) -> State | None:
    """Return the pattern's state after one more label: separators change nothing."""
    if rule is None or at is None or label == OTHER:
        return None
    return at if label == SEPARATOR else rule.step(at, label)


def _places(
    views: list[View], seen: str, own: float, rule: Pattern | None
) -> Iterator[DecodedDigit | Separator]:
    """Yield what stands in each place of `seen`, with its confidence."""
    known = views[0].steps.shape[1] - 1
    rivals = [_rivals(seen, at, rule, known) for at in range(len(seen))]
    chances = chances_of(views, {text for each in rivals for text in each.values()}) | {seen: own}
    after = 0
    for at, (first, last) in enumerate(places_of(views[0].steps, seen)):
        here = {name: chances[text] for name, text in rivals[at].items()} | {seen[at]: own}
        whole = max(sum(here.values()), TINY)
        if seen[at] == BETWEEN:
            yield Separator(after, own / whole)
            continue
        after += 1
        yield _digit({name: chance / whole for name, chance in here.items()}, first, last)


def _digit(shares: dict[str, float], first: int, last: int) -> DecodedDigit:
    digits = sorted((name for name in shares if name.isdigit()), key=lambda name: -shares[name])
    guesses = tuple(Guess(name, shares[name]) for name in digits[:GUESSES])
    return DecodedDigit(int(guesses[0].digit), guesses[0].confidence, first, last, guesses)


def _rivals(seen: str, at: int, rule: Pattern | None, known: int) -> dict[str, str]:
    """Return what else may stand in one place, or nothing, and the text that makes.

    known: how many classes the lattice has.
    """
    others = {name: seen[:at] + name + seen[at + 1 :] for name in ("", *ALPHABET[:known])}
    return {
        name: text
        for name, text in others.items()
        if text != seen and (rule is None or _fits(text, rule))
    }


def _fits(text: str, rule: Pattern) -> bool:
    return ELSE not in text and rule.matches(number_in(text))
