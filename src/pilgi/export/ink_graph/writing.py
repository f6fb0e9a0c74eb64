"""ONNX written as arithmetic: what is worked out of values emits the nodes that work it out.

Every value is int64, and a single number has the shape (1,); what a comparison gives is bool and
stays within its step. A step is a function of values; `local` makes it one of the file's own.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from itertools import count
from typing import Any, Final, ParamSpec, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

DOMAIN: Final = "pilgi.ink"
OPSET: Final = 18
"""ONNX's version from which on everything used here is as it is used: ScatterElements' maximum."""

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class Value:
    """What a node gives, by its name in the function that `writer` writes.

    Division is of what is not negative: ONNX rounds it towards 0.
    """

    writer: Writer
    name: str

    __array_ufunc__ = None  # an array on the left leaves it to the value

    def __add__(self, other: Given) -> Value:
        return emit("Add", self, other)

    def __sub__(self, other: Given) -> Value:
        return emit("Sub", self, other)

    def __rsub__(self, other: Given) -> Value:
        return emit("Sub", other, self)

    def __mul__(self, other: Given) -> Value:
        return emit("Mul", self, other)

    def __floordiv__(self, other: Given) -> Value:
        return emit("Div", self, other)

    def __mod__(self, other: Given) -> Value:
        return emit("Mod", self, other)

    def __lt__(self, other: Given) -> Value:
        return emit("Less", self, other)

    def __le__(self, other: Given) -> Value:
        return emit("LessOrEqual", self, other)

    def __gt__(self, other: Given) -> Value:
        return emit("Greater", self, other)

    def __ge__(self, other: Given) -> Value:
        return emit("GreaterOrEqual", self, other)

    def __and__(self, other: Value) -> Value:
        return emit("And", self, other)

    def __or__(self, other: Value) -> Value:
        return emit("Or", self, other)

    def __invert__(self) -> Value:
        return emit("Not", self)


Given = Value | int | Sequence[int] | NDArray[Any] | None
"""What a node takes: a value, whole numbers, an array of any kind; None where it takes none."""


@dataclass
class _Body:
    """Nodes that are being written: a function's, or a branch's within it."""

    nodes: list[Any]
    constants: dict[Any, Value]


@dataclass(frozen=True)
class Library:
    """The functions written so far, by their names, each after those it calls; all of one opset."""

    opset: int
    functions: dict[str, Any] = field(default_factory=dict)

    def function(self, build: Callable[..., Any]) -> Any:
        """Return the ONNX function of `build`, written when it is first asked for."""
        if build.__name__ not in self.functions:
            self.functions[build.__name__] = self._written(inspect.unwrap(build))
        return self.functions[build.__name__]

    def _written(self, build: Callable[..., Any]) -> Any:
        from onnx import helper

        writer = Writer(self)
        entries = [Value(writer, name) for name in inspect.signature(build).parameters]
        found = build(*entries)
        results = [emit("Identity", each) for each in (found if type(found) is tuple else (found,))]
        return helper.make_function(
            DOMAIN,
            build.__name__,
            [each.name for each in entries],
            [each.name for each in results],
            writer.nodes,
            [helper.make_opsetid("", self.opset), helper.make_opsetid(DOMAIN, 1)],
            doc_string=inspect.getdoc(build),
        )


class Writer:
    """One function as it is written; it may call those of the library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._bodies = [_Body([], {})]
        self._numbers = count()

    @property
    def nodes(self) -> list[Any]:
        """The nodes of the innermost body."""
        return self._bodies[-1].nodes

    def named(self, kind: str) -> Value:
        """Return a new value, which some node is to give."""
        return Value(self, f"{kind.lower()}_{next(self._numbers)}")

    def add(
        self, kind: str, given: Iterable[Given], outputs: int, **attributes: Any
    ) -> tuple[Value, ...]:
        """Write a node and return what it gives."""
        from onnx import helper

        names = ["" if each is None else self.value(each).name for each in given]
        made = tuple(self.named(kind) for _ in range(outputs))
        self.nodes.append(helper.make_node(kind, names, [each.name for each in made], **attributes))
        return made

    def value(self, given: Value | int | Sequence[int] | NDArray[Any]) -> Value:
        """Return a constant of what is no value yet: the same one where it is written already."""
        from onnx import numpy_helper

        if isinstance(given, Value):
            return given
        array = given if isinstance(given, np.ndarray) else np.atleast_1d(np.array(given, np.int64))
        key = (array.dtype.str, array.shape, array.tobytes())
        for body in self._bodies:
            if key in body.constants:
                return body.constants[key]
        (made,) = self.add("Constant", (), 1, value=numpy_helper.from_array(array))
        self._bodies[-1].constants[key] = made
        return made

    def branch(
        self, build: Callable[..., Iterable[Value]], entries: Sequence[Value], turns: bool
    ) -> Any:
        """Return a graph within a node, of what `build` makes of `entries`.

        turns: whether it is a loop's, whose second entry and first result say whether to go on.
        """
        from onnx import helper

        self._bodies.append(_Body([], {}))
        results = [emit("Identity", each) for each in build(*entries)]
        nodes = self._bodies.pop().nodes
        typed = [_typed(each, at == 1, () if at < 2 else None) for at, each in enumerate(entries)]
        given = [_typed(each, turns and at == 0) for at, each in enumerate(results)]
        return helper.make_graph(nodes, "branch", typed, given)

    def call(self, build: Callable[..., Any], given: Sequence[Given]) -> Any:
        """Write a call of the function that `build` builds."""
        outputs = len(self.library.function(build).output)
        made = self.add(build.__name__, given, outputs, domain=DOMAIN)
        return made if outputs > 1 else made[0]


def _typed(value: Value, is_bool: bool, shape: tuple[int, ...] | None = None) -> Any:
    from onnx import TensorProto, helper

    kind = TensorProto.BOOL if is_bool else TensorProto.INT64
    return helper.make_tensor_value_info(value.name, kind, shape)


def local(build: Callable[P, R]) -> Callable[P, R]:
    """Make of a function of values one of the ONNX file: called, it writes a node of its name."""

    @wraps(build)
    def call(*given: P.args, **_: P.kwargs) -> R:
        made: R = _writer(cast("tuple[Given, ...]", given)).call(build, cast(Any, given))
        return made

    return call


def _writer(given: Iterable[Given]) -> Writer:
    return next(each.writer for each in given if isinstance(each, Value))


def emit(kind: str, *given: Given, **attributes: Any) -> Value:
    """Return what a new node of ONNX's operator `kind` gives."""
    return emit_several(kind, 1, *given, **attributes)[0]


def emit_several(kind: str, outputs: int, *given: Given, **attributes: Any) -> tuple[Value, ...]:
    """Return all that a new node of ONNX's operator `kind` gives."""
    return _writer(given).add(kind, given, outputs, **attributes)


def when(condition: Value, then: Callable[[], Value], otherwise: Callable[[], Value]) -> Value:
    """Return what `then` gives where the condition, one bool, holds, else what `otherwise` gives.

    Only one of the two is worked out.
    """
    branches = [
        condition.writer.branch(lambda build=build: (build(),), (), turns=False)
        for build in (then, otherwise)
    ]
    return emit("If", condition, then_branch=branches[0], else_branch=branches[1])


def repeated(
    step: Callable[..., tuple[Value, ...]], *state: Given, times: Given = None
) -> tuple[Value, ...]:
    """Return the state after `step` was taken again and again.

    step: (turn, *state) -> (whether to go on, *state). times: how often at most.
    """
    writer = _writer(state)
    entries = [writer.named(kind) for kind in ("turn", "going", *("state" for _ in state))]
    body = writer.branch(lambda turn, _, *now: step(turn, *now), entries, turns=True)
    return emit_several("Loop", len(state), times, np.array(True), *state, body=body)
