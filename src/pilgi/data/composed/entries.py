"""What the catalog says of the sets that are composed of others."""

from typing import Final

from pilgi.data.composed import clutter
from pilgi.data.formats.arrays import DIGITS
from pilgi.data.source import Source

COMPOSED_SOURCES: Final = (
    Source(
        name="clutter",
        title="Digits among clutter",
        summary={
            "en": "MNIST's digits on a register's pages, cut out among neighbours, rules and marks",
            "ko": "MNIST의 숫자를 장부에 적은 것처럼 놓고 옆 숫자, 괘선과 함께 잘라 낸 그림",
        },
        licence="that of MNIST: CC BY-SA 3.0",
        reference="src/pilgi/data/composed/clutter.py",
        pictures=2 * clutter.COUNT,
        classes=DIGITS,
        shape=(28, 28),
        format="composed",
        parts={"train": (), "test": ()},
        of="mnist",
    ),
)
