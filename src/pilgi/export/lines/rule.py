"""What a number may look like, as a table: from each state the next one, by a digit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from pilgi.data.lines.symbols import SEPARATOR
from pilgi.errors import ExportError

NOWHERE: Final = -1
DIGITS: Final = 10

MOST: Final = 8192
"""States of a table: 160 KB."""


class Grammar(Protocol):
    """A pattern that is walked digit by digit, as `pilgi.read.pattern` has them."""

    @property
    def start(self) -> Any:
        """The state before the first digit."""

    def step(self, state: Any, digit: int) -> Any:
        """Return the state after one more digit, None where no number goes on so."""

    def accepts(self, state: Any) -> bool:
        """Say whether a number may end here."""


class Rule(NamedTuple):
    """following: int16 (states, 10), -1 where no number goes on. ends: uint8 (states,)."""

    following: NDArray[np.int16]
    ends: NDArray[np.uint8]

    def after(self, state: int, label: int) -> int:
        """Return the state after one more label; separators change nothing, letters fit nowhere."""
        if state < 0 or label == SEPARATOR:
            return state
        return int(self.following[state, label]) if label < DIGITS else NOWHERE

    def fits(self, text: Sequence[int]) -> bool:
        """Say whether a whole text is such a number."""
        state = 0
        for label in text:
            state = self.after(state, label)
        return state >= 0 and bool(self.ends[state])


def rule_of(grammar: Grammar, written: str) -> Rule:
    """Return the table of all states that a pattern reaches, the first one 0.

    written: the pattern as its user wrote it. Raises ExportError where it has too many states.
    """
    numbers, waiting, rows = {grammar.start: 0}, [grammar.start], list[list[int]]()
    while waiting:
        state = waiting.pop(0)
        row = [grammar.step(state, digit) for digit in range(DIGITS)]
        for found in row:
            if found is not None and found not in numbers:
                numbers[found] = len(numbers)
                waiting.append(found)
        rows.append([NOWHERE if found is None else numbers[found] for found in row])
        if len(numbers) > MOST:
            raise ExportError(
                f"pattern '{written}': has more than {MOST:,} states; allow fewer digits or "
                "repetitions"
            )
    ends = [grammar.accepts(state) for state in numbers]
    return Rule(np.array(rows, np.int16), np.array(ends, np.uint8))
