"""What a recognizer is worth on a split: every figure of the report, computed once."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilgi import ink
from pilgi.data.formats.arrays import to_ink
from pilgi.data.split import Labels, Split
from pilgi.errors import DataError, RecognizerError
from pilgi.evaluate.calibration import Bin, ece_of, nll, reliability
from pilgi.evaluate.coverage import Balance, balances
from pilgi.evaluate.mistakes import Mistake, find_mistakes
from pilgi.evaluate.significance import wilson
from pilgi.recognizer import Recognizer

Floats = NDArray[np.floating[Any]]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class ClassScore:
    """One class: precision = tp / (tp + fp), recall = tp / (tp + fn), f1 their harmonic mean.

    support: how many pictures of it there are. A figure whose denominator is 0 (a class that was
    never answered, or never shown) is None: unknown, not zero.
    """

    name: str
    precision: float | None
    recall: float | None
    f1: float | None
    support: int


@dataclass(frozen=True, eq=False)
class Scores:
    """What a recognizer is worth on one split.

    interval: Wilson 95 % of the accuracy, fractions. nll: nats, see `calibration.nll`.
    ece: fraction, 15 bins of equal mass. confusion: int64 (k, k), rows truth, columns answers.
    balances: what other thresholds would decline, see `coverage`.
    declined: how many are answered "not sure"; declined_errors: how many of these were wrong.
    mistakes: every wrong answer, the most confident first, by index into the split's pictures.
    """

    data: str
    classes: tuple[str, ...]
    n: int
    errors: int
    interval: tuple[float, float]
    nll: float
    ece: float
    confusion: Counts
    per_class: tuple[ClassScore, ...]
    bins: tuple[Bin, ...]
    mistakes: tuple[Mistake, ...]
    balances: tuple[Balance, ...]
    declined: int
    declined_errors: int

    @property
    def accuracy(self) -> float:
        """The fraction answered rightly when an answer is forced for all n."""
        return (self.n - self.errors) / self.n

    @property
    def answered(self) -> dict[str, Any]:
        """The score of those that are answered; the accuracy is None where none is."""
        n, errors = self.n - self.declined, self.errors - self.declined_errors
        return {"n": n, "errors": errors, "accuracy": _ratio(n - errors, n)}

    def summary(self) -> dict[str, Any]:
        """Return the figures that `summary.json` keeps."""
        return {
            "n": self.n,
            "errors": self.errors,
            "accuracy": self.accuracy,
            "interval": list(self.interval),
            "nll": self.nll,
            "ece": self.ece,
        }

    def to_json(self) -> dict[str, Any]:
        """Return the documented JSON of `pilgi eval`; every number in it is finite."""
        return {
            "data": self.data,
            **self.summary(),
            "answered": self.answered,
            "declined": self.declined,
            "classes": list(self.classes),
            "confusion": self.confusion.tolist(),
            "per_class": [asdict(score) for score in self.per_class],
        }


def evaluate(recognizer: Recognizer, split: Split, min_confidence: float | None = None) -> Scores:
    """Score `recognizer` on `split`, with its calibrated probabilities.

    What it is less sure of than `min_confidence` counts as declined; None is its own threshold.
    A split that holds only some of the recognizer's classes is scored by their names; where digits
    are read, a picture that is not ink becomes it first: of colour, or on paper that is not 0.
    Raises DataError where the split is empty or its pictures or classes are not the
    recognizer's, RecognizerError where the answers are not numbers.
    """
    named = with_classes_of(recognizer, split)
    answers = recognizer.answers(_shown(split, recognizer))
    least = recognizer.metadata.min_confidence if min_confidence is None else min_confidence
    return probabilities_scores(answers.probabilities, named, answers.confidence, least or 0.0)


def _shown(split: Split, recognizer: Recognizer) -> NDArray[np.uint8]:
    """Return what the recognizer is shown: pictures of digits as ink."""
    images, facts = split.images, recognizer.metadata
    if facts.kind != "digit":
        return images
    if images.ndim == 4:
        return np.stack([ink.from_picture(picture) for picture in images])
    return to_ink(images) if images.shape[1:] == facts.input else images


def with_classes_of(recognizer: Recognizer, split: Split) -> Split:
    """Return the split with labels that count in the order of the recognizer's classes.

    Raises DataError where the recognizer does not know one of the split's classes.
    """
    unknown = [name for name in split.classes if name not in recognizer.classes]
    if unknown:
        raise DataError(
            f"{split.name}: its classes ({_listing(split.classes)}) are not those that "
            f"{recognizer.source} knows ({_listing(recognizer.classes)}); choose data of these"
        )
    position = np.array([recognizer.classes.index(name) for name in split.classes], dtype=np.int64)
    labels = position[split.labels]
    return Split(split.name, split.images, labels, recognizer.classes, split.writers)


def probabilities_scores(
    probabilities: Floats,
    split: Split,
    confidence: Floats | None = None,
    min_confidence: float = 0.0,
) -> Scores:
    """Score probabilities, (n, classes) in the order of the split's pictures and classes.

    confidence: (n,), how sure each answer is, by default its probability; what is less sure than
    `min_confidence` counts as declined.
    Raises DataError where the split is empty or the shape is another, RecognizerError where a
    probability is not a finite number.
    """
    _check_probabilities(probabilities, split)
    labels = split.labels
    sure = probabilities.max(axis=1) if confidence is None else confidence
    right, unsure = probabilities.argmax(axis=1) == labels, sure < min_confidence
    confusion = _confusion(probabilities.argmax(axis=1), labels, len(split.classes))
    hits, n = int(confusion.trace()), len(split)
    bins = reliability(probabilities, labels)
    return Scores(
        data=split.name,
        classes=split.classes,
        n=n,
        errors=n - hits,
        interval=wilson(hits, n),
        nll=nll(probabilities, labels),
        ece=ece_of(bins),
        confusion=confusion,
        per_class=_class_scores(confusion, split.classes),
        bins=bins,
        mistakes=find_mistakes(probabilities, labels),
        balances=balances(sure, right),
        declined=int(unsure.sum()),
        declined_errors=int((unsure & ~right).sum()),
    )


def _check_probabilities(probabilities: Floats, split: Split) -> None:
    if not len(split):
        raise DataError(f"{split.name}: no pictures to score; check the path or choose other data")
    expected = (len(split), len(split.classes))
    if probabilities.shape != expected:
        raise DataError(
            f"{split.name}: probabilities of shape {probabilities.shape} for pictures and classes "
            f"of shape {expected}; score them with the recognizer's own classes"
        )
    if not np.isfinite(probabilities).all():
        raise RecognizerError(
            f"{split.name}: some answers are NaN or infinite; the recognizer's weights are not "
            "numbers, train it again with a lower learning rate"
        )


def _confusion(answers: Counts, labels: Labels, k: int) -> Counts:
    counts: Counts = np.bincount(labels * k + answers, minlength=k * k).reshape(k, k)
    return counts.astype(np.int64)


def _class_scores(confusion: Counts, classes: tuple[str, ...]) -> tuple[ClassScore, ...]:
    hits = confusion.diagonal().tolist()
    shown = confusion.sum(axis=1).tolist()
    said = confusion.sum(axis=0).tolist()
    return tuple(
        ClassScore(name, _ratio(h, a), _ratio(h, s), _ratio(2 * h, s + a), s)
        for name, h, s, a in zip(classes, hits, shown, said, strict=True)
    )


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _listing(names: tuple[str, ...], most: int = 10) -> str:
    shown = ", ".join(names[:most])
    return f"{shown}, ... {len(names) - most} more" if len(names) > most else shown
