"""Letters drawn by rule."""

import numpy as np
import pytest
from HersheyFonts import HersheyFonts

from pilgi import ink
from pilgi.data import CATALOG, LOOKALIKES, load
from pilgi.data.drawn import letters
from pilgi.data.lookalikes import without_lookalikes

WHOLE = letters.EACH * 52 + letters.SYLLABLES  # before tests draw fewer


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


def test_letters_stand_upright_and_bend_each_time_otherwise():
    drawings = [np.concatenate(letters.drawing("A", 5 * number)) for number in range(20)]
    for points in drawings:
        low = points[:, 1] > np.quantile(points[:, 1], 0.7)
        high = points[:, 1] < np.quantile(points[:, 1], 0.3)
        assert np.ptp(points[low, 0]) > np.ptp(points[high, 0])
    assert len({tuple(points.round(6)[0]) for points in drawings}) == 20


def test_a_syllable_has_two_parts_and_often_a_third_below_them(monkeypatch):
    counts = []
    monkeypatch.setattr(letters, "_written", lambda *given: counts.append(given[1]) or [])
    for number in range(100):
        letters.drawing(letters.HANGUL, number)
    below = sum(place[1] == 0.68 for place in counts)
    assert 30 < below < 70
    assert len(counts) == 200 + below


def test_the_set_holds_each_letter_as_often_as_the_catalog_says(monkeypatch):
    assert CATALOG["letters"].pictures == WHOLE
    monkeypatch.setattr(letters, "EACH", 2)
    monkeypatch.setattr(letters, "SYLLABLES", 3)
    split = load("letters")
    assert np.bincount(split.labels).tolist() == [2] * 52 + [3]
    assert (split.images[0] == picture("A", 0)).all()
    assert (split.images[-1] == picture(letters.HANGUL, 2)).all()
    plain = without_lookalikes(split)
    assert len(plain) == len(split) - 2 * len(LOOKALIKES)
