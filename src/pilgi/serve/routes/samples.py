"""`/api/samples`: collect what people write, browse, relabel, delete, export, score."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from pilgi.evaluate import Scores
from pilgi.serve.models import DEFAULT
from pilgi.serve.problems import ForbiddenError
from pilgi.serve.routes.drawings import Drawing, Strokes, ink_text
from pilgi.serve.routes.reading import drawn
from pilgi.serve.safety import Member, Teacher
from pilgi.serve.samples import Sample, WriterCount
from pilgi.serve.samples.export import Format, packed, split_of
from pilgi.serve.samples.scores import scores_of
from pilgi.serve.samples.store import Filter
from pilgi.serve.services import Shared

router = APIRouter(prefix="/api/samples", tags=["samples"])

CONSENT = {
    "en": "What I write is kept on this computer, to teach and to test a program that reads "
    "digits. It is deleted when I ask for it, or at the end of the period that stands here.",
    "ko": "내가 쓴 글씨는 숫자를 읽는 프로그램을 가르치고 시험하는 데만 쓰이며, 이 컴퓨터에 "
    "보관됩니다. 지워 달라고 하거나 여기 적힌 기간이 지나면 지워집니다.",
}

Label = Annotated[str, Field(pattern=r"^[0-9]$", description="The digit that it is.")]


class SampleRequest(BaseModel):
    """A drawing of one digit that is handed in."""

    writer: str = Field(
        min_length=1, max_length=40, description="A nickname; no real name is needed."
    )
    consent: bool = Field(description="Whether the writer agreed to the sentence of consent.")
    strokes: Strokes
    y_up: bool = False
    label: Label | None = Field(default=None, description="What it is, where the writer says it.")
    model: str = DEFAULT


class SampleAnswer(BaseModel):
    """A drawing that was handed in."""

    id: int
    writer: str
    written: str = Field(description="When, ISO 8601, UTC.")
    strokes: Strokes
    ink: str = Field(description="28x28 bytes in Base64.")
    label: str | None
    answer: str | None = Field(description="What the recognizer took it for; null is not sure.")
    confidence: float
    recognizer: str


class SamplePage(BaseModel):
    """Some of the samples, and how many there are."""

    total: int
    samples: list[SampleAnswer]


class WriterAnswer(BaseModel):
    """Who wrote how much."""

    name: str
    consented: str
    samples: int
    labelled: int


class RelabelRequest(BaseModel):
    """What a sample is; null takes its label away."""

    label: Label | None


class Deleted(BaseModel):
    """How many samples are gone for good."""

    deleted: int


class Consent(BaseModel):
    """The sentence of consent in both languages, and how long samples are kept."""

    en: str
    ko: str
    retention_days: int


class RetentionRequest(BaseModel):
    """How long samples are kept."""

    retention_days: int = Field(ge=1, le=3650)


class ScoreAnswer(BaseModel):
    """How many of n were wrong."""

    n: int
    errors: int
    accuracy: float
    interval: list[float] = Field(description="Wilson 95 % of the accuracy.")
    declined: int


class WriterScoreAnswer(ScoreAnswer):
    """How a recognizer does on one writer's samples."""

    writer: str


class SampleScores(ScoreAnswer):
    """How a recognizer does on the labelled samples, an answer forced for all."""

    model: str
    confusion: list[list[int]] = Field(description="Counts, a row a truth, a column an answer.")
    writers: list[WriterScoreAnswer]


@router.get("/consent")
def show_consent(shared: Shared) -> Consent:
    """Return the sentence that a writer agrees to, and how long samples are kept."""
    return Consent(**CONSENT, retention_days=shared.samples.retention_days)


@router.put("/consent", dependencies=[Teacher])
def set_retention(asked: RetentionRequest, shared: Shared) -> Consent:
    """Set how long samples are kept; older ones go at once."""
    shared.samples.retention_days = asked.retention_days
    shared.samples.expire()
    return show_consent(shared)


@router.post("", dependencies=[Member], status_code=201)
async def add_sample(asked: SampleRequest, shared: Shared) -> SampleAnswer:
    """Keep a drawing whose writer consented; answered once it is on the disk."""
    if not asked.consent:
        raise ForbiddenError("nothing is kept without the writer's consent; ask for it first")
    cut = drawn(Drawing(strokes=asked.strokes, y_up=asked.y_up, kind="digit"))
    assert cut.ink is not None
    said = shared.models.reader(asked.model).read_cut(cut)
    up = -1 if asked.y_up else 1
    sample = Sample(
        writer=asked.writer.strip() or "?",
        strokes=[[[x, up * y] for x, y in stroke] for stroke in asked.strokes],
        ink=cut.ink,
        label=asked.label,
        answer=said.text,
        confidence=said.confidence,
        recognizer=asked.model,
    )
    return _answer(await asyncio.to_thread(shared.samples.add, sample))


@router.get("", dependencies=[Teacher])
def list_samples(  # noqa: PLR0913, PLR0917  (each is a documented parameter)
    shared: Shared,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    writer: Annotated[str | None, Query(max_length=40)] = None,
    label: Annotated[Label | None, Query()] = None,
    labelled: bool | None = None,
    wrong: Annotated[bool | None, Query(description="Labelled, and answered otherwise.")] = None,
) -> SamplePage:
    """Return samples, the newest first."""
    wanted = Filter(writer, label, labelled, wrong)
    total, found = shared.samples.page(offset, limit, wanted)
    return SamplePage(total=total, samples=[_answer(sample) for sample in found])


@router.get("/writers", dependencies=[Teacher])
def list_writers(shared: Shared) -> list[WriterAnswer]:
    """Return who wrote, by name."""
    return [_writer(writer) for writer in shared.samples.writers()]


@router.get("/export", dependencies=[Teacher], response_class=Response)
def export(shared: Shared, to: Annotated[Format, Query(alias="format")] = "idx") -> Response:
    """Return the labelled samples: a zip of IDX files, a CSV, or a zip of pictures by class."""
    name, content = packed(split_of(shared.samples.labelled()), to)
    kind = "text/csv" if to == "csv" else "application/zip"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


@router.get("/scores", dependencies=[Teacher])
def score(shared: Shared, model: str = DEFAULT) -> SampleScores:
    """Return how a recognizer does on the labelled samples, and on each writer's."""
    whole, by_writer = scores_of(shared.models.load(model), shared.samples.labelled())
    return SampleScores(
        **score_answer(whole).model_dump(),
        model=model,
        confusion=whole.confusion.tolist(),
        writers=[
            WriterScoreAnswer(writer=each.writer, **score_answer(each.scores).model_dump())
            for each in by_writer
        ],
    )


@router.patch("/{number}", dependencies=[Teacher])
def relabel(number: int, asked: RelabelRequest, shared: Shared) -> SampleAnswer:
    """Say what a sample is."""
    return _answer(shared.samples.relabel(number, asked.label))


@router.delete("/writers/{name}", dependencies=[Teacher])
def delete_writer(name: str, shared: Shared) -> Deleted:
    """Delete a writer and all he or she wrote, for good."""
    with shared.deleting() as samples:
        return Deleted(deleted=samples.delete_writer(name))


@router.delete("/{number}", dependencies=[Teacher])
def delete_sample(number: int, shared: Shared) -> Deleted:
    """Delete one sample for good."""
    with shared.deleting() as samples:
        samples.delete(number)
    return Deleted(deleted=1)


@router.delete("", dependencies=[Teacher])
def delete_all(
    shared: Shared, sure: Annotated[Literal["yes"], Query(description="So that none slips.")]
) -> Deleted:
    """Delete every sample and every writer, for good."""
    del sure
    with shared.deleting() as samples:
        return Deleted(deleted=samples.delete_all())


def score_answer(scores: Scores) -> ScoreAnswer:
    """Return the figures that are shown of a score."""
    return ScoreAnswer(
        n=scores.n,
        errors=scores.errors,
        accuracy=scores.accuracy,
        interval=list(scores.interval),
        declined=scores.declined,
    )


def _writer(writer: WriterCount) -> WriterAnswer:
    return WriterAnswer(
        name=writer.name,
        consented=writer.consented,
        samples=writer.samples,
        labelled=writer.labelled,
    )


def _answer(sample: Sample) -> SampleAnswer:
    return SampleAnswer(
        id=sample.id,
        writer=sample.writer,
        written=sample.written,
        strokes=[[list(point) for point in stroke] for stroke in sample.strokes],
        ink=ink_text(sample.ink),
        label=sample.label,
        answer=sample.answer,
        confidence=sample.confidence,
        recognizer=sample.recognizer,
    )
