"""From lattices to the number that stands in a line; see `pilgi.read.decode`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from pilgi.data.lines.symbols import OTHER, SEPARATOR
from pilgi.export.lines.chances import Lattices, chances_of, places_of
from pilgi.export.lines.logarithms import FINER, NONE, any_of, either, units
from pilgi.export.lines.rule import Rule
from pilgi.export.lines.search import Text, search
from pilgi.export.network import FULL, power

UNLIKELY: Final = units(1e-6)
"""A text so much less likely than the likeliest is not looked for in every view."""

ALLOWED: Final = units(0.1)
"""What a rule allows is taken for so much of the probability at least."""

DIGITS: Final = 10


@dataclass(frozen=True)
class Place:
    """What stands in one place.

    label: what is likeliest there, see `pilgi.data.lines.symbols`. digit, second: the likeliest
    digits, -1 where it is a separator; second also where a rule allows no other. confidence,
    unsure: theirs, of 65535, against all else that may stand there, or nothing. first, last: its
    steps of the lattice.
    """

    label: int
    digit: int
    confidence: int
    second: int
    unsure: int
    first: int
    last: int


@dataclass(frozen=True)
class LineAnswer:
    """The number in a line. confidence: of 65535, its probability among all texts.

    Among those of the rule, where there is one and they have `ALLOWED`; where nothing fits it: no
    places, confidence 0.
    """

    places: tuple[Place, ...]
    confidence: int

    @property
    def text(self) -> str:
        """The digits, the likeliest also where something else is likelier."""
        return "".join(str(each.digit) for each in self.places if each.digit >= 0)

    def row(self) -> list[int]:
        """Return it as numbers: how many places, the confidence, seven of each place."""
        rest = [
            number
            for each in self.places
            for number in (
                *(each.label, each.digit, each.confidence),
                *(each.second, each.unsure, each.first, each.last),
            )
        ]
        return [len(self.places), self.confidence, *rest]


def answer(lattices: Lattices, rule: Rule | None = None) -> LineAnswer:
    """Return the likeliest number of (views, t, classes + 1), a text's probability their mean.

    rule: what numbers may look like; separators do not count for it.
    """
    found = _candidates(lattices, rule)
    if not found:
        return LineAnswer((), 0)
    seen, own = _likeliest(found)
    places = tuple(_places(lattices, seen, found[seen], rule))
    if OTHER in seen:
        own = _as_answered(lattices, places)
    whole = units(len(lattices))
    if rule:
        whole = max(int(any_of(list(found.values()))), whole + ALLOWED)
    return LineAnswer(places, share(whole - own))


def share(below: int) -> int:
    """Return 65535 2^(-below / 2^14), rounded down; what is certain and more is certain."""
    rounded = (max(0, below) + (1 << (FINER - 1))) >> FINER
    return int(power(np.array(rounded))) * FULL >> 16


def _candidates(lattices: Lattices, rule: Rule | None) -> dict[Text, int]:
    """Return the texts that any view's beam ends with, in that order, as likely as in all views."""
    likely: dict[Text, int] = {}
    for lattice in lattices:
        for text, chance in search(lattice, rule).items():
            likely[text] = int(either(likely[text], chance)) if text in likely else chance
    least = max(likely.values(), default=0) + UNLIKELY
    kept = [text for text, chance in likely.items() if chance >= least]
    chances = chances_of(lattices, kept)
    return {text: chances[text] for text in kept}


def _likeliest(found: Mapping[Text, int]) -> tuple[Text, int]:
    """Return the likeliest text of the likeliest number, and that number's logarithm."""
    numbers: dict[Text, int] = {}
    for text, chance in found.items():
        number = _number(text)
        numbers[number] = int(either(numbers[number], chance)) if number in numbers else chance
    best = max(numbers, key=lambda each: numbers[each])
    same = (text for text in found if _number(text) == best)
    return max(same, key=lambda each: found[each]), numbers[best]


def _as_answered(lattices: Lattices, places: tuple[Place, ...]) -> int:
    """Return the logarithm of the digits that are answered where something else is likelier."""
    text = tuple(each.digit for each in places if each.digit >= 0)
    return chances_of(lattices, [text])[text]


def _number(text: Text) -> Text:
    return tuple(label for label in text if label != SEPARATOR)


def _places(lattices: Lattices, seen: Text, own: int, rule: Rule | None) -> Iterator[Place]:
    """Yield what stands in each place of `seen`: rivals in the labels' order, nothing first."""
    labels = range(lattices.shape[2] - 1)
    rivals = {text for text in _rivals(seen, labels) if rule is None or rule.fits(text)}
    chances = chances_of(lattices, rivals)
    chances[seen] = own
    for at, (first, last) in enumerate(places_of(lattices[0], seen)):
        before, after = seen[:at], seen[at + 1 :]
        here = [chances.get((*before, label, *after), NONE) for label in labels]
        whole = int(any_of([chances.get((*before, *after), NONE), *here]))
        yield _place(seen[at], here, whole, (first, last))


def _rivals(seen: Text, labels: range) -> set[Text]:
    """Return the texts with something else in one place, or nothing."""
    found = {seen[:at] + seen[at + 1 :] for at in range(len(seen))}
    for at in range(len(seen)):
        found |= {(*seen[:at], label, *seen[at + 1 :]) for label in labels}
    return found


def _place(label: int, here: list[int], whole: int, steps: tuple[int, int]) -> Place:
    if label == SEPARATOR:
        return Place(label, -1, share(whole - here[label]), -1, 0, *steps)
    digit, second = sorted(range(DIGITS), key=lambda each: -here[each])[:2]
    sure, unsure = share(whole - here[digit]), share(whole - here[second])
    other = second if here[second] > NONE else -1
    return Place(label, digit, sure, other, unsure, *steps)
