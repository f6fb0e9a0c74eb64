"""What reading answers: text, confidence and place, and what is left open."""

from dataclasses import dataclass, replace
from typing import Any, Final

from pilgi.read.decode import Decoded, Separator
from pilgi.read.homography import Box
from pilgi.recognizer import Digit

UNSURE = "?"
NOT_SURE: Final = "not sure"
"""The answer where none can be given."""

MOSTLY_OTHER: Final = 1 / 3
"""Where so many places of a line hold something else than a digit, it is no number."""


@dataclass(frozen=True)
class Reading:
    """A digit or a number on a page.

    text: its digits; None where not sure of all of them. confidence: the probability of all of
    them, whether they are answered or not. box: left, top, width and height in the pixels of the
    upright picture. digits: one by one, None for one that is left open. separators: what stands
    between them and was left out. other: the share of its places that hold something else.
    declined: whether it is "not sure" as a whole, and not for open digits alone.
    """

    text: str | None
    confidence: float
    box: Box
    digits: tuple[Digit, ...]
    separators: tuple[Separator, ...] = ()
    other: float = 0.0
    declined: bool = False

    @classmethod
    def of_line(cls, line: Decoded, box: Box) -> "Reading":
        """Return what was decoded as a reading, all its digits answered."""
        digits = tuple(each.named for each in line.digits)
        return cls(line.text or None, line.confidence, box, digits, line.separators, line.other)

    @property
    def seen(self) -> str:
        """The digits, `?` where not sure."""
        return "".join(digit.digit or UNSURE for digit in self.digits)

    @property
    def answer(self) -> str:
        """The number, its open digits as `?`, or "not sure"."""
        return NOT_SURE if self.declined or not self.digits else self.seen

    def where_sure(self, least: float) -> "Reading":
        """Return it with what has less confidence than `least` left open; 0 answers everything.

        A digit of less confidence is open. Where the rest of the number still has less, the least
        sure digits are opened one by one until it has not; its probability is taken for that of the
        whole number over the open digits' own. Where more than half would be open, where there are
        none, or where a third of the line is something else, it is declined as a whole.
        """
        if not least:
            return self
        opened = self._doubtful(least)
        declined = 2 * len(opened) > len(self.digits) or not self.digits
        declined |= self.other >= MOSTLY_OTHER
        if declined:
            opened = {at for at, each in enumerate(self.digits) if each.confidence < least}
        digits = tuple(
            replace(each, digit=None) if at in opened else each
            for at, each in enumerate(self.digits)
        )
        text = None if opened or declined else self.text
        return replace(self, text=text, digits=digits, declined=declined)

    def _doubtful(self, least: float) -> set[int]:
        """Return which digits are to be left open, so that the rest is sure enough."""
        by_doubt = sorted(range(len(self.digits)), key=lambda at: self.digits[at].confidence)
        opened: set[int] = set()
        rest = self.confidence
        for at in by_doubt:
            own = self.digits[at].confidence
            if own >= least and rest >= least:
                break
            opened.add(at)
            rest = min(1.0, rest / own) if own else 1.0
        return opened

    def to_json(self) -> dict[str, Any]:
        """Return the reading as the command line's JSON documents it."""
        return {
            "text": self.text,
            "confidence": self.confidence,
            "box": list(self.box),
            "digits": [_digit(each) for each in self.digits],
            "seen": self.seen,
            "answer": self.answer,
            "separators": [
                {"after": each.after, "confidence": each.confidence} for each in self.separators
            ],
        }


def agrees(answer: str, text: str) -> bool:
    """Say whether `text` is one of the numbers that an answer with open digits leaves.

    >>> agrees("13?6", "1316"), agrees("13?6", "1317"), agrees("13?6", "136")
    (True, False, False)
    """
    pairs = zip(answer, text, strict=False)
    return len(answer) == len(text) and all(one in (UNSURE, other) for one, other in pairs)


def _digit(digit: Digit) -> dict[str, Any]:
    guesses = [{"digit": each.digit, "confidence": each.confidence} for each in digit.guesses]
    return {"digit": digit.digit, "confidence": digit.confidence, "guesses": guesses}
