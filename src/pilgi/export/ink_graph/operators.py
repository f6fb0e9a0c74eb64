"""ONNX's operators by the words that the steps are written in.

A picture is (height, width), a mask a picture of 0 and 1, a number has the shape (1,).
"""

from typing import Any, Final

import numpy as np

from pilgi.export.ink_graph.writing import Given, Value, emit

INT64: Final = 7
FLOAT: Final = 1
DOUBLE: Final = 11
"""ONNX's numbers of these types."""

END: Final = 2**63 - 1
"""Beyond every axis."""

ZERO: Final = np.array(0, np.int64)
ONE: Final = np.array(1, np.int64)
"""Without a shape, which few operators ask for."""


def number(value: int, like: Value) -> Value:
    """Return a number that is no value yet; like: any value of the same function."""
    return like.writer.value(value)


def whole(values: Value) -> Value:
    """Return int64 of anything; 1 where a bool holds."""
    return emit("Cast", values, to=INT64)


def side(values: Value, axis: int) -> Value:
    """Return how long an axis is."""
    return emit("Shape", values, start=axis, end=axis + 1)


def span(length: Value) -> Value:
    """Return 0, 1, ... length - 1."""
    scalar = emit("Reshape", length, np.zeros(0, np.int64))
    return emit("Range", ZERO, scalar, ONE)


def joined(*parts: Given) -> Value:
    """Return the parts one after another along the first axis."""
    return emit("Concat", *parts, axis=0)


def shaped(values: Value, *shape: Value | int) -> Value:
    """Return the same numbers in another shape: -1 is what is left, 0 what that axis was."""
    return emit("Reshape", values, _listed(values, shape))


def _listed(like: Value, numbers: tuple[Value | int, ...]) -> Value:
    if all(isinstance(each, int) for each in numbers):
        return like.writer.value(np.array(numbers, np.int64))
    return joined(*numbers)


def flat(values: Value) -> Value:
    """Return all values in a row."""
    return shaped(values, -1)


def turned(values: Value) -> Value:
    """Return a picture with rows and columns exchanged."""
    return emit("Transpose", values, perm=[1, 0])


def where(condition: Value, then: Given, otherwise: Given) -> Value:
    """Return `then` where the condition holds, else `otherwise`."""
    return emit("Where", condition, then, otherwise)


def larger(one: Value, other: Given) -> Value:
    """Return the larger of two, each by each.

    Max and Min are not used: onnxruntime's look at the lower 32 bits of int64 alone (1.31 still).
    """
    return where(one > other, one, other)


def smaller(one: Value, other: Given) -> Value:
    """Return the smaller of two, each by each."""
    return where(one < other, one, other)


def clipped(values: Value, low: int, high: int) -> Value:
    """Return the values inside low .. high."""
    return smaller(larger(values, low), high)


def total(values: Value, axis: int | None = None) -> Value:
    """Return the sum along an axis, which goes; of all, where none is named."""
    return _reduced("ReduceSum", values, axis)


def largest(values: Value, axis: int | None = None) -> Value:
    """Return the largest along an axis, which goes; of all, where none is named."""
    return _reduced("ReduceMax", values, axis)


def smallest(values: Value, axis: int | None = None) -> Value:
    """Return the smallest along an axis, which goes; of all, where none is named."""
    return _reduced("ReduceMin", values, axis)


def _reduced(kind: str, values: Value, axis: int | None) -> Value:
    if axis is None:
        return emit(kind, flat(values), [0], keepdims=1)
    return emit(kind, values, [axis], keepdims=0)


def any_of(holds: Value) -> Value:
    """Return whether a bool holds anywhere."""
    return largest(whole(holds)) > 0


def cut(values: Value, axis: int, start: Given, stop: Given = END, step: Given = 1) -> Value:
    """Return values[start:stop:step] along an axis, as numpy does."""
    return emit("Slice", values, start, stop, [axis], step)


def taken(values: Value, places: Given, axis: int = 0) -> Value:
    """Return what lies at the places along an axis."""
    return emit("Gather", values, places, axis=axis)


def gathered(values: Value, places: Value, size: Given) -> Value:
    """Return, for each place below `size`, the sum of the values that belong there, (size,)."""
    return _scattered("add", values, places, size)


def farthest(values: Value, places: Value, size: Given) -> Value:
    """Return, for each place below `size`, the largest of the values there, or 0, (size,)."""
    return _scattered("max", values, places, size)


def _scattered(reduction: str, values: Value, places: Value, size: Given) -> Value:
    zeros = emit("Expand", number(0, values), size)
    return emit("ScatterElements", zeros, flat(places), flat(values), axis=0, reduction=reduction)


def ones(like: Value) -> Value:
    """Return a 1 for each value."""
    return emit("Expand", number(1, like), emit("Shape", like))


def sums_up_to(values: Value, axis: int = 0) -> Value:
    """Return, at each place along an axis, the sum of what lies up to it."""
    return emit("CumSum", values, np.array(axis, np.int64))


def differs(one: Value, other: Value) -> Value:
    """Return whether two are different anywhere."""
    return any_of(~emit("Equal", one, other))


def ends(holds: Value, axis: int | None = None) -> tuple[Value, Value]:
    """Return the first and the last place where a bool holds; the length and -1 where none does.

    axis: 1 for each row of (n, length); None for (length,).
    """
    length = side(holds, axis or 0)
    places = span(length)
    first = smallest(where(holds, places, length), axis)
    return first, largest(where(holds, places, -1), axis)


def padded(picture: Value, *around: Value | int, mode: str = "constant") -> Value:
    """Return `picture` with rows and columns around it: above, left, below, right; zeros."""
    pads = _listed(picture, around)
    constant: Any = ZERO if mode == "constant" else None
    return emit("Pad", picture, pads, constant, mode=mode)
