"""Learning-rate schedules. build(options) -> factor(step, steps), times the learning rate.

step counts from 0; steps is the whole training's length.
"""

import math
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass as validated

from pilgi.learn.methods.entry import STRICT, Entry, NoOptions

Schedule = Callable[[int, int], float]
BuildSchedule = Callable[[Any], Schedule]


@validated(frozen=True, config=STRICT)
class OneCycleOptions:
    """warmup: the share of the steps on which the rate rises, in [0, 1).

    start, end: the factors at the first and after the last step.
    shape: how it falls.
    """

    warmup: Annotated[float, Field(ge=0, lt=1)] = 0.25
    start: Annotated[float, Field(ge=0, le=1)] = 0.1
    end: Annotated[float, Field(ge=0, le=1)] = 0.0
    shape: Literal["linear", "cosine"] = "linear"


def constant(_: NoOptions) -> Schedule:
    """Return f = 1."""
    return lambda *_: 1.0


def one_cycle(options: OneCycleOptions) -> Schedule:
    """Return f rising linearly from `start` to 1 over the warm-up, then falling to `end`."""

    def factor(step: int, steps: int) -> float:
        peak = options.warmup * steps
        if step < peak:
            return options.start + (1 - options.start) * step / peak
        fallen = (step - peak) / (steps - peak)
        if options.shape == "cosine":
            fallen = (1 - math.cos(math.pi * fallen)) / 2
        return 1 - (1 - options.end) * fallen

    return factor


@validated(frozen=True, config=STRICT)
class StepsOptions:
    """times: after how many equal parts the rate falls once less. factor: what it falls by."""

    times: Annotated[int, Field(gt=0, le=100)] = 3
    factor: Annotated[float, Field(gt=0, lt=1)] = 0.1


@validated(frozen=True, config=STRICT)
class ExponentialOptions:
    """end: the factor after the last step."""

    end: Annotated[float, Field(gt=0, lt=1)] = 0.01


def steps(options: StepsOptions) -> Schedule:
    """Return f = factor^floor(parts t), t the share of training done, parts = times + 1."""
    return lambda step, total: options.factor ** ((options.times + 1) * step // total)


def exponential(options: ExponentialOptions) -> Schedule:
    """Return f = end^t, t the share of training done."""
    return lambda step, total: options.end ** (step / total)


SCHEDULES: Final[Mapping[str, Entry[BuildSchedule]]] = {
    "constant": Entry(
        build=constant,
        Options=NoOptions,
        summary={
            "en": "The learning rate stays as it is.",
            "ko": "학습률을 그대로 둡니다.",
        },
        when={
            "en": "For short experiments, and with optimizers that scale their own steps.",
            "ko": "짧은 실험이나 걸음을 스스로 조절하는 최적화 방법에 씁니다.",
        },
        formula="f = 1",
        reference="-",
    ),
    "one_cycle": Entry(
        build=one_cycle,
        Options=OneCycleOptions,
        summary={
            "en": "Up to the full learning rate, then down to nothing: one triangle.",
            "ko": "학습률을 끝까지 올렸다가 0까지 내립니다. 삼각형 하나입니다.",
        },
        when={
            "en": "When the number of epochs is fixed in advance: most accuracy for the time.",
            "ko": "에폭 수를 미리 정했을 때 같은 시간에 가장 정확합니다.",
        },
        formula="f = start + (1 - start) t / w for t < w, then 1 - (1 - end) (t - w) / (1 - w)",
        reference="Smith and Topin 2019, SPIE 11006, arXiv:1708.07120",
    ),
    "steps": Entry(
        build=steps,
        Options=StepsOptions,
        summary={
            "en": "Falls to a tenth at equal distances.",
            "ko": "같은 간격마다 십분의 일로 떨어집니다.",
        },
        when={
            "en": "In older recipes, and where the loss stands still at each rate.",
            "ko": "예전 레시피나 학습률마다 손실이 멈춰 설 때 씁니다.",
        },
        formula="f = factor^floor((times + 1) t), t = share of training done",
        reference="Krizhevsky, Sutskever and Hinton 2012, NeurIPS",
    ),
    "exponential": Entry(
        build=exponential,
        Options=ExponentialOptions,
        summary={
            "en": "Falls by the same share at each step.",
            "ko": "매 단계 같은 비율로 떨어집니다.",
        },
        when={
            "en": "Where a smooth fall without a warm-up is wanted.",
            "ko": "준비 운동 없이 부드럽게 줄이고 싶을 때 씁니다.",
        },
        formula="f = end^t, t = share of training done",
        reference="-",
    ),
}
