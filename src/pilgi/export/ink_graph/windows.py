"""The largest and the smallest within a window that slides; OpenCV's dilate and erode.

A window of length n reaches n // 2 pixels back and (n - 1) // 2 on; outside nothing counts.
"""

from pilgi.export.ink_graph.operators import cut, larger, padded, side, smaller, turned
from pilgi.export.ink_graph.writing import Value, local, repeated


@local
def dilated(picture: Value, length: Value) -> Value:
    """The largest within a lying window: twice as long from turn to turn, as far as it may be."""
    back = length // 2
    around = padded(picture, 0, back, 0, length - 1 - back)

    def longer(_: Value, reach: Value, seen: Value) -> tuple[Value, Value, Value]:
        step = smaller(reach, length - reach)
        first, second = cut(seen, 1, 0, side(seen, 1) - step), cut(seen, 1, step)
        return reach + step < length, reach + step, larger(first, second)

    return repeated(longer, 1, around)[1]


@local
def eroded(picture: Value, length: Value) -> Value:
    """The smallest within a lying window."""
    return 255 - dilated(255 - picture, length)


@local
def closed(picture: Value, length: Value) -> Value:
    """The picture dilated, then eroded, by a square window."""
    bright = turned(dilated(turned(dilated(picture, length)), length))
    return turned(eroded(turned(eroded(bright, length)), length))
