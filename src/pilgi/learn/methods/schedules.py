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
}
