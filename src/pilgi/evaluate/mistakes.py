"""The worst mistakes: wrong answers, the surest first, and their pictures."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_SIDE: Final = 42
INK: Final = 0x1B

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Mistake:
    """One wrong answer: the picture's index, the answer, the truth, the answer's confidence."""

    index: int
    answer: int
    truth: int
    confidence: float


def find_mistakes(probabilities: Floats, labels: NDArray[np.int64]) -> tuple[Mistake, ...]:
    """Return every wrong answer, the most confident first (at equal confidence, by index)."""
    answers = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1).astype(np.float64)
    wrong = np.flatnonzero(answers != labels)
    order = wrong[np.argsort(-confidence[wrong], kind="stable")]
    return tuple(
        Mistake(int(i), int(answers[i]), int(labels[i]), float(confidence[i])) for i in order
    )


def picture_uri(picture: NDArray[np.uint8], largest: int = LARGEST_SIDE) -> str:
    """Return one picture as a PNG data URI.

    picture: (height, width), drawn as dark ink on nothing, so that whatever paper lies beneath
    shows through; or (height, width, 3), drawn as it is. Sides above `largest` pixels are shrunk.
    """
    image = _image(picture)
    image.thumbnail((largest, largest))
    stream = BytesIO()
    image.save(stream, "PNG", optimize=True)
    return "data:image/png;base64," + b64encode(stream.getvalue()).decode()


def _image(picture: NDArray[np.uint8]) -> Image:
    from PIL import Image

    if picture.ndim == 3:
        return Image.fromarray(np.ascontiguousarray(picture))
    ink = np.stack([np.full_like(picture, INK), picture], axis=-1)
    return Image.fromarray(ink)
