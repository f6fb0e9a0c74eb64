"""Every experiment of the course, one row each: the literal table that `pilgi reproduce` runs."""

from collections.abc import Mapping, Sequence
from typing import Final

from pilgi.errors import RecipeError, nearest
from pilgi.learn.course.row import Figure, Row, Training
from pilgi.learn.labs import LABS

EPOCHS_15: Final = "15 epochs, batch 100, learning rate 0.001"
SEEN: Final = (
    "the course chose its best epoch on the test pictures; ours on 5,000 validation pictures"
)
SINGLES: Final = "the architectures and the length of training"
BRIEF: Final = (
    "our members trained for 3 epochs, minutes each; training them longer is later work. Of ours "
    "the recipe best (40 epochs) has 99.73 % alone and 99.76 % as two averaged"
)


def _lab(name: str) -> Row:
    return Row(name, LABS[name].summary, figures=(), lab=name, quick=True)


def _recipe(name: str) -> tuple[Training, ...]:
    return (Training(name),)


def _five(recipe: str) -> tuple[Training, ...]:
    """Return one recipe with five settings of its hyperparameters."""
    return (
        Training(recipe),
        Training(recipe, ("optimizer.learning_rate=0.05",), f"{recipe}-slower"),
        Training(recipe, ("model.dropout=0.3",), f"{recipe}-dropout-0.3"),
        Training(recipe, ("loss.label_smoothing=0.0",), f"{recipe}-unsmoothed"),
        Training(recipe, ("augment.rotation=15.0", "augment.zoom=0.15"), f"{recipe}-wilder"),
    )


_ROWS: Final = (
    _lab("python-basics"),
    _lab("quiz"),
    _lab("backprop"),
    _lab("graph"),
    _lab("line"),
    _lab("curve"),
    _lab("conv"),
    _lab("conv-binary"),
    _lab("edge-kernel"),
    _lab("and-or-xor"),
    _lab("xor-one-unit"),
    _lab("xor-by-hand"),
    _lab("xor-deep"),
    _lab("xor-deep-board"),
    _lab("init-histograms"),
    _lab("hihello"),
    Row(
        "mnist-look",
        {
            "en": "shapes of the 55,000/5,000/10,000 split, one training picture",
            "ko": "55,000/5,000/10,000으로 나눈 데이터의 모양과 학습 그림 한 장",
        },
        figures=(),
        shows="softmax-1000",
        quick=True,
    ),
    Row(
        "softmax-1000",
        {
            "en": "softmax regression from zero, loss summed over a batch of 100, SGD 0.01, "
            "1,000 steps",
            "ko": "0에서 시작하는 소프트맥스 회귀, 배치 100의 손실 합, SGD 0.01, 1,000걸음",
        },
        _recipe("softmax-1000"),
        (Figure("test", 0.91),),
        quick=True,
        remark="the course says about 0.91",
    ),
    Row(
        "softmax-6000",
        {"en": "the same, 6,000 steps", "ko": "같은 설정, 6,000걸음"},
        _recipe("softmax-6000"),
        (Figure("test", 0.9233),),
        quick=True,
        why="a summed loss makes the steps so large that accuracy moves by a point from one epoch "
        "to the next; the course's figure is one such draw",
    ),
    Row(
        "softmax-10000",
        {"en": "the same, 10,000 steps", "ko": "같은 설정, 10,000걸음"},
        _recipe("softmax-10000"),
        (Figure("test", 0.9243),),
        quick=True,
    ),
    Row(
        "softmax-slow",
        {"en": "the same, SGD 0.001, 1,000 steps", "ko": "같은 설정, SGD 0.001, 1,000걸음"},
        _recipe("softmax-slow"),
        (Figure("test", 0.9106),),
        quick=True,
    ),
    Row(
        "softmax-diverges",
        {
            "en": "the same, SGD 0.03, 1,000 steps, the naive logarithm: the loss turns NaN",
            "ko": "같은 설정, SGD 0.03, 1,000걸음, 순진한 로그: 손실이 NaN이 된다",
        },
        _recipe("softmax-diverges"),
        (Figure("test", 0.098),),
        quick=True,
        inferred="the naive loss; all is predicted 0",
    ),
    Row(
        "softmax-keras",
        {
            "en": "no hidden layer, mean loss, SGD 0.01, batch 100, 2 epochs",
            "ko": "은닉층 없이, 평균 손실, SGD 0.01, 배치 100, 2에폭",
        },
        _recipe("softmax-keras"),
        quick=True,
        inferred="SGD 0.01",
        chosen="Glorot uniform weights",
    ),
    Row(
        "hidden-50-sigmoid",
        {
            "en": "one hidden layer of 50 sigmoids, zero weights, SGD 0.01, batch 100, 2 epochs",
            "ko": "시그모이드 50개 은닉층 하나, 0에서 시작, SGD 0.01, 배치 100, 2에폭",
        },
        _recipe("hidden-50-sigmoid"),
        (Figure("train", 0.1123), Figure("test")),
        quick=True,
        inferred="zero weights: all answered 1",
    ),
    Row(
        "hidden-50x2-sigmoid",
        {
            "en": "two hidden layers of 50 sigmoids, Glorot normal",
            "ko": "시그모이드 50개 은닉층 둘, Glorot 정규분포",
        },
        _recipe("hidden-50x2-sigmoid"),
        (Figure("train", 0.1877), Figure("train_loss", 2.2632), Figure("test")),
        quick=True,
        inferred="Glorot normal, the nearest",
        why="the course does not state its initial weights; with Glorot normal it learns sooner, "
        "with 1/sqrt(n) about as late as the course's",
    ),
    Row(
        "hidden-50x2-relu",
        {"en": "the same with ReLU", "ko": "같은 신경망에 ReLU"},
        _recipe("hidden-50x2-relu"),
        (Figure("train", 0.8574), Figure("train_loss", 0.5427), Figure("test")),
        quick=True,
        why="the course does not state its initial weights; with ours it learns a little sooner",
    ),
    Row(
        "hidden-50x2-relu-adam",
        {"en": "the same with Adam", "ko": "같은 신경망에 Adam"},
        _recipe("hidden-50x2-relu-adam"),
        (Figure("train", 0.9456), Figure("train_loss", 0.1852), Figure("test")),
        quick=True,
        chosen="learning rate 0.001",
    ),
    Row(
        "wide-500x4",
        {
            "en": "four hidden layers of 500, ReLU, Adam, batch 100, 15 epochs, "
            "1,149,010 parameters",
            "ko": "500개 은닉층 넷, ReLU, Adam, 배치 100, 15에폭, 파라미터 1,149,010개",
        },
        _recipe("wide-500x4"),
        (Figure("train", 0.9955), Figure("best_validation", 0.9826), Figure("test")),
        inferred="Adam",
        chosen="learning rate 0.001, Glorot uniform weights",
        remark=SEEN,
    ),
    Row(
        "wide-500x4-dropout",
        {
            "en": "the same, dropout 0.25 before each activation",
            "ko": "같은 신경망, 활성화 앞마다 드롭아웃 0.25",
        },
        _recipe("wide-500x4-dropout"),
        (Figure("train", 0.9897), Figure("best_validation", 0.9823), Figure("test")),
        remark=SEEN,
    ),
    Row(
        "wide-500x5-dropout",
        {"en": "the same, five hidden layers", "ko": "같은 신경망, 은닉층 다섯"},
        _recipe("wide-500x5-dropout"),
        (Figure("train", 0.9881), Figure("best_validation", 0.9804), Figure("test")),
        remark=SEEN,
    ),
    Row(
        "tf-512x4",
        {
            "en": "784-512x4-10, Xavier, biases normal(0, 1), ReLU, dropout keep 0.7, Adam",
            "ko": "784-512x4-10, Xavier, 편향은 정규분포(0, 1), ReLU, 드롭아웃 0.7 유지, Adam",
        },
        _recipe("tf-512x4"),
        chosen=f"TensorFlow's Xavier, which is Glorot uniform; {EPOCHS_15}",
    ),
    Row(
        "keras-256x4",
        {
            "en": "784-256x4-10, Glorot uniform, ReLU, dropout 0.3, Adam, validation split 0.2",
            "ko": "784-256x4-10, Glorot 균등분포, ReLU, 드롭아웃 0.3, Adam, 검증 0.2",
        },
        _recipe("keras-256x4"),
        chosen=EPOCHS_15,
    ),
    Row(
        "sigmoid-vs-relu",
        {
            "en": "2x256, normal weights std 0.05, Adam 0.001, batch 128, 1 epoch: "
            "sigmoid, then ReLU",
            "ko": "2x256, 표준편차 0.05 정규분포, Adam 0.001, 배치 128, 1에폭: "
            "시그모이드, 그다음 ReLU",
        },
        (Training("sigmoid-vs-relu-sigmoid"), Training("sigmoid-vs-relu-relu")),
        (
            Figure("test", 0.9247, "sigmoid-vs-relu-sigmoid"),
            Figure("test", 0.9356, "sigmoid-vs-relu-relu"),
        ),
        quick=True,
        inferred="std 0.05; Adam",
        why="the course does not state its weights' deviation, which the ReLU net is sensitive to: "
        "its figure lies between what 0.2 and 0.3 give",
    ),
    Row(
        "xavier",
        {"en": "the ReLU net with Glorot uniform", "ko": "ReLU 신경망에 Glorot 균등분포"},
        _recipe("xavier"),
        quick=True,
    ),
    Row(
        "he",
        {"en": "the ReLU net with He uniform", "ko": "ReLU 신경망에 He 균등분포"},
        _recipe("he"),
        quick=True,
    ),
    Row(
        "dropout-512x4",
        {
            "en": "4x512, Glorot uniform, ReLU, dropout 0.5 after each",
            "ko": "4x512, Glorot 균등분포, ReLU, 층마다 드롭아웃 0.5",
        },
        _recipe("dropout-512x4"),
        chosen="Adam 0.001, batch 128, 5 epochs",
    ),
    Row(
        "batchnorm-512x4",
        {
            "en": "4x512, dense - batch norm - ReLU",
            "ko": "4x512, 완전연결 - 배치 정규화 - ReLU",
        },
        _recipe("batchnorm-512x4"),
        chosen="Glorot uniform, Adam 0.001, batch 128, 5 epochs",
    ),
    Row(
        "school-mlp",
        {
            "en": "784-256-256-10, ReLU, weights and biases normal(0, 1), Adam 0.001, batch 100, "
            "100 epochs, the best on validation kept",
            "ko": "784-256-256-10, ReLU, 가중치와 편향 정규분포(0, 1), Adam 0.001, 배치 100, "
            "100에폭, 검증이 가장 좋은 것을 남김",
        },
        _recipe("school-mlp"),
        inferred="learning rate 0.001",
    ),
    Row(
        "school-xavier",
        {"en": "school-mlp with Xavier", "ko": "school-mlp에 Xavier"},
        _recipe("school-xavier"),
        chosen="Xavier as 1/sqrt(n); biases as in school-mlp",
    ),
    Row(
        "school-he",
        {"en": "school-mlp with He normal", "ko": "school-mlp에 He 정규분포"},
        _recipe("school-he"),
        chosen="biases as in school-mlp",
    ),
    Row(
        "school-dropout",
        {
            "en": "school-mlp with He normal and dropout keep 0.8",
            "ko": "school-mlp에 He 정규분포와 드롭아웃 0.8 유지",
        },
        _recipe("school-dropout"),
        chosen="biases as in school-mlp",
    ),
    Row(
        "school-decay",
        {
            "en": "school-mlp with weight decay 0.001 x L2/2 over weights and biases",
            "ko": "school-mlp에 가중치와 편향의 감쇠 0.001 x L2/2",
        },
        _recipe("school-decay"),
    ),
    Row(
        "school-all",
        {
            "en": "school-mlp with He, dropout and decay on all weights",
            "ko": "school-mlp에 He, 드롭아웃, 모든 가중치의 감쇠",
        },
        _recipe("school-all"),
        chosen="He normal, keep 0.8, decay 0.001 on weights but not on biases",
    ),
    Row(
        "cnn-5x5",
        {
            "en": "two 5x5 convolutions (32, 64) with pools, dense 1024, dropout keep 0.5, "
            "truncated normal 0.1, bias 0.1, Adam 1e-4, batch 50, 5,000 steps",
            "ko": "5x5 합성곱 둘(32, 64)과 풀링, 완전연결 1024, 드롭아웃 0.5 유지, "
            "절단 정규분포 0.1, 편향 0.1, Adam 1e-4, 배치 50, 5,000걸음",
        },
        _recipe("cnn-5x5"),
        (Figure("test", 0.9883),),
    ),
    Row(
        "cnn-keras",
        {
            "en": "two 3x3 convolutions of 32, pool, batch norm, dense 128, dropout 0.5, ReLU; "
            "Adam, batch 100, 12 epochs",
            "ko": "3x3 합성곱 32개 둘, 풀링, 배치 정규화, 완전연결 128, 드롭아웃 0.5, ReLU; "
            "Adam, 배치 100, 12에폭",
        },
        _recipe("cnn-keras"),
        (Figure("test", 0.9905), Figure("best_validation", 0.9925)),
        inferred="batch 100",
        chosen="no padding, Glorot uniform, learning rate 0.001",
        remark="our best epoch is that of 5,000 validation pictures, never of the test pictures",
    ),
    Row(
        "draw-200",
        {
            "en": "784-200-10, logistic hidden units, softmax, SGD, inputs in -1..1: "
            "157,000 + 2,010 weights",
            "ko": "784-200-10, 로지스틱 은닉 유닛, 소프트맥스, SGD, 입력 -1..1: "
            "가중치 157,000 + 2,010개",
        },
        _recipe("draw-200"),
        (Figure("parameters", 159_010), Figure("test")),
        chosen="SGD 0.1, batch 100, 15 epochs, Glorot uniform",
    ),
    Row(
        "residual",
        {
            "en": "a net with shortcut connections, then with highway gates",
            "ko": "지름길 연결이 있는 신경망, 그다음 하이웨이 게이트",
        },
        (
            Training("residual"),
            Training("residual", ("model.highway=true",), "residual-highway"),
        ),
        (Figure("test", of="residual"), Figure("test", of="residual-highway")),
        chosen="everything but the shortcuts",
    ),
    Row(
        "ensemble-3-small",
        {
            "en": "small VGG, small ResNet, very small VGG: their probabilities averaged",
            "ko": "작은 VGG, 작은 ResNet, 아주 작은 VGG: 확률을 평균",
        },
        (Training("vgg-small"), Training("resnet-small"), Training("vgg-tiny")),
        (
            Figure("ensemble", 0.9980),
            Figure("test", 0.997, "vgg-small"),
            Figure("test", 0.996, "resnet-small"),
            Figure("test", 0.996, "vgg-tiny"),
        ),
        chosen=SINGLES,
        why=BRIEF,
    ),
    Row(
        "ensemble-3-mixed",
        {
            "en": "VGG-like with batch 64 and with 128, ResNet-32; rotation, shift, zoom",
            "ko": "VGG 계열 배치 64와 128, ResNet-32; 회전, 이동, 확대",
        },
        (
            Training("vgg-small", ("batch_size=64",), "vgg-small-batch-64"),
            Training("vgg-small", ("batch_size=128",), "vgg-small-batch-128"),
            Training("resnet-small", ("model.depth=5",), "resnet-32"),
        ),
        (Figure("ensemble", 0.9976), Figure("best_single", 0.9974)),
        chosen=SINGLES,
        why=BRIEF,
    ),
    Row(
        "ensemble-5-same",
        {
            "en": "one net (4 conv, 1 dense), five settings of its hyperparameters: as it is, "
            "half the rate, less dropout, no label smoothing, wilder augmentation",
            "ko": "한 신경망(합성곱 4, 완전연결 1)의 다섯 설정: 그대로, 학습률 절반, "
            "드롭아웃 덜, 라벨 스무딩 없이, 더 센 증강",
        },
        _five("conv4-dense1"),
        (Figure("ensemble", 0.9974), Figure("mean_single", 0.9968)),
        chosen=f"the five settings, {SINGLES}",
        why=BRIEF,
    ),
    Row(
        "ensemble-5-deep",
        {
            "en": "one deeper net (6 conv layers), the same five settings",
            "ko": "더 깊은 한 신경망(합성곱 6)의 같은 다섯 설정",
        },
        _five("conv6"),
        (Figure("ensemble", 0.9972), Figure("mean_single")),
        chosen=f"the five settings, {SINGLES}",
        why=BRIEF,
    ),
    Row(
        "cifar10-cnn",
        {
            "en": "the same convolutional recipe on CIFAR-10, where the data is present",
            "ko": "같은 합성곱 레시피를 CIFAR-10에, 데이터가 있을 때",
        },
        _recipe("cifar10-cnn"),
        chosen="which of the convolutional recipes: conv4-dense1, narrower at its end",
    ),
)

ROWS: Final[Mapping[str, Row]] = {row.id: row for row in _ROWS}


def choose(ids: Sequence[str], *, every: bool = False) -> list[Row]:
    """Return the rows of these ids in the table's order, each once.

    Without ids: the quick rows, or every row where asked. Raises RecipeError for an unknown id,
    naming the nearest, and for ids beside `every`.
    """
    if ids and every:
        raise RecipeError(f"--all is every row already; leave out {', '.join(ids)}, or --all")
    for name in ids:
        if name not in ROWS:
            raise RecipeError(f"no row of the course is called '{name}'; {nearest(name, ROWS)}")
    return [row for row in _ROWS if row.id in ids or every or (not ids and row.quick)]
