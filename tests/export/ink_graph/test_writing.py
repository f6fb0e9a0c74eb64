"""Arithmetic that emits nodes."""

import numpy as np
import pytest

from pilgi.export.ink_graph.operators import any_of, ends, side, total
from pilgi.export.ink_graph.writing import Library, Value, local, repeated, when


@local
def doubled(values: Value) -> Value:
    """Twice."""
    return values * 2


@local
def arithmetic(values: Value) -> Value:
    """Operators on both sides, of numbers and arrays."""
    return np.arange(4) - values + (10 - doubled(values)) // 3 % 5


@local
def chosen(values: Value) -> Value:
    """A branch that is not taken is not worked out: it would divide by 0."""
    return when(any_of(values < 0), lambda: values // (total(values) * 0), lambda: values)


@local
def halved(values: Value) -> Value:
    """Again and again, until all are below 10; in hundreds, and how often that took."""

    def step(turn: Value, now: Value, _: Value) -> tuple[Value, Value, Value]:
        half = now // 2
        return any_of(half >= 10), half, turn + 1

    now, turns = repeated(step, values, 0)
    return now * 100 + turns


@local
def two(values: Value) -> tuple[Value, Value]:
    """The first and last place above 0."""
    return ends(values > 0)


@local
def both(values: Value) -> Value:
    """Their sum and the length."""
    first, last = two(values)
    return first + last * 10 + side(values, 0) * 100


@pytest.mark.parametrize(
    ("function", "given", "expected"),
    [
        (doubled, [1, 2], [2, 4]),
        (arithmetic, [1, 2, 3, 4], [1, 1, 0, -1]),
        (chosen, [1, 2], [1, 2]),
        (halved, [100, 3], [600 + 4, 4]),
        (both, [0, 5, 5, 0], [1 + 20 + 400]),
        (both, [0, 0], [2 - 10 + 200]),
    ],
)
def test_what_is_written_is_worked_out(called, function, given, expected):
    assert called(function, 1)(given).tolist() == expected


def test_a_function_is_written_once_and_after_those_it_calls():
    library = Library(20)
    library.function(both)
    library.function(two)
    assert list(library.functions) == ["two", "both"]


def test_a_constant_is_written_once():
    nodes = Library(20).function(arithmetic).node
    constants = [node.output[0] for node in nodes if node.op_type == "Constant"]
    assert len(constants) == len(set(constants)) == 4
