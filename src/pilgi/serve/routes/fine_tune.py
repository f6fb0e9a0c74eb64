"""`/api/fine-tune`: teach a recognizer our hands, and see what that changed."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from pilgi.serve.models import DEFAULT
from pilgi.serve.routes.samples import ScoreAnswer, score_answer
from pilgi.serve.safety import Teacher
from pilgi.serve.services import Shared

router = APIRouter(prefix="/api/fine-tune", tags=["samples"], dependencies=[Teacher])


class FineTuneRequest(BaseModel):
    """Which recognizer to begin from, and whom to leave out."""

    model: str = DEFAULT
    held: list[Annotated[str, Field(max_length=40)]] = Field(
        default=[], description="Writers to leave out; none given leaves every fifth out."
    )
    epochs: int = Field(default=10, ge=1, le=200)


class Begun(BaseModel):
    """The run that was begun; watch it as any other in the lab."""

    run: str


class FineTuneAnswer(BaseModel):
    """What fine-tuning changed, on writers who were left out."""

    run: str
    state: str
    model: str
    held: list[str]
    before: ScoreAnswer
    after: ScoreAnswer | None = Field(description="Null until the run is finished.")


@router.post("", status_code=201)
def start(asked: FineTuneRequest, shared: Shared) -> Begun:
    """Begin to teach a recognizer the labelled samples, some writers left out."""
    return Begun(run=shared.fine_tunings.start(asked.model, asked.held, asked.epochs))


@router.get("/{run}")
def compare(run: str, shared: Shared) -> FineTuneAnswer:
    """Return how the recognizer does on the writers left out, before and after."""
    found = shared.fine_tunings.compare(run)
    return FineTuneAnswer(
        run=run,
        state=shared.trainings.state(run),
        model=found.fine_tuning.model,
        held=found.fine_tuning.held,
        before=score_answer(found.before),
        after=score_answer(found.after) if found.after else None,
    )
