"""What every chart is made of."""

from collections.abc import Sequence
from itertools import pairwise

from pilgi.report.markup import Markup, tag

Point = tuple[float, float]


def chart(width: float, height: float, label: str, *children: Markup) -> Markup:
    """Return an SVG that scales with the page; `label` is what a screen reader says of it."""
    return tag(
        "svg",
        *children,
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        aria_label=label,
        style=f"max-width:{width:g}px",
    )


def line(start: Point, end: Point, class_: str = "rule") -> Markup:
    """Return a straight line."""
    return tag("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], class_=class_)


def polyline(points: Sequence[Point], class_: str) -> Markup:
    """Return a line through the points."""
    return tag("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), class_=class_)


def dot(centre: Point, class_: str, radius: float = 3.0) -> Markup:
    """Return a filled point."""
    return tag("circle", cx=centre[0], cy=centre[1], r=radius, class_=class_)


def text(at: Point, content: str, anchor: str = "start", class_: str | None = None) -> Markup:
    """Return a text whose first baseline begins, is centred or ends at a point."""
    return tag("text", content, x=at[0], y=at[1], text_anchor=anchor, class_=class_)


def tip(content: str) -> Markup:
    """Return what a pointer resting on the element shows."""
    return tag("title", content)


def apart(positions: Sequence[float], distance: float) -> list[float]:
    """Move labels' positions apart until neighbours are `distance` from each other.

    >>> apart([10.0, 12.0], 16.0)
    [3.0, 19.0]
    """
    order = sorted(range(len(positions)), key=positions.__getitem__)
    moved = list(positions)
    for low, high in pairwise(order):
        lack = distance - (moved[high] - moved[low])
        if lack > 0:
            moved[low] -= lack / 2
            moved[high] += lack / 2
    return moved
