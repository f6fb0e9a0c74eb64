"""The classical baselines: models that scikit-learn fits in one go, each one entry of `BASELINES`.

build(options, seed) -> an unfitted scikit-learn classifier. Pictures are vectors (n, pixels) in
[0, 1], labels int64 (n,). Deep learning must beat these to be worth its cost; they leave scores
only, no recognizer.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from pydantic.dataclasses import dataclass as validated

from pilgi.learn.methods.entry import STRICT, Entry

BuildBaseline = Callable[[Any, int], Any]
Floats = NDArray[np.floating[Any]]

Positive = Annotated[float, Field(gt=0)]


@validated(frozen=True, config=STRICT)
class LogisticOptions:
    """cost: C, of the pictures' losses against large weights. iterations: of L-BFGS, at most."""

    cost: Positive = 1.0
    iterations: Annotated[int, Field(gt=0)] = 200


@validated(frozen=True, config=STRICT)
class NeighboursOptions:
    """neighbours: k, how many vote. votes: all alike, or weighed by 1 / distance."""

    neighbours: Annotated[int, Field(gt=0)] = 3
    votes: Literal["uniform", "distance"] = "uniform"


@validated(frozen=True, config=STRICT)
class SvmOptions:
    """cost: C, of a picture on the wrong side against a wide margin.

    gamma: how fast likeness fades with distance; 0 for 1 / (pixels times their variance).
    """

    cost: Positive = 10.0
    gamma: Annotated[float, Field(ge=0)] = 0.0


@validated(frozen=True, config=STRICT)
class ForestOptions:
    """trees: how many vote. depth: questions a tree may ask in a row, 0 for no limit."""

    trees: Annotated[int, Field(gt=0)] = 300
    depth: Annotated[int, Field(ge=0)] = 0


def logistic(options: LogisticOptions, seed: int) -> Any:
    """Return W = argmin C sum_i L(softmax(W x_i + b), y_i) + 1/2 ||W||^2; nothing is random."""
    from sklearn.linear_model import LogisticRegression

    del seed
    return LogisticRegression(C=options.cost, max_iter=options.iterations)


def knn(options: NeighboursOptions, seed: int) -> Any:
    """Return the vote of the k training pictures nearest to x (Euclidean); nothing is random."""
    from sklearn.neighbors import KNeighborsClassifier

    del seed
    return KNeighborsClassifier(options.neighbours, weights=options.votes, algorithm="brute")


def svm(options: SvmOptions, seed: int) -> Any:
    """Return sign(sum_i a_i y_i exp(-gamma ||x - x_i||^2) + b), one for each pair of classes."""
    from sklearn.svm import SVC

    del seed
    return SVC(C=options.cost, gamma=options.gamma or "scale", cache_size=500)


def forest(options: ForestOptions, seed: int) -> Any:
    """Return the mean of trees, each grown on a bootstrap, sqrt(pixels) of them asked a node."""
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(options.trees, max_depth=options.depth or None, random_state=seed)


def has_probabilities(estimator: Any) -> bool:
    """Return whether the estimator gives probabilities; else it gives decision values."""
    return hasattr(estimator, "predict_proba")


def answers(estimator: Any, pictures: Floats, classes: int) -> Floats:
    """Return probabilities, or decision values, (n, classes), of a fitted estimator.

    A class that no training picture had gets probability 0, or the lowest decision value.
    """
    given = estimator.predict_proba if has_probabilities(estimator) else estimator.decision_function
    values: Floats = given(pictures)
    if values.ndim == 1:  # of two classes scikit-learn gives only the second's
        values = np.stack([-values, values], axis=1)
    unseen = 0.0 if has_probabilities(estimator) else values.min()
    table = np.full((len(pictures), classes), unseen)
    table[:, estimator.classes_] = values
    return table


def parameters(estimator: Any) -> int:
    """Return how many numbers a fitted estimator holds, all of which it needs to answer.

    k-NN holds every training picture, a support vector machine those at the margin; of a tree
    count each question's pixel and threshold, and each leaf's shares of the classes.
    """
    if hasattr(estimator, "estimators_"):
        return sum(_tree_numbers(tree.tree_) for tree in estimator.estimators_)
    if hasattr(estimator, "n_samples_fit_"):
        return int(estimator.n_samples_fit_ * estimator.n_features_in_)
    if hasattr(estimator, "support_vectors_"):
        parts = (estimator.support_vectors_, estimator.dual_coef_, estimator.intercept_)
        return sum(part.size for part in parts)
    return int(estimator.coef_.size + estimator.intercept_.size)


def _tree_numbers(tree: Any) -> int:
    questions = tree.node_count - tree.n_leaves
    return int(2 * questions + tree.n_leaves * tree.value.shape[2])


def multiply_accumulates(estimator: Any) -> int:
    """Return the multiplications with those numbers for one picture; trees only compare."""
    if hasattr(estimator, "estimators_"):
        return 0
    if hasattr(estimator, "n_samples_fit_"):
        return parameters(estimator)
    return int(parameters(estimator) - estimator.intercept_.size)


def ending(estimator: Any) -> str:
    """Say why the fit of `estimator` ended."""
    most = getattr(estimator, "max_iter", -1)
    if most > 0 and estimator.n_iter_.max() >= most:
        return f"the {most} iterations allowed were taken; more could still change the weights"
    return "the fit is complete"


BASELINES: Final[Mapping[str, Entry[BuildBaseline]]] = {
    "logistic": Entry(
        build=logistic,
        Options=LogisticOptions,
        summary={
            "en": "Softmax regression, solved to the end instead of step by step.",
            "ko": "한 걸음씩 배우지 않고 끝까지 푸는 소프트맥스 회귀입니다.",
        },
        when={
            "en": "First of all: what a flat model answers needs no depth.",
            "ko": "가장 먼저 해 봅니다. 층 없는 모델이 맞히는 것에는 깊이가 필요 없습니다.",
        },
        formula="P(y|x) = softmax(W x + b), W = argmin C sum_i L_i + 1/2 ||W||^2",
        reference="Cox 1958, Journal of the Royal Statistical Society B 20",
    ),
    "knn": Entry(
        build=knn,
        Options=NeighboursOptions,
        summary={
            "en": "Keeps every training picture; the nearest ones vote.",
            "ko": "학습 그림을 모두 간직했다가 가장 가까운 것들이 투표합니다.",
        },
        when={
            "en": "To see how far mere memory goes: nothing is learnt, and answering is slow.",
            "ko": "외우기만 해도 어디까지 가는지 볼 때 씁니다. 배우는 것은 없고 답이 느립니다.",
        },
        formula="y = majority of y_i among the k smallest ||x - x_i||",
        reference="Cover and Hart 1967, IEEE Transactions on Information Theory 13",
    ),
    "svm": Entry(
        build=svm,
        Options=SvmOptions,
        summary={
            "en": "The widest margin between classes, bent by likeness to training pictures.",
            "ko": "학습 그림과 닮은 정도로 휘어진, 여백이 가장 넓은 경계를 찾습니다.",
        },
        when={
            "en": "With some thousands of pictures: often the best there is without depth.",
            "ko": "그림이 수천 장일 때 씁니다. 깊이 없이 얻는 가장 좋은 답일 때가 많습니다.",
        },
        formula="f(x) = sum_i a_i y_i exp(-gamma ||x - x_i||^2) + b",
        reference="Boser, Guyon and Vapnik 1992, COLT; Cortes and Vapnik 1995, Machine Learning 20",
    ),
    "forest": Entry(
        build=forest,
        Options=ForestOptions,
        summary={
            "en": "Hundreds of trees that ask about single pixels, and vote.",
            "ko": "픽셀 하나씩을 묻는 나무 수백 그루가 투표합니다.",
        },
        when={
            "en": "For an answer in seconds that needs no tuning.",
            "ko": "몇 초 만에, 설정을 고를 필요 없이 답을 얻고 싶을 때 씁니다.",
        },
        formula="P(y|x) = mean over trees of the share of y in the leaf that x reaches",
        reference="Breiman 2001, Machine Learning 45",
    ),
}
