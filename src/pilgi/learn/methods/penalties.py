"""Penalties on the weights. build(options) -> Penalty, which adds to the loss or mends the weights.

W are the weights of linear and convolutional layers as matrices, one row a unit or filter.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch import Tensor, nn

from pilgi.learn.methods.entry import STRICT, Entry

Strength = Annotated[float, Field(gt=0)]


@dataclass(frozen=True)
class Penalty:
    """loss: what is added to the loss, None for nothing. mend: called after each step, or None."""

    loss: Callable[[nn.Module], Tensor] | None = None
    mend: Callable[[nn.Module], None] | None = None


BuildPenalty = Callable[[Any], Penalty]


@validated(frozen=True, config=STRICT)
class NormOptions:
    """strength: c. biases: whether they are held back too."""

    strength: Strength = 1e-4
    biases: bool = False


@validated(frozen=True, config=STRICT)
class MaxNormOptions:
    """largest: c, the longest a unit's row of weights may be."""

    largest: Strength = 3.0


@validated(frozen=True, config=STRICT)
class OrthogonalityOptions:
    """strength: c."""

    strength: Strength = 1e-4


def l1(options: NormOptions) -> Penalty:
    """Return c sum |w|: it drives weights to exactly 0."""

    def loss(network: nn.Module) -> Tensor:
        return options.strength * _total(w.abs().sum() for w in _held(network, options.biases))

    return Penalty(loss=loss)


def l2(options: NormOptions) -> Penalty:
    """Return c/2 sum w^2, coupled: its gradient c w goes through the optimizer as the loss's does.

    The decoupled form is `weight_decay` of adamw, lion and muon; for sgd the two are the same.
    """

    def loss(network: nn.Module) -> Tensor:
        half = options.strength / 2
        return half * _total(w.square().sum() for w in _held(network, options.biases))

    return Penalty(loss=loss)


def max_norm(options: MaxNormOptions) -> Penalty:
    """After each step, w = w c / ||w|| for each row with ||w|| > c: the course's restriction."""

    def mend(network: nn.Module) -> None:
        with torch.no_grad():
            for weight in _held(network, biases=False):
                lengths = weight.flatten(1).norm(dim=1).clamp_min(options.largest)
                weight.mul_((options.largest / lengths).view(-1, *[1] * (weight.dim() - 1)))

    return Penalty(mend=mend)


def orthogonality(options: OrthogonalityOptions) -> Penalty:
    """Return c sum ||W W^T - 1||_F^2, of the smaller side: units that look at different things."""

    def loss(network: nn.Module) -> Tensor:
        terms = (_distance(weight.flatten(1)) for weight in _held(network, biases=False))
        return options.strength * _total(terms)

    return Penalty(loss=loss)


def _distance(matrix: Tensor) -> Tensor:
    short = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.T
    eye = torch.eye(len(short), device=matrix.device)
    return (short @ short.T - eye).square().sum()


def _held(network: nn.Module, biases: bool) -> list[Tensor]:
    """Return the learnt weights, and biases where asked, of linear and convolutional layers."""
    parts = [part for part in network.modules() if isinstance(part, nn.Linear | nn.Conv2d)]
    layers = [layer for layer in parts if layer.weight.requires_grad]
    weights: list[Tensor] = [layer.weight for layer in layers]
    return weights + [layer.bias for layer in layers if biases and layer.bias is not None]


def _total(terms: Iterator[Tensor]) -> Tensor:
    return torch.stack(list(terms)).sum()


PENALTIES: Final[Mapping[str, Entry[BuildPenalty]]] = {
    "l1": Entry(
        build=l1,
        Options=NormOptions,
        summary={
            "en": "Charges for the size of every weight.",
            "ko": "모든 가중치의 크기만큼 벌점을 줍니다.",
        },
        when={
            "en": "When most weights should be exactly 0.",
            "ko": "가중치 대부분을 정확히 0으로 만들고 싶을 때 씁니다.",
        },
        formula="L' = L + c sum |w|",
        reference="Tibshirani 1996, Journal of the Royal Statistical Society B 58",
    ),
    "l2": Entry(
        build=l2,
        Options=NormOptions,
        summary={
            "en": "Charges for the square of every weight: weight decay.",
            "ko": "가중치 제곱만큼 벌점을 줍니다. 가중치 감쇠입니다.",
        },
        when={
            "en": "When the training score runs away from the validation score.",
            "ko": "학습 성적만 좋아지고 검증 성적은 따라오지 않을 때 씁니다.",
        },
        formula="L' = L + c/2 sum w^2",
        reference="Krogh and Hertz 1991, NeurIPS",
    ),
    "max_norm": Entry(
        build=max_norm,
        Options=MaxNormOptions,
        summary={
            "en": "Keeps each unit's weights within a ball.",
            "ko": "유닛마다 가중치 벡터의 길이에 한계를 둡니다.",
        },
        when={
            "en": "With dropout and large learning rates.",
            "ko": "드롭아웃과 큰 학습률을 함께 쓸 때 씁니다.",
        },
        formula="w = w c / ||w|| where ||w|| > c",
        reference="Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov 2014, JMLR 15",
    ),
    "orthogonality": Entry(
        build=orthogonality,
        Options=OrthogonalityOptions,
        summary={
            "en": "Charges units that look at the same thing.",
            "ko": "같은 것을 보는 유닛들에 벌점을 줍니다.",
        },
        when={
            "en": "In deep nets, to keep signals from shrinking or growing.",
            "ko": "깊은 신경망에서 신호가 줄거나 커지지 않게 할 때 씁니다.",
        },
        formula="L' = L + c sum ||W W^T - 1||^2",
        reference="Bansal, Chen and Wang 2018, NeurIPS",
    ),
}
