"""Prefix beam search (Hannun et al. 2014) in halvings; see `pilgi.read.decode`."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi.export.lines.logarithms import MORE, NONE, REACH, STEP_BITS, units
from pilgi.export.lines.rule import Rule

BEAM: Final = 16
RULED_BEAM: Final = 32
"""Prefixes kept at each step; more where a rule will refuse most of them."""

UNTRIED: Final = units(1e-4)
RULED_UNTRIED: Final = units(1e-6)
"""A label so much less likely than the likeliest of its step is not tried."""

LONGEST: Final = 127
"""Places in a line: a prefix does not grow beyond."""

Text = tuple[int, ...]


class Prefix(NamedTuple):
    """A text so far: the logarithms of its paths that end in blank, and of those that do not.

    state: of the rule, where there is one.
    """

    text: Text
    closed: int
    opened: int
    state: int = 0

    @property
    def total(self) -> int:
        """Of all its paths."""
        return _either(self.closed, self.opened)


def search(lattice: NDArray[np.int64], rule: Rule | None = None) -> dict[Text, int]:
    """Return the texts at the beam's end with the logarithms of their probabilities, best first.

    rule: only numbers that look so; every prefix kept can still become one.
    """
    beam, width = [Prefix((), 0, NONE)], RULED_BEAM if rule else BEAM
    for step in lattice.tolist():
        grown = _grown(beam, step, rule)
        beam = sorted(grown, key=lambda prefix: -prefix.total)[:width]
    ended = (prefix for prefix in beam if rule is None or rule.ends[prefix.state])
    return {prefix.text: prefix.total for prefix in ended}


def _grown(beam: list[Prefix], step: list[int], rule: Rule | None) -> list[Prefix]:
    """Return the prefixes as they are, then what each may grow to, in the beam's order."""
    least = max(step) + (RULED_UNTRIED if rule else UNTRIED)
    tried = [label for label, chance in enumerate(step[:-1]) if chance > least]
    kept = {prefix.text: _stayed(prefix, step, tried) for prefix in beam}
    fresh = []
    for prefix in beam:
        for label in tried if len(prefix.text) < LONGEST else ():
            state = rule.after(prefix.state, label) if rule else 0
            if state < 0:
                continue
            longer = (*prefix.text, label)
            before = prefix.closed if prefix.text[-1:] == (label,) else prefix.total
            more = step[label] + before
            if longer in kept:
                known = kept[longer]
                kept[longer] = known._replace(opened=_either(known.opened, more))
            else:
                fresh.append(Prefix(longer, NONE, more, state))
    return [*kept.values(), *fresh]


def _stayed(prefix: Prefix, step: list[int], tried: list[int]) -> Prefix:
    last = prefix.text[-1] if prefix.text else -1
    opened = step[last] + prefix.opened if last in tried else NONE
    return prefix._replace(closed=step[-1] + prefix.total, opened=opened)


_MORE: Final = MORE.tolist()


def _either(one: int, other: int) -> int:
    """Return `logarithms.either` of two numbers, without numpy's cost for each."""
    most, below = max(one, other), abs(one - other)
    if below >= REACH:
        return most
    step, along = below >> STEP_BITS, below & ((1 << STEP_BITS) - 1)
    fall = ((_MORE[step] - _MORE[step + 1]) * along + (1 << (STEP_BITS - 1))) >> STEP_BITS
    found: int = most + _MORE[step] - fall
    return found
