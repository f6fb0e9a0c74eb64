"""Long lying bands, of which ruled lines are some; pilgi/ink/ruled_lines.py and C's bands.c.

Bands are masks, (n, height, width); the first is none, so that there always is one.
"""

from typing import Final

from pilgi.export.ink_graph.levels import LEVELS
from pilgi.export.ink_graph.operators import (
    cut,
    ends,
    flat,
    gathered,
    joined,
    larger,
    largest,
    number,
    padded,
    shaped,
    side,
    span,
    sums_up_to,
    taken,
    total,
    turned,
    where,
    whole,
)
from pilgi.export.ink_graph.parts import parts
from pilgi.export.ink_graph.windows import dilated, eroded
from pilgi.export.ink_graph.writing import Value, emit, emit_several, local
from pilgi.ink.ruled_lines import GAP, OVERHANG, RUN, THICKEST

PAPER: Final = -1
NONE: Final = -2
"""Instead of a part: no run is there; no pixel is of it."""


@local
def bands(ink: Value) -> tuple[Value, Value]:
    """The connected parts of long lying runs that span the picture, and how thick each is.

    They span three quarters of the width and are no thicker than a twentieth of the height.
    """
    height, width = side(ink, 0), side(ink, 1)
    mask, part = whole(ink > 0), flat(_runs(ink))
    names, _, rank, _ = emit_several("Unique", 4, joined(NONE, part), sorted=1)
    at = shaped(cut(rank, 0, 1), height, width) * width + span(width)
    counts = shaped(gathered(mask, at, side(names, 0) * width), -1, width)
    (first, last), thickness = ends(counts > 0, 1), _thickness(counts)
    spans = (last + 1 - first) * 4 >= width * 3
    lies = (names > PAPER) & spans & (thickness * THICKEST <= height) | (names < PAPER)
    chosen, thick = (emit("Compress", each, lies, axis=0) for each in (names, thickness))
    found = emit("Equal", shaped(chosen, -1, 1), part) & flat(ink > 0)
    return shaped(whole(found), -1, height, width), thick


def _runs(ink: Value) -> Value:
    """Return which part of long lying runs each pixel is of, or that it is of none.

    A faint line has gaps; a tilted one is a stair of short runs, longer when drawn thicker.
    """
    gap, run = (larger(side(ink, 1) // share, 3) for share in (GAP, RUN))
    whole_rows = eroded(dilated(whole(ink > 0), gap), gap)
    thick = turned(dilated(turned(whole_rows), number(3, ink)))
    runs = dilated(eroded(thick, run), run)
    return where(runs > 0, parts(runs), PAPER)


def _thickness(counts: Value) -> Value:
    """Return the lower quartile of (n, columns) where there are any; 0 for none."""
    falling, _ = emit_several("TopK", 2, counts, side(counts, 1), axis=1)
    some = total(whole(counts > 0), 1)
    place = larger(some - 1 - some // 4, 0)
    return flat(emit("GatherElements", falling, shaped(place, -1, 1), axis=1))


@local
def overhangs(bands: Value, rest: Value) -> Value:
    """1 for each of the bands that reaches a 16th of the width beyond the mask on both sides."""
    overhang = side(rest, 1) // OVERHANG
    (first, last), (left, right) = ends(largest(bands, 1) > 0, 1), ends(largest(rest, 0) > 0)
    beyond = (first + overhang <= left) & (right + overhang <= last)
    return whole(beyond & (first <= last))


@local
def medians(masks: Value, ink: Value) -> Value:
    """The middle level of each mask's ink: the one at n // 2 of n; 256 where there is none."""
    kinds = side(masks, 0)
    at = shaped(span(kinds), -1, 1, 1) * len(LEVELS) + ink
    counts = shaped(gathered(masks, at, kinds * len(LEVELS)), -1, len(LEVELS))
    upto = sums_up_to(counts, 1)
    return total(whole(upto <= cut(upto, 1, -1) // 2), 1)


@local
def thin(bands: Value, thickness: Value, ink: Value) -> Value:
    """The pixels of the bands where the ink is about as thick as the band is.

    That is in a run of ink, downwards, shorter than max(3, 3/2 thickness + 2), and, where that is
    even, in the first pixel of a longer one: such a window lies off its middle.
    """
    length = shaped(larger(thickness * 3 // 2 + 2, 3), -1, 1, 1)
    inked = whole(ink > 0)
    first = inked * (1 - cut(padded(inked, 1, 0, 0, 0), 0, 0, -1))
    columns = side(ink, 1)
    run = sums_up_to(first) * columns + span(columns)  # a number of its own for each
    height = taken(gathered(inked, run, (side(ink, 0) + 1) * columns), run)
    about_as_thick = (height < length) | ((first > 0) & (length % 2 < 1))
    return whole((bands > 0) & about_as_thick)
