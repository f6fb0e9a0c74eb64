"""What reading answers: text, confidence and place."""

from dataclasses import dataclass, replace
from typing import Any

from pilgi.read.homography import Box
from pilgi.recognizer import Digit

UNSURE = "?"


@dataclass(frozen=True)
class Reading:
    """A digit or a number on a page.

    text: its digits; None where not sure. confidence: the probability of the text as a whole.
    box: left, top, width and height in the pixels of the upright picture. digits: one by one.
    """

    text: str | None
    confidence: float
    box: Box
    digits: tuple[Digit, ...]

    @property
    def seen(self) -> str:
        """The digits, `?` where not sure."""
        return "".join(digit.digit or UNSURE for digit in self.digits)

    def where_sure(self, least: float) -> "Reading":
        """Return it with None for what has less confidence than `least`, text and digits."""
        digits = tuple(
            replace(each, digit=each.digit if each.confidence >= least else None)
            for each in self.digits
        )
        sure = self.confidence >= least and all(each.digit is not None for each in digits)
        return replace(self, text=self.text if sure else None, digits=digits)

    def to_json(self) -> dict[str, Any]:
        """Return the reading as the command line's JSON documents it."""
        return {
            "text": self.text,
            "confidence": self.confidence,
            "box": list(self.box),
            "digits": [{"digit": at.digit, "confidence": at.confidence} for at in self.digits],
        }
