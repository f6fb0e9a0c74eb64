"""What the catalog says of the sets that are drawn by rule: no file, no network."""

from typing import Final

from pilgi.data.drawn import digit_shapes, letters, scribbles
from pilgi.data.formats.arrays import DIGITS
from pilgi.data.source import Source

DRAWN_SOURCES: Final = (
    Source(
        name="hands",
        title="Hands of other countries",
        summary={
            "en": "Drawn by rule: the 1 with an upstroke, the crossed 7, the slashed 0, the open 8",
            "ko": "규칙으로 그린 숫자: 올려 쓴 1, 가로줄 있는 7, 빗금 친 0, 위가 열린 8",
        },
        licence="Pilgi's own",
        reference="src/pilgi/data/drawn/digit_shapes.py",
        pictures=digit_shapes.COUNT,
        classes=DIGITS,
        shape=(28, 28),
        format="drawn",
        parts={"all": ()},
    ),
    Source(
        name="letters",
        title="Letters",
        summary={
            "en": "Drawn by rule: Latin letters as plotters write them and Hangul, in shaken hands",
            "ko": "규칙으로 그린 글자: 플로터가 쓰는 로마자와 한글, 흔들린 손으로",
        },
        licence="Pilgi's own, after Hershey's fonts",
        reference="src/pilgi/data/drawn/letters.py; Hershey 1967, Calligraphy for Computers",
        pictures=letters.EACH * len(letters.LATIN) + letters.SYLLABLES,
        classes=letters.CLASSES,
        shape=(28, 28),
        format="drawn",
        parts={"all": ()},
    ),
    Source(
        name="scribbles",
        title="Scribbles",
        summary={
            "en": "Drawn by rule: blanks, scribbles and pairs of digits, of which none is a digit",
            "ko": "규칙으로 그린 빈 그림, 낙서, 숫자 두 개: 어느 것도 숫자 하나가 아니다",
        },
        licence="Pilgi's own",
        reference="src/pilgi/data/drawn/scribbles.py",
        pictures=scribbles.EACH * len(scribbles.FAMILIES),
        classes=tuple(scribbles.FAMILIES),
        shape=(28, 28),
        format="drawn",
        parts={"train": (), "test": ()},
    ),
)
