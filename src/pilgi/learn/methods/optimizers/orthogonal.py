"""Muon: momentum made orthogonal. torch's takes matrices alone; ours takes a whole net."""

from typing import Any, Final

import torch
from pydantic.dataclasses import dataclass as validated
from torch import Tensor
from torch.optim import Optimizer

from pilgi.learn.methods.entry import STRICT
from pilgi.learn.methods.optimizers.groups import Coefficient, Decay, Groups, Rate, uncompiled

QUINTIC: Final = (3.4445, -4.7750, 2.0315)
ITERATIONS: Final = 5


@validated(frozen=True, config=STRICT)
class MuonOptions:
    """learning_rate: e, of what goes by nesterov: first and last layer, biases, norms.

    matrix_rate: times e, of the hidden matrices and filters. momentum: m.
    weight_decay: d, the pull towards 0.
    """

    learning_rate: Rate = 0.1
    matrix_rate: Rate = 0.2
    momentum: Coefficient = 0.9
    weight_decay: Decay = 0.0


def muon(options: MuonOptions, groups: Groups) -> Optimizer:
    """v = m v + g; W -= e' (s U V^T + d W), g + m v = U S V^T, s = sqrt(max(1, rows / columns)).

    A filter is a matrix with one row a filter. The singular values are brought to about 1 by five
    Newton-Schulz iterations; first and last layer, biases and norms go by nesterov.
    """
    return Muon(groups, options)


@uncompiled
class Muon(Optimizer):
    """See `muon`. Weights are told apart by their place in the groups: the net's own order."""

    def __init__(self, groups: Groups, options: MuonOptions) -> None:
        super().__init__(groups, {"lr": options.learning_rate, "weight_decay": 0.0})
        self.momentum, self.matrix_rate = options.momentum, options.matrix_rate
        weights = [w for group in self.param_groups for w in group["params"] if w.dim() > 1]
        self.hidden = {id(weight) for weight in weights[1:-1]}

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """Take one step; there is no closure."""
        del closure
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is not None:
                    self._move(weight, group["lr"], group["weight_decay"])

    def _move(self, weight: Tensor, rate: float, decay: float) -> None:
        if id(weight) not in self.hidden:
            weight.sub_(self._ahead(weight, decay), alpha=rate)
            return
        # Inside the gradient a decay would be made orthogonal with it and lose its size.
        matrix, own = self._ahead(weight, 0.0).flatten(1), rate * self.matrix_rate
        scale = max(1.0, matrix.shape[0] / matrix.shape[1]) ** 0.5
        step = orthogonalized(matrix).view(weight.shape)
        weight.mul_(1 - own * decay).sub_(step, alpha=own * scale)

    def _ahead(self, weight: Tensor, decay: float) -> Tensor:
        """Return g + m v, v taken on by g: Nesterov's step before its rate."""
        gradient = weight.grad.add(weight, alpha=decay)  # type: ignore[union-attr]
        state = self.state[weight]
        if not state:
            state["velocity"] = torch.zeros_like(weight)
        velocity = state["velocity"].mul_(self.momentum).add_(gradient)
        return gradient.add(velocity, alpha=self.momentum)


def orthogonalized(matrix: Tensor) -> Tensor:
    """Return about U V^T of matrix = U S V^T: X = (a + b A + c A^2) X, A = X X^T, five times.

    Every factor is a polynomial of the first A, so the factors commute: they are multiplied up on
    the small side, A = F A F, and the matrix itself is multiplied once.
    """
    a, b, c = QUINTIC
    x = matrix / (matrix.norm() + 1e-7)
    wide = x.shape[0] <= x.shape[1]
    x = x if wide else x.T
    square, product = x @ x.T, torch.eye(min(x.shape), dtype=x.dtype, device=x.device)
    for _ in range(ITERATIONS):
        factor = b * square + c * square @ square
        factor.diagonal().add_(a)
        square, product = factor @ square @ factor, factor @ product
    orthogonal: Tensor = product @ x if wide else (product @ x).T
    return orthogonal
