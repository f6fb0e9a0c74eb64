"""Letters drawn by rule."""

import numpy as np
import pytest
from HersheyFonts import HersheyFonts

from pilgi import ink
from pilgi.data import CATALOG, LOOKALIKES, load
from pilgi.data.drawn import letters
from pilgi.data.splits import without_lookalikes


def picture(letter, number=0):
    return ink.from_strokes(letters.drawing(letter, number), y_up=False)


@pytest.mark.parametrize("letter", letters.CLASSES)
def test_every_letter_is_drawn_and_drawn_otherwise_each_time(letter):
    first, again, other = (picture(letter, number) for number in (0, 0, len(letters.FONTS)))
    assert first.any()
    assert (first == again).all()
    assert (first != other).any()


def test_a_bent_letter_keeps_the_strokes_of_its_font():
    for font, number in (("futural", 0), ("scripts", 1), ("timesi", 4)):
        assert letters.FONTS[number] == font
        written = HersheyFonts()
        written.load_default_font(font)
        strokes = list(written.strokes_for_text("K"))
        assert [len(line) for line in letters.drawing("K", number)] == list(map(len, strokes))


def test_a_syllable_has_two_parts_or_more():
    parts = [letters.drawing(letters.HANGUL, number) for number in range(50)]
    assert min(map(len, parts)) >= 2
    assert max(map(len, parts)) > 5


def test_the_set_holds_each_letter_as_often_as_the_catalog_says(monkeypatch):
    assert CATALOG["letters"].pictures == letters.EACH * 52 + letters.SYLLABLES
    monkeypatch.setattr(letters, "EACH", 2)
    monkeypatch.setattr(letters, "SYLLABLES", 3)
    split = load("letters")
    assert np.bincount(split.labels).tolist() == [2] * 52 + [3]
    assert (split.images[0] == picture("A", 0)).all()
    assert (split.images[-1] == picture(letters.HANGUL, 2)).all()
    plain = without_lookalikes(split)
    assert len(plain) == len(split) - 2 * len(LOOKALIKES)
