"""A picture -> its readings: the page is laid out, each field is cut out and read."""

import math
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

from numpy.typing import NDArray

from pilgi.errors import DataError
from pilgi.read.answers import MOSTLY_OTHER, Reading
from pilgi.read.cutting import NARROW, Cut, cut_out
from pilgi.read.opening import Page, pages
from pilgi.read.pattern import parse
from pilgi.read.readers import DigitReader, LineReader, readers
from pilgi.recognizer import Digit

SURE: Final = 0.5
"""Below an even chance a reading is more likely wrong than right."""

DOUBTFUL: Final = 0.5
"""A number in a narrow field with less confidence may be one digit.

No more than that: who reads single digits is sure of the one in the middle whatever stands beside
it, and would read 14 as 4.
"""

APART: Final = 0.9
"""A number of less confidence is read one character at a time too, where they stand apart."""

NO_DIGIT: Final = 0.1
"""A character that alone has less confidence is none, whatever the line's reader takes it for."""


@dataclass(frozen=True)
class Reader:
    """Reads pages.

    digit, line: who reads what stands alone and what stands in a line. pattern: what every text
    must match; with one, lone digits are read as lines too. least, least_alone: digits and numbers
    of less confidence are left open, in a line and alone; see `Reading.where_sure`.
    """

    digit: DigitReader
    line: LineReader
    pattern: str | None = None
    least: float = SURE
    least_alone: float = SURE

    def read(self, picture: NDArray[Any]) -> list[Reading]:
        """Return what stands in `picture`, top to bottom, left to right; [] where it is blank.

        picture: bool, uint8 or uint16; (height, width), or with 1, 3 (RGB) or 4 (RGBA) channels.
        Raises DataError for other arrays.
        """
        _, found = cut_out(picture)
        return [self.read_cut(cut) for cut in found]

    def read_cut(self, cut: Cut) -> Reading:
        """Return the reading of one field.

        Characters that stand apart are read one by one too, where the line's reader has doubts:
        their digits are the number where all are sure, and one that alone is no digit is left open.
        What turns out to be one digit, however wide, is the digit recognizer's to say. A doubtful
        number in a narrow field may be one digit too: then the surer of the two answers.
        """
        if cut.single and self.pattern is None:
            return self._alone(cut)
        line = Reading.of_line(self.line.read(cut.pixels, self.pattern), cut.box)
        if self.pattern is not None:
            return line.where_sure(self.least)
        digits = self._one_by_one(cut, line)
        if (number := self._number(line, digits)) is not None:
            return number
        said = _doubted(line, digits).where_sure(self.least)
        one = len(line.digits) == 1 and not line.separators
        if not (one or _may_be_one(line)):
            return said
        alone = self._alone(cut)
        surer = alone.text is not None and alone.confidence >= line.confidence
        return alone if one or surer else said

    def _one_by_one(self, cut: Cut, line: Reading) -> tuple[Digit, ...]:
        """Return what each character is read as alone; none where the line is sure.

        Fewer characters of a picture than the line has digits are some that touch, which pass for
        one digit; of a drawing, a wide one that the line's reader takes for two.
        """
        pictures = [] if line.confidence >= APART else cut.apart()
        if len(pictures) < len(line.digits) and not cut.drawn:
            return ()
        return tuple(self.digit.read(each) for each in pictures)

    def _number(self, line: Reading, digits: tuple[Digit, ...]) -> Reading | None:
        """Return the digits' number where all are sure, and together no less than the line.

        Where the line holds something else than digits they must be as sure as it would have to be.
        What it takes for a separator may be a 1: a true one is no digit alone.
        """
        if not digits or min(each.confidence for each in digits) < self.least_alone:
            return None
        sure = math.prod(each.confidence for each in digits)
        text = "".join(each.digit or "" for each in digits)
        found = Reading(text, sure, line.box, digits).where_sure(self.least)
        needed = APART if line.other >= MOSTLY_OTHER else line.confidence
        return found if found.text is not None and sure >= needed else None

    def _alone(self, cut: Cut) -> Reading:
        digit = self.digit.read(cut.pixels if cut.ink is None else cut.ink)
        reading = Reading(digit.digit, digit.confidence, cut.box, (digit,))
        return reading.where_sure(self.least_alone)


def _doubted(line: Reading, digits: tuple[Digit, ...]) -> Reading:
    """Return the line, as little sure of a digit as its character alone is where that is none."""
    if line.separators or len(digits) != len(line.digits):
        return line
    places = tuple(
        replace(place, confidence=min(place.confidence, alone.confidence))
        if alone.confidence < NO_DIGIT
        else place
        for place, alone in zip(line.digits, digits, strict=True)
    )
    return replace(line, digits=places)


def _may_be_one(line: Reading) -> bool:
    """Say whether what was read as a number is narrow and doubtful enough to be one digit."""
    number = line.other < MOSTLY_OTHER
    return number and line.confidence < DOUBTFUL and line.box.w <= NARROW * line.box.h


def open_reader(
    model: str | None = None, pattern: str | None = None, min_confidence: float | None = None
) -> Reader:
    """Return a reader with the shipped recognizers; `model` takes the place of its kind's.

    min_confidence: a digit or a number of less is left open; None is each recognizer's own
    threshold, 0.5 without one.
    Raises RecognizerError where there is no such model, or where it reads something else, and
    PatternError for a pattern that cannot be read.
    """
    if pattern is not None:
        parse(pattern)
    digit, line = readers(model)
    if min_confidence is not None:
        if not 0 <= min_confidence <= 1:
            raise DataError(f"min_confidence {min_confidence}: a share, from 0 to 1")
        return Reader(digit, line, pattern, min_confidence, min_confidence)
    own = digit.metadata.min_confidence
    return Reader(digit, line, pattern, least_alone=SURE if own is None else own)


def read(
    picture: NDArray[Any] | str | Path,
    model: str | None = None,
    pattern: str | None = None,
    min_confidence: float | None = None,
) -> list[Reading]:
    """Return the digits and numbers in a picture, top to bottom, left to right.

    picture: pixels as `Reader.read` takes them, or a file of one page: PNG, JPEG, TIFF, WebP, PDF.
    Raises DataError where it cannot be read as a picture or has several pages.

    >>> [reading.text for reading in pilgi.read("photo.jpg")]  # doctest: +SKIP
    ['2026', '7']
    """
    reader = open_reader(model, pattern, min_confidence)
    pixels = _only_page(picture).pixels if isinstance(picture, str | Path) else picture
    return reader.read(pixels)


def _only_page(file: str | Path) -> Page:
    first, *more = islice(pages(file), 2)
    if more:
        raise DataError(
            f"{file}: several pages, but one is read at a time; take each from "
            "pilgi.read.pages(file) and read its pixels"
        )
    return first
