"""What stands between digits, and instead of them: signs, letters, scribbles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from string import ascii_letters, ascii_lowercase, ascii_uppercase
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.data import loading
from pilgi.data.drawn.letters import HANGUL
from pilgi.data.formats.arrays import DIGITS
from pilgi.data.lines.glyphs import Glyph, Glyphs, joined, pieces
from pilgi.data.lines.held_out import held_out
from pilgi.data.lines.signs import ruled_signs
from pilgi.data.lines.symbols import OTHER, SEPARATOR
from pilgi.data.lookalikes import LOOKALIKES
from pilgi.data.split import Split, content_hash
from pilgi.ink.geometry import Grey, crop, normalize

SIGNED: Final[Mapping[str, str]] = {"sheets-signs": "train"}
"""Sets of the catalog with signs by hand, and the part that is learnt from; their letters too."""

LETTERED: Final[Mapping[str, str]] = {"unipen-letters": "all", "letters": "train"}
"""Sets of letters, and the part that is learnt from: where writers are known, some are held out."""

FONTS: Final = (
    *("DejaVuSans", "DejaVuSans-Oblique", "DejaVuSans-Bold", "DejaVuSansMono"),
    *("DejaVuSerif", "DejaVuSerif-Italic", "STIXGeneral", "STIXGeneralItalic"),
)
"""Of those that come with matplotlib: words are printed too."""

UNSEEN_FONTS: Final = ("DejaVuSerif-Bold", "DejaVuSansMono-Oblique", "STIXGeneralBol", "cmr10")

SCRIBBLES: Final = frozenset(
    {"zigzag", "spiral", "tangle", "sticks", "hatching", "doodle", "coil", "polygon", "face"}
    | {"struck"}
)
"""Families of scribbles that are neither digits nor signs."""

SMALL: Final = frozenset("acemnorsuvwxz")
HANGING: Final = frozenset("gjpqy")
X_HEIGHT: Final = 0.66
BELOW: Final = 0.3
"""Heights of small letters, and of tails below the line, in heights of a digit."""

WIDEST: Final = 1.6
POINTS: Final = 64
"""The size letters are printed in, before they are brought to 28x28."""


@dataclass(frozen=True, eq=False)
class Others:
    """What lines hold beside digits.

    signs: pieces by the sign's name. alphabets: of each hand or font its small letters and its
    capitals. plain: letters that nobody takes for a digit or a sign. scribbles: pieces.
    """

    signs: Mapping[str, Glyphs]
    alphabets: tuple[tuple[Glyphs, Glyphs], ...]
    plain: Glyphs
    scribbles: Glyphs

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """How often words are of each alphabet: by the square root of how many letters it has."""
        sizes = np.sqrt([len(small) + len(capitals) for small, capitals in self.alphabets])
        shares: NDArray[np.float64] = sizes / sizes.sum()
        return shares

    @cached_property
    def sha256(self) -> str:
        """SHA-256 over every piece; see `content_hash`."""
        letters = (case for alphabet in self.alphabets for case in alphabet)
        every = joined([*self.signs.values(), self.scribbles, *letters])
        return content_hash(every.images, every.labels)


def learnt_others() -> Others:
    """Return the signs, letters and scribbles that training lines are composed with.

    Of sets whose writers are known, every seventh writer's are left out, as of the digits.
    Raises DataError where a set is not at hand.
    """
    parts = {**LETTERED, **SIGNED}
    found = {name: held_out(loading.load(name, part))[0] for name, part in parts.items()}
    scribbles = of_classes(loading.load("scribbles", "train"), SCRIBBLES)
    return _others(found, FONTS, scribbles)


def unseen_others() -> Others:
    """Return letters and scribbles that no training of `lines` sees, and signs.

    Letters of held-out writers, of the test part of those drawn by rule, and in other fonts; other
    families of scribbles. The signs drawn by rule are the same as in training.
    """
    found = {
        name: held_out(loading.load(name, part))[1] if part == "all" else loading.load(name, "test")
        for name, part in {**LETTERED, **SIGNED}.items()
    }
    scribbles = loading.load("scribbles", "test")
    return _others(found, UNSEEN_FONTS, of_classes(scribbles, frozenset(scribbles.classes)))


def _others(found: Mapping[str, Split], fonts: tuple[str, ...], scribbles: Glyphs) -> Others:
    named = frozenset(ascii_letters) - LOOKALIKES - {"x"}
    by_hand = (each for split in found.values() for each in alphabets(split))
    return Others(
        _signs([split for name, split in found.items() if name in SIGNED]),
        (*by_hand, *map(printed, fonts)),
        joined([of_classes(split, named) for split in found.values()]),
        scribbles,
    )


def _signs(by_hand: list[Split]) -> dict[str, Glyphs]:
    """Return each sign's pieces: those drawn by rule, and those of people where there are any.

    A set of single signs does not say where on its line a sign stood: as the rule has it.
    """
    ruled = ruled_signs()
    found = {name: [*drawings] for name, drawings in ruled.items()}
    for split in by_hand:
        for name in ruled.keys() & set(split.classes):
            places = ruled[name]
            images = split.images[split.labels == split.classes.index(name)]
            found[name] += [
                places[at % len(places)]._replace(image=image) for at, image in enumerate(images)
            ]
    return {name: pieces(drawings, SEPARATOR) for name, drawings in found.items()}


def alphabets(split: Split) -> Iterator[tuple[Glyphs, Glyphs]]:
    """Yield a set's small letters and capitals, and its syllables; whose they are is not asked."""
    if set(ascii_letters) <= set(split.classes):
        small, capitals = (frozenset(case) for case in (ascii_lowercase, ascii_uppercase))
        yield of_classes(split, small), of_classes(split, capitals)
    if HANGUL in split.classes:
        syllables = of_classes(split, frozenset({HANGUL}))
        yield syllables, syllables


def of_classes(split: Split, names: frozenset[str]) -> Glyphs:
    """Return the pictures of some classes as pieces that are no digits."""
    named = np.array(split.classes)[split.labels]
    chosen = np.flatnonzero(np.isin(named, list(names))).tolist()
    return pieces((_standing(split.images[at], named[at]) for at in chosen), OTHER)


def _standing(image: Grey, name: str) -> Glyph:
    """Return a letter as tall as its name says, on the line or with a tail below it."""
    height, width = crop(image).shape
    tall = X_HEIGHT if name in SMALL else 1.0
    longer = min(tall * max(height, width) / max(1, height), WIDEST)
    return Glyph(image, longer, BELOW if name in HANGING else 0.0)


def printed_digits() -> Split:
    """Return the ten digits in each font: without them type would be letters to a net."""
    drawn = [_printed(face(font), digit).image for font in FONTS for digit in DIGITS]
    return Split("printed", np.stack(drawn), np.tile(np.arange(10), len(FONTS)), DIGITS)


def face(font: str) -> Any:
    """Return one of matplotlib's fonts."""
    from matplotlib import get_data_path
    from PIL import ImageFont

    return ImageFont.truetype(f"{get_data_path()}/fonts/ttf/{font}.ttf", POINTS)


def printed(font: str) -> tuple[Glyphs, Glyphs]:
    """Return the small letters and the capitals of one of matplotlib's fonts."""
    small, capitals = (
        pieces((_printed(face(font), letter) for letter in case), OTHER)
        for case in (ascii_lowercase, ascii_uppercase)
    )
    return small, capitals


def _printed(face: Any, letter: str) -> Glyph:
    from PIL import Image, ImageDraw

    line = 2 * POINTS
    canvas = Image.new("L", (3 * POINTS, 3 * POINTS))
    ImageDraw.Draw(canvas).text((POINTS, line), letter, 255, face, anchor="ls")
    drawn = np.asarray(canvas)
    capital, foot = -face.getbbox("H", anchor="ls")[1], np.flatnonzero(drawn.any(axis=1))[-1] + 1
    return Glyph(normalize(drawn), max(crop(drawn).shape) / capital, (int(foot) - line) / capital)
