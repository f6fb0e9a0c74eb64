r"""What a number may look like: a small regular grammar over digits, and checksums.

    pattern  = [checksum ":"] choice        choice = row {"|" row}        row = {atom [count]}
    atom     = digit | "\d" | "[" digits and ranges "]" | "(" choice ")"
    count    = "?" | "*" | "+" | "{n}" | "{n,}" | "{n,m}"

A name of `NAMED` stands for its pattern. Matching walks by derivatives: what is left of a pattern
once a digit has been read is again a pattern (Brzozowski 1964, Journal of the ACM 11), so no table
is built and any prefix can be asked whether a number may go on from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from pilgi.errors import PatternError, nearest

Node = tuple[Any, ...]
State = tuple[Node, tuple[int, ...]]

NEVER: Final[Node] = ("never",)
END: Final[Node] = ("end",)
MOST: Final = 64
"""Repetitions a count may ask for."""

NAMED: Final[Mapping[str, str]] = {
    "date": r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])",
    "amount": r"0|[1-9]\d*",
    "card": r"luhn:\d{13,19}",
}
"""date: year, month and day, 20261121. amount: no zero in front. card: with Luhn's check digit."""


@dataclass(frozen=True)
class Checksum:
    """A rule over all digits as an automaton: its first state, a step, which states may end."""

    start: tuple[int, ...]
    step: Callable[[tuple[int, ...], int], tuple[int, ...]]
    accepts: Callable[[tuple[int, ...]], bool]


def _luhn(state: tuple[int, ...], digit: int) -> tuple[int, ...]:
    """Go on with both sums: the newest digit taken once, and taken twice."""
    once, twice = state
    return (twice + digit) % 10, (once + 2 * digit - (9 if digit > 4 else 0)) % 10


CHECKSUMS: Final[Mapping[str, Checksum]] = {
    "luhn": Checksum((0, 0), _luhn, lambda state: state[0] == 0),
}
"""luhn: of cards and many accounts, ISO/IEC 7812-1."""

FREE: Final = Checksum((), lambda state, _: state, lambda _: True)


@dataclass(frozen=True)
class Pattern:
    """A grammar and a checksum, walked digit by digit."""

    root: Node
    checksum: Checksum = FREE

    @property
    def start(self) -> State:
        """The state before the first digit."""
        return self.root, self.checksum.start

    def step(self, state: State, digit: int) -> State | None:
        """Return the state after one more digit, None where no number goes on so."""
        left = _derivative(state[0], digit)
        return None if left == NEVER else (left, self.checksum.step(state[1], digit))

    def accepts(self, state: State) -> bool:
        """Say whether a number may end here."""
        return _nullable(state[0]) and self.checksum.accepts(state[1])

    def matches(self, text: str) -> bool:
        """Say whether `text`, digits alone, is such a number."""
        state: State | None = self.start
        for digit in text:
            state = self.step(state, int(digit)) if state else None
        return state is not None and self.accepts(state)


def parse(text: str) -> Pattern:
    r"""Return the pattern that `text` writes.

    >>> parse(r"\d{3}[05]").matches("1235")
    True

    Raises PatternError for what is not one.
    """
    text = NAMED.get(text, text)
    rule, colon, rest = text.partition(":")
    if colon and rule not in CHECKSUMS:
        raise PatternError(f"pattern '{text}': no checksum '{rule}'; {nearest(rule, CHECKSUMS)}")
    reader = _Reader(rest if colon else text, text)
    if not reader.left:
        raise reader.refusal("no number is written in it")
    root = reader.choice()
    if reader.left:
        raise reader.refusal(f"'{reader.left[0]}' has nothing before it to belong to")
    return Pattern(root, CHECKSUMS[rule] if colon else FREE)


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, text: str, whole: str) -> None:
        self.left, self.whole = text, whole

    def refusal(self, why: str) -> PatternError:
        return PatternError(
            f"pattern '{self.whole}': {why}; write digits, \\d, [0-5], (1|2), counts ? * + {{n}} "
            f"{{n,m}}, or one of: {', '.join(NAMED)}"
        )

    def choice(self) -> Node:
        found = self.row()
        while self.left.startswith("|"):
            self.left = self.left[1:]
            found = _either(found, self.row())
        return found

    def row(self) -> Node:
        found = END
        while self.left and self.left[0] not in "|)?*+{":
            found = _then(found, self.counted(self.atom()))
        return found

    def atom(self) -> Node:
        first, self.left = self.left[0], self.left[1:]
        if first == "(":
            inner = self.choice()
            self.expect(")")
            return inner
        if first == "[":
            return self.digits()
        if first == "\\" and self.left.startswith("d"):
            self.left = self.left[1:]
            return ("digit", frozenset(range(10)))
        if first not in "0123456789":
            raise self.refusal(f"'{first}' is not a digit, and only digits are read")
        return ("digit", frozenset({int(first)}))

    def digits(self) -> Node:
        inside, bracket, self.left = self.left.partition("]")
        if not bracket or not inside:
            raise self.refusal("a '[' needs digits and its ']'")
        found, at = set(), 0
        while at < len(inside):
            first, last = inside[at], inside[at]
            if inside[at + 1 : at + 2] == "-" and at + 2 < len(inside):
                last, at = inside[at + 2], at + 2
            if not (first.isdecimal() and last.isdecimal() and first.isascii() and first <= last):
                raise self.refusal(f"[{inside}] holds more than digits and ranges such as 0-5")
            found |= set(range(int(first), int(last) + 1))
            at += 1
        return ("digit", frozenset(found))

    def counted(self, atom: Node) -> Node:
        first = self.left[:1]
        if first and first in "?*+":
            self.left = self.left[1:]
            return _repeated(atom, int(first == "+"), 1 if first == "?" else None)
        if first != "{":
            return atom
        inside, brace, self.left = self.left[1:].partition("}")
        low, comma, high = inside.partition(",")
        if not brace or not low.isdecimal() or not (high.isdecimal() or not high):
            raise self.refusal("a '{' needs a count such as {5} or {2,4}")
        most = (int(high) if high else None) if comma else int(low)
        if max(int(low), most or 0) > MOST or (most is not None and most < int(low)):
            raise self.refusal(f"{{{inside}}} is not a count from 0 to {MOST}")
        return _repeated(atom, int(low), most)

    def expect(self, sign: str) -> None:
        if not self.left.startswith(sign):
            raise self.refusal(f"a '{sign}' is missing")
        self.left = self.left[1:]


def _repeated(node: Node, low: int, high: int | None) -> Node:
    """Return `node` from `low` to `high` times, None for any number."""
    found = ("star", node) if high is None else END
    for _ in range((high or low) - low):
        found = _either(END, _then(node, found))
    for _ in range(low):
        found = _then(node, found)
    return found


def _then(first: Node, second: Node) -> Node:
    if NEVER in (first, second):
        return NEVER
    if first == END:
        return second
    return first if second == END else ("then", first, second)


def _either(first: Node, second: Node) -> Node:
    if first in (NEVER, second):
        return second
    return first if second == NEVER else ("either", first, second)


@lru_cache(maxsize=4096)
def _nullable(node: Node) -> bool:
    """Say whether `node` may end before any digit."""
    kind, *parts = node
    if kind == "then":
        return _nullable(parts[0]) and _nullable(parts[1])
    if kind == "either":
        return _nullable(parts[0]) or _nullable(parts[1])
    return kind in ("end", "star")


@lru_cache(maxsize=4096)
def _derivative(node: Node, digit: int) -> Node:
    """Return what is left of `node` after `digit`."""
    kind, *parts = node
    if kind == "digit":
        return END if digit in parts[0] else NEVER
    if kind == "either":
        return _either(_derivative(parts[0], digit), _derivative(parts[1], digit))
    if kind == "star":
        return _then(_derivative(parts[0], digit), node)
    if kind == "then":
        taken = _then(_derivative(parts[0], digit), parts[1])
        return _either(taken, _derivative(parts[1], digit)) if _nullable(parts[0]) else taken
    return NEVER
