"""`POST /api/read` a picture, `POST /api/recognize` strokes: what the command line answers too."""

import asyncio
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query, Request
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from pilgi import ink
from pilgi.read import Reading
from pilgi.read.cutting import Cut
from pilgi.read.drawing import cut_digit, cut_strokes
from pilgi.read.reading import Reader
from pilgi.recognizer import Recognizer
from pilgi.serve.models import DEFAULT, LINE
from pilgi.serve.routes.drawings import Drawing, Grey, grey_of, ink_text
from pilgi.serve.services import Shared
from pilgi.serve.uploads import UPLOAD, uploaded

router = APIRouter(prefix="/api", tags=["reading"])


class GuessAnswer(BaseModel):
    """What a digit may be."""

    digit: str
    confidence: float


class DigitAnswer(BaseModel):
    """One digit of a reading; `digit` is null where it is left open."""

    digit: str | None
    confidence: float
    guesses: list[GuessAnswer]


class SeparatorAnswer(BaseModel):
    """A sign between digits that was left out; after: how many digits stand before it."""

    after: int
    confidence: float


class ReadingAnswer(BaseModel):
    """A digit or a number, as `pilgi read --json` has it."""

    text: str | None = Field(description="Its digits; null where not sure of all of them.")
    confidence: float = Field(description="The probability of all of them.")
    box: list[int] = Field(description="Left, top, width, height, in the units of what was read.")
    digits: list[DigitAnswer]
    seen: str = Field(description="The digits, `?` where not sure.")
    answer: str = Field(description="The number with `?` for open digits, or `not sure`.")
    separators: list[SeparatorAnswer]


class StepPicture(BaseModel):
    """One step from what was written to what the network sees."""

    name: str
    picture: str = Field(description="A PNG as a data URI.")


class PageAnswer(BaseModel):
    """One page of an upload, as `pilgi read --json` has it, and its size."""

    file: str
    page: int
    error: str | None
    readings: list[ReadingAnswer]
    width: int
    height: int
    steps: list[StepPicture] | None = Field(default=None, description="With `steps=true`.")


class GreyStep(Grey):
    """One step from strokes to what the network sees."""

    name: str


class RecognizeRequest(Drawing):
    """A drawing, and what is wanted of it."""

    model: str | None = Field(default=None, description="A recognizer's name; else those in use.")
    steps: bool = Field(default=False, description="Whether to answer the steps too.")


class RecognizeAnswer(ReadingAnswer):
    """What a drawing is."""

    kind: str = Field(description="`digit` or `number`.")
    model: str = Field(description="The recognizer that read it.")
    probabilities: list[float] | None = Field(
        description="Of a digit: how probable each of 0 to 9 is, as if it were one of them."
    )
    ink: str = Field(description="Its 28x28 ink, row by row, in Base64; of a number squeezed.")
    steps: list[GreyStep] | None = Field(default=None, description="With `steps=true`.")


@router.post("/read", openapi_extra=UPLOAD)
async def read_picture(  # noqa: PLR0913, PLR0917  (each is a documented parameter)
    request: Request,
    shared: Shared,
    name: Annotated[str, Query(description="What the picture is called.")] = "picture",
    steps: Annotated[bool, Query(description="Whether to answer each step's picture.")] = False,
    model: Annotated[str | None, Query(description="A recognizer's name.")] = None,
    pattern: Annotated[str | None, Query(description="What every text must match.")] = None,
    min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None,
) -> list[PageAnswer]:
    """Read the digits and numbers in a picture: PNG, JPEG, TIFF, WebP, BMP, GIF, PNM or PDF.

    The body is the file itself, or a form with one file. At most 10 MB and 20 million pixels.
    """
    content, called = await uploaded(request)
    used = model or shared.models.used
    question = {
        "name": (called or name)[:200],
        "steps": steps,
        "model": None if used == DEFAULT else str(shared.models.file(used)),
        "pattern": pattern,
        "min_confidence": min_confidence,
    }
    async with shared.one_picture:
        pages = await asyncio.to_thread(shared.pictures.read, content, question)
    return [PageAnswer.model_validate(page) for page in pages]


@router.post("/recognize")
async def recognize(asked: RecognizeRequest, shared: Shared) -> RecognizeAnswer:
    """Read a drawing: one digit, or a number where several stand side by side."""
    # A digit takes a millisecond, less than handing it to a thread and back; a number takes longer.
    cut = cut_digit(_points(asked), asked.y_up) if _ink_alone(asked) else drawn(asked)
    used = shared.models.used
    reader = shared.models.reader(asked.model)
    if cut.single:
        return _digit(asked, cut, reader, used)
    return await asyncio.to_thread(_number, asked, cut, reader, used)


def drawn(asked: Drawing) -> Cut:
    """Return a drawing as what a reader reads; its kind is the asker's where he says one."""
    cut = cut_strokes(_points(asked), asked.y_up)
    return cut if asked.kind == "auto" else cut._replace(single=asked.kind == "digit")


def _points(asked: Drawing) -> list[NDArray[np.float64]]:
    return [np.asarray(stroke, np.float64).reshape(-1, 2) for stroke in asked.strokes]


def _ink_alone(asked: RecognizeRequest) -> bool:
    """Return whether nobody looks at the drawing's picture: it is neither cut up nor shown."""
    return asked.kind == "digit" and not asked.steps


def _digit(asked: RecognizeRequest, cut: Cut, reader: Reader, used: str) -> RecognizeAnswer:
    recognizer = reader.digit
    assert isinstance(recognizer, Recognizer)
    assert cut.ink is not None
    answers = recognizer.answers(cut.ink[None])
    digit = recognizer.named(answers)
    reading = Reading(digit.digit, digit.confidence, cut.box, (digit,))
    shares = [round(share, 6) for share in answers.probabilities[0].tolist()]
    said, alone = reading.where_sure(reader.least_alone), cut._replace(single=True)
    return _said(asked, alone, said, shares, used)


def _number(asked: RecognizeRequest, cut: Cut, reader: Reader, used: str) -> RecognizeAnswer:
    reading = reader.read_cut(cut)
    if asked.kind == "auto" and len(reading.digits) == 1 and not reading.separators:
        return _digit(asked, cut, reader, used)  # what turns out to be one digit is its to say
    return _said(asked, cut, reading, None, LINE)


def _said(
    asked: RecognizeRequest,
    cut: Cut,
    reading: Reading,
    probabilities: list[float] | None,
    model: str,
) -> RecognizeAnswer:
    assert cut.ink is not None
    return RecognizeAnswer(
        **reading.to_json(),
        kind="digit" if cut.single else "number",
        model=asked.model or model,
        probabilities=probabilities,
        ink=ink_text(cut.ink),
        steps=_steps(cut) if asked.steps else None,
    )


def _steps(cut: Cut) -> list[GreyStep]:
    """Return the drawing and what becomes of it: of a digit its ink, of a number its line."""
    traced = [("drawing", cut.pixels), ("ink", cut.ink)]
    if not cut.single:
        traced = [("drawing", cut.pixels), *ink.trace_line(cut.pixels)]
    named = [(name, grey) for name, grey in traced if grey is not None and grey.size]
    return [GreyStep(name=name, **grey_of(grey).model_dump()) for name, grey in named]
