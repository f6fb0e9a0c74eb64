"""The labs: the course's small exact experiments, each one row of `LABS`.

`run("conv", ["stride=2"])` runs one. Where a Canvas is given it draws too.
"""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import fields, replace
from math import log
from typing import Any, Final

from pydantic_core import PydanticCustomError

from pilgi.errors import RecipeError, nearest
from pilgi.learn.labs import (
    convolution,
    curve,
    edge_kernel,
    graph,
    hihello,
    init_histograms,
    line,
    python_basics,
    quiz,
    xor,
    xor_deep,
)
from pilgi.learn.labs.canvas import Canvas
from pilgi.learn.labs.lab import Findings, Lab, Table, Target
from pilgi.learn.methods.entry import NoOptions, construct
from pilgi.learn.recipe import setting

LABS: Final[Mapping[str, Lab]] = {
    "python-basics": Lab(
        run=python_basics.run,
        Options=python_basics.BasicsOptions,
        summary={
            "en": "The Python that all the rest is written in: loops, lists, tuples, files.",
            "ko": "나머지 모두를 쓰는 데 필요한 파이썬: 반복문, 리스트, 튜플, 파일.",
        },
        course="166833; [4, 6]; [2, 6, 10]; the five ages",
        targets={
            "sum_of_multiples_of_3": Target(166833),
            "even_plus_two": Target([4, 6]),
            "odd_doubled": Target([2, 6, 10]),
            "ages": Target({"Kim": 32, "Lee": 34, "Park": 39, "Choi": 28, "Cho": 25}),
        },
        reference="-",
    ),
    "quiz": Lab(
        run=quiz.run,
        Options=quiz.QuizOptions,
        summary={
            "en": "What learning is: a rule found in pairs answers a number never seen.",
            "ko": "학습이란 무엇인가: 짝에서 찾은 규칙으로 처음 보는 수에 답합니다.",
        },
        course="6; 0 (computed)",
        targets={"doubled": Target(6.0, 1e-6), "sign": Target(0)},
        reference="Widrow and Hoff 1960; Rosenblatt 1958, Psychological Review 65",
    ),
    "backprop": Lab(
        run=graph.backprop,
        Options=graph.BackpropOptions,
        summary={
            "en": "f = w x + b as a computational graph: values forward, gradients backward.",
            "ko": "f = w x + b의 계산 그래프: 값은 앞으로, 기울기는 뒤로 흐릅니다.",
        },
        course="g=-10, f=-7; df/dw=5, df/dx=-2, df/db=1 (computed)",
        targets={
            "g": Target(-10.0),
            "f": Target(-7.0),
            "df/dw": Target(5.0),
            "df/dx": Target(-2.0),
            "df/db": Target(1.0),
        },
        reference="Rumelhart, Hinton and Williams 1986, Nature 323",
    ),
    "graph": Lab(
        run=graph.graph,
        Options=graph.GraphOptions,
        summary={
            "en": "A graph whose input is fed later: e = b c, d = b + a, f = e + d.",
            "ko": "입력을 나중에 넣는 그래프: e = b c, d = b + a, f = e + d.",
        },
        course="13 (computed)",
        targets={"f": Target(13.0)},
        reference="Abadi et al. 2016, OSDI",
    ),
    "line": Lab(
        run=line.run,
        Options=line.LineOptions,
        summary={
            "en": "One linear unit learns y = 1 - x from four points and answers for x = 5.",
            "ko": "선형 유닛 하나가 점 네 개에서 y = 1 - x를 배워 x = 5에 답합니다.",
        },
        course="-4 (computed; -3.998 after 200 epochs)",
        targets={"prediction": Target(-3.998, 0.0005)},
        reference="Widrow and Hoff 1960",
    ),
    "curve": Lab(
        run=curve.run,
        Options=curve.CurveOptions,
        summary={
            "en": "Polynomials, splines, e^(ax) + b and trees: too simple, right, too free.",
            "ko": "다항식, 스플라인, e^(ax) + b, 결정 트리: 과소적합과 과대적합을 봅니다.",
        },
        course=None,
        targets={},
        reference="Bishop 2006, Pattern Recognition and Machine Learning, 1.1",
    ),
    "conv": Lab(
        run=convolution.conv,
        Options=convolution.ConvOptions,
        summary={
            "en": "A 3x3 filter slides over 4x4 numbers, without padding and with it.",
            "ko": "3x3 필터가 4x4 숫자 위를 미끄러집니다. 패딩 없이, 그리고 패딩을 두고.",
        },
        course="15 16 / 6 15; 7 12 10 2 / 4 15 16 10 / 10 6 15 6 / 8 10 4 3",
        targets={
            "no_padding": Target([[15, 16], [6, 15]]),
            "padded": Target([[7, 12, 10, 2], [4, 15, 16, 10], [10, 6, 15, 6], [8, 10, 4, 3]]),
        },
        reference="LeCun, Bottou, Bengio and Haffner 1998, Proceedings of the IEEE 86",
    ),
    "conv-binary": Lab(
        run=convolution.conv_binary,
        Options=convolution.BinaryOptions,
        summary={
            "en": "A filter of zeros and ones slides over zeros and ones, step by step.",
            "ko": "0과 1로 된 필터가 0과 1 위를 한 칸씩 미끄러집니다.",
        },
        course="4 first; 434/243/234 (computed)",
        targets={"first": Target(4), "all": Target([[4, 3, 4], [2, 4, 3], [2, 3, 4]])},
        reference="LeCun, Bottou, Bengio and Haffner 1998, Proceedings of the IEEE 86",
    ),
    "edge-kernel": Lab(
        run=edge_kernel.run,
        Options=edge_kernel.EdgeOptions,
        summary={
            "en": "The filter that finds edges, beside max and average pooling.",
            "ko": "윤곽을 찾는 필터, 그리고 최대 풀링과 평균 풀링을 나란히 봅니다.",
        },
        course=None,
        targets={},
        reference="Marr and Hildreth 1980, Proceedings of the Royal Society B 207",
    ),
    "and-or-xor": Lab(
        run=xor.and_or_xor,
        Options=xor.LinearOptions,
        summary={
            "en": "One linear unit learns AND and OR, and cannot learn XOR.",
            "ko": "선형 유닛 하나는 AND와 OR을 배우지만 XOR은 배우지 못합니다.",
        },
        course="AND and OR separable, XOR not",
        targets={"separable": Target({"AND": True, "OR": True, "XOR": False})},
        reference="Widrow and Hoff 1960; Minsky and Papert 1969, Perceptrons",
    ),
    "xor-one-unit": Lab(
        run=xor.one_unit,
        Options=xor.OneUnitOptions,
        summary={
            "en": "Logistic regression on XOR from zero: it never moves.",
            "ko": "XOR을 로지스틱 회귀로 0에서 시작하면 전혀 움직이지 않습니다.",
        },
        course="0.5, loss 0.6931: it never moves (computed)",
        targets={
            "accuracy": Target(0.5),
            "loss": Target(log(2), 1e-12),
            "unit": Target([0.0, 0.0, 0.0]),
        },
        reference="Minsky and Papert 1969, Perceptrons",
    ),
    "xor-by-hand": Lab(
        run=xor.xor_by_hand,
        Options=NoOptions,
        summary={
            "en": "Three sigmoid units with weights thought out by hand make XOR.",
            "ko": "손으로 정한 가중치를 가진 시그모이드 유닛 세 개로 XOR을 만듭니다.",
        },
        course="XOR after rounding (computed)",
        targets={"rounded": Target([0, 1, 1, 0])},
        reference="Minsky and Papert 1969, Perceptrons",
    ),
    "xor-deep": Lab(
        run=xor_deep.xor_deep,
        Options=xor_deep.DeepOptions,
        summary={
            "en": "Three hidden layers of ten sigmoid units learn XOR, their regions watched.",
            "ko": "은닉층 셋(각 10개 시그모이드)이 XOR을 배우며 영역이 변하는 것을 봅니다.",
        },
        course="1.0 in most seeds (computed)",
        targets={"accuracy": Target(1.0)},
        reference="Rumelhart, Hinton and Williams 1986, Nature 323",
    ),
    "xor-deep-board": Lab(
        run=xor_deep.xor_deep_board,
        Options=xor_deep.BoardOptions,
        summary={
            "en": "The same net in TensorBoard: every weight, bias and layer at each step.",
            "ko": "같은 신경망을 텐서보드로: 걸음마다 모든 가중치, 편향, 층을 봅니다.",
        },
        course=None,
        targets={},
        reference="Rumelhart, Hinton and Williams 1986, Nature 323",
    ),
    "init-histograms": Lab(
        run=init_histograms.run,
        Options=init_histograms.HistogramOptions,
        summary={
            "en": "What initial weights do to the activations of five layers.",
            "ko": "초기 가중치가 다섯 층의 활성값 분포를 어떻게 바꾸는지 봅니다.",
        },
        course=None,
        targets={},
        reference="Glorot and Bengio 2010, AISTATS; He, Zhang, Ren and Sun 2015, ICCV",
    ),
    "hihello": Lab(
        run=hihello.run,
        Options=hihello.HihelloOptions,
        summary={
            "en": 'An LSTM reads "hihell" and learns to say "ihello", step by step.',
            "ko": 'LSTM이 "hihell"을 읽고 "ihello"라고 말하도록 배우는 과정을 봅니다.',
        },
        course='"ihello"; loss 1.608 at step 0, 0.0012 at step 49',
        targets={
            "said": Target("ihello"),
            "loss_first": Target(log(5), 0.05),
            "loss_last": Target(0.0, 0.01),
        },
        reference="Hochreiter and Schmidhuber 1997, Neural Computation 9",
    ),
}


def run(name: str, overrides: Sequence[str] = (), canvas: Canvas | None = None) -> Findings:
    """Run a lab with `key=value` overrides; where a canvas is given, draw as well.

    Raises RecipeError for an unknown lab, key or value, naming the nearest right one.
    """
    lab = find(name)
    options = options_of(name, overrides)
    with canvas.style() if canvas else nullcontext():
        findings = lab.run(options, canvas)
    return replace(findings, reproduced=lab.judge(findings, options))


def find(name: str) -> Lab:
    """Return the lab called `name`, or raise RecipeError."""
    if name not in LABS:
        raise RecipeError(f"no lab is called '{name}'; {nearest(name, LABS)}")
    return LABS[name]


def options_of(name: str, overrides: Sequence[str]) -> Any:
    """Return the lab's options with the overrides applied, every key and value checked."""
    options = find(name).Options
    settings = dict(map(setting, overrides))
    if settings and not fields(options):
        raise RecipeError(f"lab {name} has no options; leave out {', '.join(settings)}")
    try:
        return construct(options, settings)
    except PydanticCustomError as error:
        context = error.context or {}
        where = ".".join(str(part) for part in context["place"])
        raise RecipeError(f"lab {name}: {where} {context['message']}") from error


__all__ = ["LABS", "Canvas", "Findings", "Lab", "Table", "Target", "find", "options_of", "run"]
