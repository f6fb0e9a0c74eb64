"""`/api/runs/{name}/scores`: a run's confusion matrix and its worst mistakes, with pictures."""

import json
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter
from pydantic import BaseModel, Field

from pilgi.data import Split
from pilgi.errors import DataError
from pilgi.evaluate import Scores, evaluate
from pilgi.evaluate.mistakes import Mistake, picture_uri
from pilgi.files import read_bytes, write_json
from pilgi.recognizer import Recognizer
from pilgi.serve.routes.drawings import ink_text
from pilgi.serve.runs import recipe_of
from pilgi.serve.services import Shared, needed_split

router = APIRouter(prefix="/api/runs", tags=["runs"])

SHOWN: Final = 60
"""Mistakes at most, the surest first."""

CACHE_LIMIT: Final = 16 * 2**20


class MistakeAnswer(BaseModel):
    """A wrong answer, and the picture."""

    index: int
    answer: str
    truth: str
    confidence: float
    picture: str = Field(description="A PNG as a data URI.")
    ink: str | None = Field(description="28x28 bytes in Base64, where it is of a digit.")


class ScoresAnswer(BaseModel):
    """What a run's recognizer is worth on the test pictures of what it learnt."""

    data: str
    n: int
    errors: int
    accuracy: float
    interval: list[float]
    nll: float
    ece: float
    declined: int
    answered: dict[str, Any]
    classes: list[str]
    confusion: list[list[int]] = Field(description="Counts, a row a truth, a column an answer.")
    per_class: list[dict[str, Any]]
    mistakes: list[MistakeAnswer] = Field(description="The surest first, at most 60.")


@router.get("/{name}/scores")
def show_scores(name: str, shared: Shared) -> ScoresAnswer:
    """Return a run's confusion matrix and worst mistakes on its own test pictures.

    Scored here the first time, which takes some seconds, and kept. Nothing is chosen by it.
    """
    recognizer = shared.models.load(name)
    data = recipe_of(shared.runs.open(name)).get("data", "mnist")
    kept = shared.scores / f"{recognizer.metadata.sha256}.json"
    with shared.scoring:
        return _kept(kept) or _scored(recognizer, needed_split(data, "test"), kept)


def _kept(path: Path) -> ScoresAnswer | None:
    try:
        return ScoresAnswer(**json.loads(read_bytes(path, CACHE_LIMIT)))
    except (DataError, ValueError):
        return None


def _scored(recognizer: Recognizer, split: Split, kept: Path) -> ScoresAnswer:
    scores = evaluate(recognizer, split)
    said = ScoresAnswer(
        **scores.to_json(),
        mistakes=[_mistake(each, scores, split) for each in scores.mistakes[:SHOWN]],
    )
    write_json(kept, said.model_dump())
    return said


def _mistake(mistake: Mistake, scores: Scores, split: Split) -> MistakeAnswer:
    picture = split.images[mistake.index]
    return MistakeAnswer(
        index=mistake.index,
        answer=scores.classes[mistake.answer],
        truth=scores.classes[mistake.truth],
        confidence=mistake.confidence,
        picture=picture_uri(picture),
        ink=ink_text(picture) if picture.shape == (28, 28) else None,
    )
