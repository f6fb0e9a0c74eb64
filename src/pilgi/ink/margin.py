"""Paper around the writing: a crop and the same crop with any margin are one picture."""

from typing import Final, NamedTuple

from pilgi.ink.geometry import Grey

EVEN: Final = 8
"""Rows and columns whose darkest pixel is at most this far from the brightest are paper."""


class Window(NamedTuple):
    """Rows top to bottom - 1 and columns left to right - 1 of a picture."""

    top: int
    bottom: int
    left: int
    right: int

    def of(self, grey: Grey) -> Grey:
        """Return that part of `grey`."""
        return grey[self.top : self.bottom, self.left : self.right]


def without_margin(dark: Grey) -> Grey:
    """Return `dark`, ink on bright paper, without its even margins; see `written`."""
    return written(dark).of(dark)


def written(dark: Grey) -> Window:
    """Return what is left of `dark` once its outermost rows and columns of even paper are gone.

    dark: dark ink on bright paper. A row or column goes where none of its pixels is more than 8
    levels darker than the brightest of what is left, again and again. What may go may still go
    once others are gone, so the order does not matter, and a margin of one level, however wide,
    leaves the same window as none. Where no writing would be left, all of it is.
    """
    whole = window = Window(0, dark.shape[0], 0, dark.shape[1])
    while True:
        part = window.of(dark)
        paper = int(part.max()) - EVEN
        if int(part.min()) >= paper:
            return whole
        rows, columns = (part.min(axis=axis) < paper for axis in (1, 0))
        top, left = int(rows.argmax()), int(columns.argmax())
        bottom, right = int(rows[::-1].argmax()), int(columns[::-1].argmax())
        if not (top or bottom or left or right):
            return window
        window = Window(
            window.top + top, window.bottom - bottom, window.left + left, window.right - right
        )
