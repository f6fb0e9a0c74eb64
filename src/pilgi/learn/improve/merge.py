"""The members' graphs, side by side on the same ink, and one answer at the end."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import onnx
from onnx import compose, helper, numpy_helper

from pilgi.errors import RecognizerError
from pilgi.recognizer import OUTPUT, Recognizer

Parts = tuple[list[Any], list[Any]]
"""Nodes and initializers."""


def merge(members: Sequence[Recognizer], how: str) -> bytes:
    """Return one graph, uint8 ink in and logits out, in which the members answer together.

    how: a key of `COMBINATIONS`. Raises RecognizerError where the members' ONNX versions differ.
    """
    models = [_renamed(member, f"m{number}_") for number, member in enumerate(members)]
    opsets = {tuple((one.domain, one.version) for one in model.opset_import) for model in models}
    if len(opsets) > 1:
        raise RecognizerError(
            f"the members were written with different ONNX operators ({sorted(opsets)}); train "
            "them again with one version"
        )
    nodes = [node for model in models for node in model.graph.node]
    weights = [weight for model in models for weight in model.graph.initializer]
    more_nodes, more_weights = COMBINATIONS[how](members)
    graph = helper.make_graph(
        [*nodes, *more_nodes],
        "ensemble",
        list(models[0].graph.input),
        [_output(members[0])],
        [*weights, *more_weights],
    )
    model = helper.make_model(graph, opset_imports=models[0].opset_import)
    model.ir_version = models[0].ir_version
    model.functions.extend(function for one in models for function in one.functions)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))


def _renamed(member: Recognizer, prefix: str) -> Any:
    """Return the member's model, every name of its own but the input's."""
    model = onnx.load_from_string(member.content)
    return compose.add_prefix(model, prefix, rename_inputs=False)


def _output(member: Recognizer) -> Any:
    classes = len(member.classes)
    return helper.make_tensor_value_info(OUTPUT, onnx.TensorProto.FLOAT, ["n", classes])


def average(members: Sequence[Recognizer]) -> Parts:
    """Return z = log(1/k sum_i softmax(z_i / T_i)), so that softmax(z) is the mean probability.

    Computed as a logarithm of a sum of exponentials of log-softmaxes: nothing underflows.
    """
    nodes, weights = _log_probabilities(members)
    stacked, summed, shift = "e_stacked", "e_summed", "e_shift"
    nodes += [
        helper.make_node("Concat", [f"e{i}_stack" for i in range(len(members))], [stacked], axis=0),
        helper.make_node("ReduceLogSumExp", [stacked, "e_axis"], [summed], keepdims=0),
        helper.make_node("Sub", [summed, shift], [OUTPUT]),
    ]
    weights.append(_constant(shift, np.float32(np.log(len(members)))))
    return nodes, weights


def tie_share(k: int) -> float:
    """Return what the mean probability weighs beside k votes: less than one vote of them."""
    return 1 / (2 * (k + 1))


def votes(members: Sequence[Recognizer]) -> Parts:
    """Return z = log(share of the votes); the mean probability settles ties and no more.

    q = (1 - e) votes / k + e mean_i p_i with e = 1 / (2 (k + 1)): one vote more, 1/k, always
    outweighs it.
    """
    k = len(members)
    tie = tie_share(k)
    classes = len(members[0].classes)
    nodes, weights = _log_probabilities(members)
    for i in range(k):
        nodes += [
            helper.make_node("ArgMax", [f"e{i}_logp"], [f"e{i}_answer"], axis=1, keepdims=0),
            helper.make_node(
                "OneHot", [f"e{i}_answer", "e_classes", "e_values"], [f"e{i}_vote"], axis=1
            ),
            helper.make_node("Exp", [f"e{i}_logp"], [f"e{i}_p"]),
        ]
    nodes += [
        helper.make_node("Mean", [f"e{i}_vote" for i in range(k)], ["e_share"]),
        helper.make_node("Mean", [f"e{i}_p" for i in range(k)], ["e_mean"]),
        helper.make_node("Mul", ["e_share", "e_most"], ["e_weighted"]),
        helper.make_node("Mul", ["e_mean", "e_tie"], ["e_settling"]),
        helper.make_node("Add", ["e_weighted", "e_settling"], ["e_q"]),
        helper.make_node("Max", ["e_q", "e_least"], ["e_positive"]),
        helper.make_node("Log", ["e_positive"], [OUTPUT]),
    ]
    weights += [
        _constant("e_classes", np.int64(classes)),
        _constant("e_values", np.array([0, 1], np.float32)),
        _constant("e_most", np.float32(1 - tie)),
        _constant("e_tie", np.float32(tie)),
        _constant("e_least", np.float32(1e-12)),
    ]
    return nodes, weights


def _log_probabilities(members: Sequence[Recognizer]) -> Parts:
    """Return each member's log softmax(z_i / T_i), (n, classes), and with an axis before it."""
    nodes, weights = list[Any](), [_constant("e_axis", np.array([0], np.int64))]
    for i, member in enumerate(members):
        nodes += [
            helper.make_node("Div", [f"m{i}_{OUTPUT}", f"e{i}_temperature"], [f"e{i}_scaled"]),
            helper.make_node("LogSoftmax", [f"e{i}_scaled"], [f"e{i}_logp"], axis=1),
            helper.make_node("Unsqueeze", [f"e{i}_logp", "e_axis"], [f"e{i}_stack"]),
        ]
        weights.append(_constant(f"e{i}_temperature", np.float32(member.metadata.temperature)))
    return nodes, weights


def _constant(name: str, value: Any) -> Any:
    return numpy_helper.from_array(np.asarray(value), name)


COMBINATIONS: Final[Mapping[str, Callable[[Sequence[Recognizer]], Parts]]] = {
    "average": average,
    "votes": votes,
}
