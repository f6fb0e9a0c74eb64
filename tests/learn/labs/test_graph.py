"""The graph's gradients, held to torch's autograd."""

import pytest
import torch

from pilgi.learn import labs
from pilgi.learn.labs.graph import (
    BackpropOptions,
    GraphOptions,
    Node,
    backward,
    linear,
    multiply,
    order,
    sums,
)


@pytest.mark.parametrize(("w", "x", "b"), [(-2.0, 5.0, 3.0), (0.5, -1.5, 0.0)])
def test_gradients_of_the_line_are_autograd_s(w, x, b):
    leaves = [torch.tensor(value, requires_grad=True) for value in (w, x, b)]
    (leaves[0] * leaves[1] + leaves[2]).backward()
    root = linear(BackpropOptions(w, x, b))
    backward(root)
    ours = {node.name: node.gradient for node in order(root)}
    assert [ours[name] for name in "wxb"] == [leaf.grad.item() for leaf in leaves]


def test_gradients_of_an_input_used_twice_add_up():
    a, b, c = (torch.tensor(value, requires_grad=True) for value in (5.0, 2.0, 3.0))
    (b * c + (b + a)).backward()
    figures = labs.run("graph").figures
    assert [figures[f"df/d{name}"] for name in "abc"] == [
        a.grad.item(),
        b.grad.item(),
        c.grad.item(),
    ]


def test_the_square_of_a_node_has_twice_its_gradient():
    x = Node("x", 3.0)
    root = multiply("f", x, x)
    backward(root)
    assert x.gradient == 6.0


def test_going_back_twice_does_not_add_up():
    root = sums(GraphOptions())
    backward(root)
    backward(root)
    assert root.gradient == 1.0
    assert order(root)[0].gradient == 4.0


def test_inputs_come_before_what_needs_them():
    names = [node.name for node in order(sums(GraphOptions()))]
    assert names == ["b", "c", "e", "a", "d", "f"]
