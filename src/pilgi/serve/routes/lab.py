"""`/api/lab`: start, watch, stop and resume trainings; the twin that changes one thing."""

import asyncio
import json
import math
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import asdict
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from pilgi.errors import DataError
from pilgi.methods import catalogue
from pilgi.serve.problems import NotFoundError
from pilgi.serve.routes.learning import show_recipe
from pilgi.serve.runs import NAME, recipe_of
from pilgi.serve.safety import Teacher
from pilgi.serve.services import Services, Shared
from pilgi.serve.training import Record, Step, flags_of

router = APIRouter(prefix="/api/lab", tags=["lab"])

POLL_SECONDS: Final = 0.5
QUIET_SECONDS: Final = 15.0
"""After so long without news a comment is sent, so that a connection that is gone is noticed."""

ENDED: Final = ("finished", "stopped", "failed")

LENGTHS: Final = ("epochs", "steps")
"""Numbers too: a recipe names the one or the other, so neither has a default."""

Setting = Annotated[
    str,
    Field(
        pattern=r"^[a-z_][a-z0-9_.]*=[^\n\r]*$",
        max_length=2000,
        description="One key=value, as `pilgi train` takes it.",
        examples=["optimizer.learning_rate=0.05"],
    ),
]


class StartRequest(BaseModel):
    """A recipe and what is changed in it."""

    recipe: str = Field(description="A shipped recipe's name.", examples=["quick"])
    settings: list[Setting] = Field(default=[], max_length=50)
    histograms: bool = Field(
        default=False, description="Record weights and outputs for TensorBoard."
    )


class TwinRequest(BaseModel):
    """A run, and the one thing that its twin changes; the seed stays."""

    run: str
    setting: Setting


class ResumeRequest(BaseModel):
    """What changes when a run goes on: `epochs`, `steps`, `patience`, `device`, `threads`."""

    settings: list[Setting] = Field(default=[], max_length=5)


class TrainingAnswer(BaseModel):
    """A training that was started here."""

    run: str
    state: str = Field(description="`running`, `stopping`, `finished`, `stopped` or `failed`.")
    started: str = Field(description="When, ISO 8601.")
    recipe: str | None = Field(description="The shipped recipe; null where it is another run's.")
    settings: list[str] = Field(description="What was changed in it, each key=value.")
    resumed: bool = Field(description="Whether this is a run that goes on.")
    epochs: int = Field(description="Epochs whose metrics are written.")
    step: int | None = Field(description="Steps taken, as far as it said so.")
    steps: int | None = Field(description="Of how many.")
    words: str = Field(description="What it said last: why it failed, for one.")


@router.get("")
def list_trainings(shared: Shared) -> list[TrainingAnswer]:
    """Return the trainings that were started here, also before the server came back."""
    return [_answer(record, shared) for record in shared.trainings.records()]


@router.post("", dependencies=[Teacher], status_code=201)
def start(asked: StartRequest, shared: Shared) -> TrainingAnswer:
    """Begin a training in a process of its own; closing the page or the server does not stop it."""
    recipe = show_recipe(asked.recipe).name
    flags = ["--histograms"] if asked.histograms else []
    return _start(recipe, recipe, [*asked.settings, *flags], shared)


@router.post("/twin", dependencies=[Teacher], status_code=201)
def start_twin(asked: TwinRequest, shared: Shared) -> TrainingAnswer:
    """Begin the twin of a run: the same recipe and seed, one thing changed."""
    run = shared.runs.open(asked.run)
    recipe = str(recipe_of(run).get("name", "twin"))
    return _start(str(run.recipe), recipe, [asked.setting, *flags_of(run)], shared)


@router.post("/{run}/stop", dependencies=[Teacher])
def stop(run: str, shared: Shared) -> TrainingAnswer:
    """Stop a training after its step; it can go on."""
    shared.trainings.stop(run)
    return _find(run, shared)


@router.post("/{run}/resume", dependencies=[Teacher])
def resume(run: str, asked: ResumeRequest, shared: Shared) -> TrainingAnswer:
    """Go on with a run that was stopped, or longer with one that is finished."""
    _refuse_no_numbers(asked.settings)
    shared.trainings.resume(run, asked.settings)
    return _find(run, shared)


@router.delete("/{run}", dependencies=[Teacher])
def forget(run: str, shared: Shared) -> TrainingAnswer:
    """Drop a training from the list; its run stays."""
    found = _find(run, shared)
    shared.trainings.forget(run)
    return found


@router.get("/{run}/events", response_class=StreamingResponse)
async def events(
    run: str,
    request: Request,
    shared: Shared,
    last_event_id: Annotated[int, Header(description="The last epoch that was seen.")] = 0,
) -> StreamingResponse:
    """Watch a run as Server-Sent Events until it ends.

    `epoch`: a line of metrics.jsonl, its id the epoch's number. `step`: {"step", "steps", "loss"},
    twice a second. `state`: {"run", "state"}, when it changes; the last one is `finished`,
    `stopped` or `failed`.
    """
    _find_or_run(run, shared)
    stream = _stream(run, request, shared, last_event_id)
    return StreamingResponse(stream, media_type="text/event-stream")


async def _stream(run: str, request: Request, shared: Services, seen: int) -> AsyncIterator[str]:
    told: tuple[str, Step | None] = ("", None)
    quiet = 0.0
    while not (request.app.state.ending or await request.is_disconnected()):
        state, step, epochs = await asyncio.to_thread(_news, run, shared, seen)
        for epoch in epochs:
            seen = epoch["epoch"]
            yield _event("epoch", epoch, seen)
        if step is not None and step != told[1]:
            yield _event("step", asdict(step))
        if state != told[0]:
            yield _event("state", {"run": run, "state": state})
        if state in ENDED:
            return
        quiet = 0.0 if (state, step) != told else quiet + POLL_SECONDS
        if quiet >= QUIET_SECONDS:
            quiet = 0.0
            yield ": nothing new\n\n"
        told = state, step
        await asyncio.sleep(POLL_SECONDS)


def _news(run: str, shared: Services, seen: int) -> tuple[str, Step | None, list[dict[str, Any]]]:
    """Return the state, asked first so that nothing is missed, the step, epochs after `seen`."""
    state, step = shared.trainings.state(run), shared.trainings.step(run)
    try:
        history = shared.runs.open(run).history()
    except NotFoundError:  # its folder is not there yet
        history = []
    return state, step, [epoch for epoch in history if epoch["epoch"] > seen]


def _event(name: str, content: Any, number: int | None = None) -> str:
    mark = "" if number is None else f"id: {number}\n"
    return f"event: {name}\n{mark}data: {json.dumps(content)}\n\n"


def _refuse_no_numbers(settings: list[str]) -> None:
    """Raise DataError for a word where a recipe has a number: a training would only fail of it."""
    numbers = {key for key, value in catalogue()["defaults"].items() if type(value) in (int, float)}
    for word in settings:
        key, _, value = word.partition("=")
        if key in {*numbers, *LENGTHS} and not _is_number(value):
            raise DataError(f"{key} must be a number, not {value[:40]!r}")


def _is_number(text: str) -> bool:
    with suppress(ValueError):
        return math.isfinite(float(text))
    return False


def _start(source: str, recipe: str, settings: list[str], shared: Services) -> TrainingAnswer:
    _refuse_no_numbers(settings)
    name = shared.trainings.free_name(recipe if NAME.fullmatch(recipe) else "run")
    shared.trainings.start(source, settings, name)
    return _find(name, shared)


def _find(run: str, shared: Services) -> TrainingAnswer:
    found = next((each for each in shared.trainings.records() if each.run == run), None)
    if found is None:
        raise NotFoundError(
            f"no training of {run[:80]!r} was started here; GET /api/lab lists them"
        )
    return _answer(found, shared)


def _find_or_run(run: str, shared: Services) -> None:
    if not any(each.run == run for each in shared.trainings.records()):
        shared.runs.open(run)


def _answer(record: Record, shared: Services) -> TrainingAnswer:
    state, step, history = _news(record.run, shared, 0)
    first = record.command[record.command.index("train") + 1]
    return TrainingAnswer(
        run=record.run,
        state=state,
        started=record.started,
        recipe=first if NAME.fullmatch(first) else None,
        settings=record.settings,
        resumed=first == "--resume",
        epochs=len(history),
        step=step.step if step else None,
        steps=step.steps if step else None,
        words=shared.trainings.words(record.run),
    )
