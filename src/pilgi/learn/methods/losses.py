"""Losses. build(options) -> loss(logits, targets), a scalar.

logits: (n, classes) float; targets: labels (n,) int64, or shares (n, classes) that add up to 1.
Of those in `SEQUENCE`, logits: (n, t, classes + 1), blank last; targets: labels (n, most) int64,
each filled up with -1.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal

import torch
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

    def loss(logits: Tensor, targets: Tensor) -> Tensor:
        return functional.cross_entropy(
            logits,
            targets,
            label_smoothing=options.label_smoothing,
            reduction=options.reduction,
        )

    return loss


@validated(frozen=True, config=STRICT)
class ReductionOptions:
    """reduction: the batch's losses averaged ("mean") or added up ("sum")."""

    reduction: Literal["mean", "sum"] = "mean"


def naive_cross_entropy(options: ReductionOptions) -> Loss:
    """Return L = -sum_k t_k log(softmax(z)_k) as written: NaN where a softmax reaches 0.

    The course's first loss. 0 log 0 is 0 on paper and not a number in a computer.
    """

    def loss(logits: Tensor, targets: Tensor) -> Tensor:
        shares = shares_of(targets, logits)
        return _reduced(-shares * logits.softmax(1).log(), options.reduction)

    return loss


def mean_squared_error(options: ReductionOptions) -> Loss:
    """Return L = sum_k (softmax(z)_k - t_k)^2, over the batch."""

    def loss(logits: Tensor, targets: Tensor) -> Tensor:
        return _reduced((logits.softmax(1) - shares_of(targets, logits)) ** 2, options.reduction)

    return loss


def shares_of(targets: Tensor, logits: Tensor) -> Tensor:
    """Return targets as shares (n, classes): labels become one-hot."""
    if targets.dim() == logits.dim():
        return targets
    return functional.one_hot(targets, logits.shape[1]).to(logits.dtype)


def _reduced(terms: Tensor, reduction: Literal["mean", "sum"]) -> Tensor:
    losses = terms.sum(1)
    return losses.mean() if reduction == "mean" else losses.sum()


def ctc(options: ReductionOptions) -> Loss:
    """Return L = -ln sum_a prod_t softmax(z_t)_(a_t), over every way a to spell the target.

    A way gives each step a label or blank; equal neighbours are one, then blanks go. Averaged, it
    is nats a label. A target too long for its steps costs nothing and teaches nothing.
    """

    def loss(logits: Tensor, targets: Tensor) -> Tensor:
        lengths = (targets >= 0).sum(1)
        terms = functional.ctc_loss(
            logits.log_softmax(2).transpose(0, 1),
            targets.clamp(min=0),
            torch.full((len(logits),), logits.shape[1]),
            lengths,
            blank=logits.shape[2] - 1,
            reduction="none",
            zero_infinity=True,
        )
        return terms.sum() / (lengths.sum() if options.reduction == "mean" else 1)

    return loss


SEQUENCE: Final = ("ctc",)
"""Those that compare a sequence of answers with a sequence of labels."""

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
    "naive_cross_entropy": Entry(
        build=naive_cross_entropy,
        Options=ReductionOptions,
        summary={
            "en": "Cross entropy as the book writes it, logarithm of softmax.",
            "ko": "교과서에 적힌 그대로, 소프트맥스의 로그를 취하는 교차 엔트로피입니다.",
        },
        when={
            "en": "Never, but to see a loss turn NaN: a softmax that reaches 0 has no log.",
            "ko": "손실이 NaN이 되는 모습을 볼 때만 씁니다. 소프트맥스가 0이면 로그가 없습니다.",
        },
        formula="L = -sum_k t_k log(softmax(z)_k)",
        reference="-",
    ),
    "mean_squared_error": Entry(
        build=mean_squared_error,
        Options=ReductionOptions,
        summary={
            "en": "The squared distance between the probabilities and the truth.",
            "ko": "확률과 정답 사이 거리의 제곱입니다.",
        },
        when={
            "en": "To compare: it is bounded, so a very wrong answer teaches less than it should.",
            "ko": "비교용입니다. 값에 한계가 있어 크게 틀린 답에서 덜 배웁니다.",
        },
        formula="L = sum_k (softmax(z)_k - t_k)^2",
        reference="Brier 1950, Monthly Weather Review 78",
    ),
    "ctc": Entry(
        build=ctc,
        Options=ReductionOptions,
        summary={
            "en": "How surprised the net is by a text, wherever along the line its digits stand.",
            "ko": "숫자가 줄의 어디에 있든, 정답 문자열에 신경망이 얼마나 놀라는지를 잽니다.",
        },
        when={
            "en": "For lines (model=crnn): no one has to say where a digit begins.",
            "ko": "숫자 줄(model=crnn)에 씁니다. 숫자마다 시작 자리를 알려 줄 필요가 없습니다.",
        },
        formula="L = -ln sum_(a spells y) prod_t softmax(z_t)_(a_t)",
        reference="Graves, Fernandez, Gomez and Schmidhuber 2006, ICML",
    ),
}
