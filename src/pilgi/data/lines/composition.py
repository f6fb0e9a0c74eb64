"""How composed lines may look: every setting in one frozen value, and its hash."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Final

Range = tuple[float, float]

YOUNGER: Final = {
    **dict.fromkeys(("eight", "turn", "shear", "bent", "pens", "small"), 0.0),
    **dict.fromkeys(("signs", "lettered", "words", "scribbles"), 0.0),
    "rows": (18.0, 30.0),
    "coloured": 0.5,
}
"""Settings that came after the first records, at their defaults: they leave a hash as it was."""


@dataclass(frozen=True)
class Composition:
    """The settings that lines of digits are composed with; ranges are uniform, ends included.

    digits: how many; small numbers of them are more common. touching: the share of neighbours that
    are pushed together until they touch or overlap. overlap: how far those go into each other, gap:
    how far apart the others stay, in heights of a digit. height: of a digit, in pixels of the
    picture. slant: of the line, degrees either way. aspect: a digit's width is multiplied by this.
    nearest: centres of neighbours stay this share of their mean width apart, however they nest.
    wander, sizes: how far a digit's place and its size leave its neighbours', in heights, one
    standard deviation. slope: of the baseline, degrees either way. same_hand: the share of lines by
    one writer.

    thick: the share of lines with the pen made thicker. thin: half the share, of those drawn large
    with a pen of even width, made thinner. ruled: the share between ruled lines. shadow: the share
    in uneven light. contrast: between paper and ink, grey levels. noise: grey levels at most. blur:
    one standard deviation in heights. inverted: the share in bright ink. margin: paper around the
    ink, in heights. jpeg: quality; compressed: the share that is. on_paper: the share of lines that
    meet paper at all; the others are drawn as ink.

    What follows is off unless asked for. eight: the share of lines of eight digits, as dates and
    forms have them. turn, shear: of each digit by itself, degrees either way. bent: the share of
    digits bent by a smooth field. pens: the share of digits each in a pen of its own. signs: the
    share of lines with separators between digits, before and after them. lettered: the share with
    letters among digits. words: the share of words. scribbles: the share of scribbles. small: the
    share of what is on paper that is photographed from far away, rows: how high such pictures are,
    in pixels with their paper. coloured: the share of these in colour.
    """

    digits: tuple[int, int] = (1, 20)
    touching: float = 0.45
    overlap: Range = (0.0, 0.12)
    gap: Range = (0.02, 0.6)
    nearest: float = 0.4
    height: Range = (18.0, 56.0)
    slant: float = 25.0
    aspect: Range = (0.65, 1.5)
    wander: float = 0.05
    sizes: float = 0.07
    slope: float = 3.0
    same_hand: float = 0.8
    thin: float = 0.2
    thick: float = 0.15
    ruled: float = 0.4
    shadow: float = 0.2
    contrast: Range = (60.0, 250.0)
    noise: Range = (0.0, 14.0)
    blur: Range = (0.0, 0.035)
    inverted: float = 0.1
    margin: Range = (0.0, 0.6)
    jpeg: tuple[int, int] = (30, 90)
    compressed: float = 0.7
    on_paper: float = 0.6
    eight: float = 0.0
    turn: float = 0.0
    shear: float = 0.0
    bent: float = 0.0
    pens: float = 0.0
    signs: float = 0.0
    lettered: float = 0.0
    words: float = 0.0
    scribbles: float = 0.0
    small: float = 0.0
    rows: Range = (18.0, 30.0)
    coloured: float = 0.5

    @property
    def sha256(self) -> str:
        """SHA-256 of the settings as JSON, keys sorted, without younger ones that are not used."""
        used = {name: value for name, value in asdict(self).items() if value != YOUNGER.get(name)}
        return hashlib.sha256(json.dumps(used, sort_keys=True).encode()).hexdigest()


SCORED: Final = Composition(
    digits=(5, 5),
    touching=0.62,
    overlap=(0.0, 0.04),
    nearest=0.6,
    height=(24.0, 56.0),
    aspect=(0.7, 1.4),
    contrast=(80.0, 250.0),
    compressed=1.0,
    on_paper=1.0,
)
"""What recognizers are scored with: five digits, more than half of the neighbours touching."""

TEST_LINES: Final = 2000
TEST_SEED: Final = 20261121
"""The lines that every reader of lines is scored on: how many, and what they are drawn from."""
