"""Ruled lines, squares and frames taken out of ink; pilgi/ink/ruled_lines.py, without_rules."""

from pilgi.export.ink_graph.bands import bands, medians, overhangs, thin
from pilgi.export.ink_graph.operators import (
    any_of,
    largest,
    shaped,
    smaller,
    total,
    turned,
    where,
    whole,
)
from pilgi.export.ink_graph.writing import Value, emit, local, when
from pilgi.ink.ruled_lines import FRAME, PARALLEL


@local
def rules(ink: Value) -> Value:
    """Ink without ruled lines: bands that overhang all ink that is no band on both sides, two each
    way (a frame), three in parallel, or each of them that is paler than the other ink.

    Where the ink is clearly thicker than the rule, a stroke crosses it and stays; where rules
    cross, nothing does. A picture of rules alone is left alone.
    """
    lying, lying_thickness = bands(ink)
    standing, standing_thickness = bands(turned(ink))
    rest = whole((ink > 0) & (largest(lying, 0) + turned(largest(standing, 0)) < 1))
    across, down = overhangs(lying, rest), overhangs(standing, turned(rest))
    frame = whole(smaller(total(across), total(down)) >= FRAME)
    found = proven(lying, across, frame, ink, rest)
    upright = proven(standing, down, frame, turned(ink), turned(rest))
    corners = largest(found, 0) * turned(largest(upright, 0))
    gone = (
        corners
        + largest(thin(found, lying_thickness, ink), 0)
        + turned(largest(thin(upright, standing_thickness, turned(ink)), 0))
    )
    kept = where(gone > 0, 0, ink)
    return when(any_of(kept > 0), lambda: kept, lambda: ink)


@local
def proven(bands: Value, across: Value, frame: Value, ink: Value, rest: Value) -> Value:
    """The bands that are rules whatever the crop; others become no band.

    Paler is a median of at most three quarters of the other ink's, where there is any.
    """
    own, others = medians(bands, ink), medians(emit("Unsqueeze", rest, [0]), ink)
    paler = (own * 4 <= others * 3) & any_of(rest > 0)
    ruled = (frame > 0) | (total(across) >= PARALLEL) | paler
    return bands * shaped(across * whole(ruled), -1, 1, 1)
