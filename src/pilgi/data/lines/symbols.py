"""What a recognizer of lines may see in a place: ten digits, a separator, or something else."""

from typing import Final

from pilgi.data.formats.arrays import DIGITS

SEPARATOR: Final = 10
"""The label of a minus, plus, slash, point, comma, percent, colon, times or equals."""

OTHER: Final = 11
"""The label of a letter, a scribble, whatever is none of the others."""

CLASSES: Final = (*DIGITS, "separator", "other")
"""The classes of a recognizer that knows both, in the order of its lattice; blank follows.

One that knows digits alone has ten.
"""

ALPHABET: Final = "0123456789-?"
"""Each label as a character of a line's text."""


def spelt(labels: tuple[int, ...] | list[int]) -> str:
    """Return labels as text: `-` for a separator, `?` for something else.

    >>> spelt([3, SEPARATOR, 1, 4])
    '3-14'
    """
    return "".join(ALPHABET[label] for label in labels)


def labels_of(text: str) -> tuple[int, ...]:
    """Return the labels that `spelt` made `text` of."""
    return tuple(map(ALPHABET.index, text))


def number_in(text: str) -> str:
    """Return `text` without its separators.

    >>> number_in("3-14")
    '314'
    """
    return text.replace(ALPHABET[SEPARATOR], "")
