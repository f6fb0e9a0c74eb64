"""The words around the methods in English and Korean: titles, types, ranges, options.

What an option means in English stands in its Options' docstring; its Korean stands here.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

Words = dict[str, str]

FAMILY_TITLES: Final[Mapping[str, Words]] = {
    "activation": {"en": "Activations", "ko": "활성화 함수"},
    "adaptation": {"en": "Adaptation", "ko": "적응"},
    "augment": {"en": "Augmentation", "ko": "데이터 증강"},
    "baseline": {"en": "Classical baselines", "ko": "고전 기준선"},
    "initializer": {"en": "Initial weights", "ko": "초깃값"},
    "layer": {"en": "Layers", "ko": "층"},
    "loss": {"en": "Losses", "ko": "손실 함수"},
    "model": {"en": "Models", "ko": "모델"},
    "optimizer": {"en": "Optimizers", "ko": "최적화 방법"},
    "penalty": {"en": "Penalties", "ko": "가중치 벌점"},
    "schedule": {"en": "Learning-rate schedules", "ko": "학습률 일정"},
}

TYPES: Final[Mapping[str, Words]] = {
    "bool": {"en": "true or false", "ko": "true 또는 false"},
    "int": {"en": "whole number", "ko": "정수"},
    "float": {"en": "number", "ko": "수"},
    "activation": {"en": "an activation", "ko": "활성화 함수 이름"},
    "initializer": {"en": "an initializer", "ko": "초깃값 이름"},
    "list of whole numbers": {"en": "list of whole numbers", "ko": "정수 목록"},
    "list of tables": {"en": "list of tables", "ko": "표 목록"},
}

_BOUNDS: Final[Mapping[str, Words]] = {
    "gt": {"en": "above {}", "ko": "{} 초과"},
    "ge": {"en": "at least {}", "ko": "{} 이상"},
    "lt": {"en": "below {}", "ko": "{} 미만"},
    "le": {"en": "at most {}", "ko": "{} 이하"},
    "min_length": {"en": "at least {} of them", "ko": "{}개 이상"},
    "max_length": {"en": "at most {} of them", "ko": "{}개 이하"},
}

SHARED: Final[Mapping[str, str]] = {
    "activation": "after each hidden layer.",
    "initializer": "how the weights start.",
    "bias_initializer": "how the biases start.",
    "batch_norm": "whether each layer's outputs are normalised before the activation.",
}
"""Options of several models, explained once for all of them."""

KOREAN: Final[Mapping[str, str]] = {
    "activation": "은닉층 뒤에 두는 활성화 함수.",
    "batch_norm": "층의 출력을 활성화 앞에서 정규화할지.",
    "beta1": "기울기의 평균이 과거를 기억하는 비율 b1.",
    "beta2": "기울기 제곱의 평균이 과거를 기억하는 비율 b2.",
    "bias_initializer": "편향의 초깃값.",
    "biases": "편향에도 벌점을 줄지.",
    "blocks": "합성곱 블록의 목록.",
    "cells": "한 변에 들어가는 굽이의 수.",
    "channels": "필터의 수.",
    "bidirectional": "아래에서 위로도 읽을지.",
    "dropout": "학습할 때 쉬게 하는 유닛의 비율.",
    "dropout_place": "드롭아웃을 활성화 앞(before)에 둘지 뒤(after)에 둘지.",
    "edges": "블록이 그림 대신 잉크의 여덟 방향 기울기를 볼지. 가중치가 없는 계산입니다.",
    "pools": "0부터 세어 어느 합성곱 다음에 줄을 반으로 줄이는지. 먼저 양쪽으로, 다음은 높이만.",
    "emissions": "줄의 네 열마다 내는 답의 수. 2면 좁게 붙은 숫자도 구별합니다.",
    "end": "마지막 단계가 지난 뒤의 배율.",
    "epsilon": "0으로 나누지 않도록 더하는 작은 수.",
    "factor": "떨어질 때마다 곱하는 수.",
    "gamma": "거리에 따라 닮음이 줄어드는 빠르기. 0이면 1 / (픽셀 수 × 픽셀의 분산)입니다.",
    "head": "그림을 벡터로 바꾸는 방법.",
    "hidden": "완전연결 은닉층마다의 유닛 수.",
    "highway": "게이트 g = sigmoid(conv x)로 블록과 지름길의 비중을 정할지.",
    "initializer": "가중치의 초깃값.",
    "iterations": "L-BFGS의 최대 반복 횟수.",
    "kernel": "필터 한 변의 픽셀 수.",
    "label_smoothing": "정답에서 떼어 모든 클래스에 고루 나누는 비율.",
    "learning_rate": "학습률 e. 한 걸음의 크기입니다.",
    "matrix_rate": "은닉 행렬과 필터의 학습률. e의 몇 배인지 적습니다.",
    "momentum": "모멘텀 m. 앞선 걸음이 이어지는 비율입니다.",
    "neighbours": "k, 투표하는 이웃의 수.",
    "norm": "배치 정규화를 풀링 앞(before)에서 할지, 뒤(after)에서 할지, 둘 다(both)에서 할지.",
    "padding": "둘레에 0을 (kernel - 1) // 2만큼 두를지(same), 두르지 않을지(valid).",
    "pieces": "k, 출력 하나가 고르는 선형 유닛의 수.",
    "pool": "활성화 뒤 최대 풀링의 한 변. 1이면 풀링이 없습니다.",
    "rate": "학습할 때 0으로 만드는 값의 비율.",
    "reduction": "배치의 손실을 평균할지(mean) 더할지(sum).",
    "rotation": "양쪽으로 돌리는 최대 각도(도).",
    "separable": "채널마다 커널 하나를 쓴 뒤 1x1 필터로 채널을 섞을지.",
    "shape": "내려가는 모양.",
    "shear": "양쪽으로 기울이는 최대 각도(도).",
    "shift": "양쪽으로 미는 최대 픽셀 수.",
    "slope": "0보다 작은 쪽의 기울기 a. 강의에서는 0.1을 씁니다.",
    "start": "첫 단계의 배율.",
    "std": "표준편차.",
    "share": "다른 잉크를 두르고 잘라 내는 그림의 비율. 나머지는 그대로 둡니다.",
    "strength": "벌점의 세기 c.",
    "stride": "필터가 한 번에 옮겨 가는 픽셀 수.",
    "thinner": "획의 양쪽이 한 픽셀씩 가늘어지는 쪽으로 최대한 가는 정도.",
    "times": "떨어지는 횟수. 학습을 이보다 하나 많은 같은 구간으로 나눕니다.",
    "trees": "투표하는 나무의 수.",
    "upright": "먼저 잉크의 모멘트로 그림의 자리·기울기·높이를 바로잡을지. scale=unit에서 씁니다.",
    "value": "모든 값의 시작값.",
    "votes": "모두 똑같이 한 표인지(uniform), 1 / 거리로 무게를 주는지(distance).",
    "warmup": "학습률이 오르는 단계의 비율.",
    "weight_decay": "가중치 감쇠 d. 가중치를 줄이는 힘입니다.",
    "whitening": "첫 블록의 필터를 배우지 않고 그림의 주성분으로 정해 고정할지.",
    "wider": "획의 양쪽이 한 픽셀씩 굵어지는 쪽으로 최대한 가는 정도.",
    "widths": "은닉층마다의 유닛 수, 입력 쪽부터. 비어 있으면 소프트맥스 회귀입니다.",
    "zoom": "키우거나 줄이는 최대 비율.",
    "BatchNormOptions.epsilon": "분산에 더하는 작은 수.",
    "BatchNormOptions.momentum": "누적 통계에서 새 배치가 차지하는 비율.",
    "CorruptOptions.families": "어느 갈래의 손상 가운데서 고를지.",
    "BackgroundOptions.share": "배경 위에 쓰는 그림의 비율. 나머지는 그대로 둡니다.",
    "CorruptOptions.share": "손상시키는 그림의 비율.",
    "CrnnOptions.hidden": "방향마다의 LSTM 유닛 수.",
    "CrnnOptions.widths": "합성곱의 채널 수. 네 개 이상.",
    "LstmOptions.hidden": "방향마다의 유닛 수.",
    "BlockOptions.dropout": "학습할 때 0으로 만드는 값의 비율.",
    "ElasticOptions.strength": "한곳이 움직이는 거리의 표준편차(픽셀).",
    "EraseOptions.largest": "지우는 사각형의 가장 긴 변. 그림의 변에 대한 비율입니다.",
    "ForestOptions.depth": "나무 하나가 잇달아 묻는 질문의 최대 수. 0이면 제한이 없습니다.",
    "LionOptions.beta2": "남겨 두는 평균이 과거를 기억하는 비율 b2.",
    "LionOptions.learning_rate": "학습률 e. Adam의 십분의 일쯤이 알맞습니다.",
    "LogisticOptions.cost": "C. 클수록 손실을 더 줄이고, 작을수록 가중치를 더 줄입니다.",
    "MaxNormOptions.largest": "c, 유닛의 가중치 벡터가 가질 수 있는 최대 길이.",
    "MixupOptions.alpha": "Beta(alpha, alpha)의 alpha. 작을수록 조금만 섞습니다.",
    "MuonOptions.learning_rate": "첫 층과 끝 층, 편향, 정규화를 움직이는 nesterov의 학습률 e.",
    "ResidualOptions.depth": "단계마다의 블록 수.",
    "ResidualOptions.widths": "단계마다의 채널 수. 첫 단계 뒤로는 그림을 반으로 줄입니다.",
    "RmspropOptions.decay": "제곱의 평균이 과거를 기억하는 비율 r.",
    "SvmOptions.cost": "C. 클수록 틀린 그림을 줄이고, 작을수록 여백을 넓힙니다.",
}
"""What an option means, by its name, or by Options.name where classes mean different things."""


def meaning(options: type[Any], name: str, sentences: Mapping[str, str]) -> Words:
    """Return what an option means; `sentences` are those of its Options' docstring.

    Raises LookupError where one of the languages was forgotten.
    """
    own = f"{options.__name__}.{name}"
    english = sentences.get(name) or SHARED.get(name)
    korean = KOREAN.get(own) or KOREAN.get(name)
    if english is None:
        raise LookupError(f"{own} is not explained in the docstring of {options.__name__}")
    if korean is None:
        raise LookupError(f"{own} has no Korean yet; add it to KOREAN in {__name__}")
    return {"en": english, "ko": korean}


def bound(limit: str, value: float) -> Words:
    """Return one limit in words, "above 0" for example."""
    return {language: words.format(value) for language, words in _BOUNDS[limit].items()}


def some_of(values: Sequence[str]) -> Words:
    """Return a list of any of a few words."""
    return {"en": f"list of {', '.join(values)}", "ko": f"{', '.join(values)}의 목록"}


def choices(values: Sequence[str]) -> Words:
    """Return a choice between a few words."""
    return {"en": f"one of {', '.join(values)}", "ko": f"{', '.join(values)} 중 하나"}
