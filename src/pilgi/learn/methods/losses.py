"""Losses. build(options) -> loss(logits, labels), a scalar in nats.

logits: (n, classes) float; labels: (n,) int64.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch import Tensor
from torch.nn import functional

from pilgi.learn.methods.entry import STRICT, Entry

Loss = Callable[[Tensor, Tensor], Tensor]
BuildLoss = Callable[[Any], Loss]


@validated(frozen=True, config=STRICT)
class CrossEntropyOptions:
    """label_smoothing: the share of the target spread evenly over all classes, in [0, 1).

    reduction: the batch's losses averaged ("mean") or added up ("sum").
    """

    label_smoothing: Annotated[float, Field(ge=0, lt=1)] = 0.0
    reduction: Literal["mean", "sum"] = "mean"


def cross_entropy(options: CrossEntropyOptions) -> Loss:
    """Return L = -sum_k t_k log softmax(z)_k, t = (1 - s) onehot + s / classes, computed stably."""

    def loss(logits: Tensor, labels: Tensor) -> Tensor:
        return functional.cross_entropy(
            logits,
            labels,
            label_smoothing=options.label_smoothing,
            reduction=options.reduction,
        )

    return loss


LOSSES: Final[Mapping[str, Entry[BuildLoss]]] = {
    "cross_entropy": Entry(
        build=cross_entropy,
        Options=CrossEntropyOptions,
        summary={
            "en": "How surprised the softmax is by the right answer.",
            "ko": "소프트맥스가 정답에 얼마나 놀라는지를 잽니다.",
        },
        when={
            "en": "For classification, always; some label smoothing keeps the net from certainty.",
            "ko": "분류에는 언제나 씁니다. 라벨 스무딩을 조금 주면 지나친 확신을 막습니다.",
        },
        formula="L = -sum_k t_k log softmax(z)_k, t = (1 - s) onehot(y) + s / classes",
        reference="Szegedy, Vanhoucke, Ioffe, Shlens and Wojna 2016, CVPR (label smoothing)",
    ),
}
