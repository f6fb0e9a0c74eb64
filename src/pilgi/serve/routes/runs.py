"""`/api/runs`: what was trained: list, show, curves, report; delete with undo."""

from functools import partial
from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from pilgi.errors import PilgiError
from pilgi.files import read_bytes
from pilgi.run_folder import TEXT_LIMIT, RunFolder
from pilgi.serve.problems import ConflictError, NotFoundError
from pilgi.serve.runs import recipe_of
from pilgi.serve.safety import REPORT_POLICY, Teacher
from pilgi.serve.services import Services, Shared

router = APIRouter(prefix="/api/runs", tags=["runs"])


class RunAnswer(BaseModel):
    """A run in short."""

    name: str
    state: str = Field(description="`running`, `stopping`, `finished`, `stopped` or `failed`.")
    recipe: str | None
    data: str | None
    model: str | None
    seed: int | None
    epochs: int = Field(description="Epochs whose metrics are written; a fold's, of several.")
    accuracy: float | None = Field(description="On the test pictures, an answer forced for all.")
    held_out: bool = Field(
        description="Whether that is of a cross validation's held-out pictures, not of test's."
    )
    errors: int | None
    n: int | None
    interval: list[float] | None = Field(description="Wilson 95 % of the accuracy.")
    parameters: int | None
    train_seconds: float | None
    recognizer: bool = Field(description="Whether it left one.")
    report: bool = Field(description="Whether it left a report.")


class RunDetail(RunAnswer):
    """A run in full."""

    toml: str = Field(description="Its recipe.")
    summary: dict[str, Any] | None = Field(description="summary.json, once it is finished.")
    history: list[dict[str, Any]] = Field(description="metrics.jsonl, a line an epoch.")
    words: str = Field(description="What its training said last: why it failed, for one.")


class Histogram(BaseModel):
    """How numbers are spread: how many lie in each of some equal parts from low to high."""

    name: str
    kind: str = Field(default="", description="Of an output: its layer's.")
    low: float
    high: float
    counts: list[int]


class LayerMaps(BaseModel):
    """What a layer makes of one picture."""

    name: str
    kind: str
    shape: list[int] = Field(description="Channels, height, width.")
    values: str = Field(description="Bytes in Base64, 0 the least value and 255 the greatest.")


class InsideAnswer(BaseModel):
    """A network's inside as it learns."""

    step: int
    weights: list[Histogram]
    outputs: list[Histogram]
    maps: list[LayerMaps]


class Emptied(BaseModel):
    """How many things are gone for good."""

    deleted: int


@router.get("")
def list_runs(shared: Shared) -> list[RunAnswer]:
    """Return the runs, the newest first."""
    return [_in_short(run, shared) for run in shared.runs.all()]


@router.get("/trash")
def list_trash(shared: Shared) -> list[RunAnswer]:
    """Return the runs that were deleted and can come back."""
    return [_in_short(run, shared) for run in shared.runs.removed()]


@router.delete("/trash", dependencies=[Teacher])
def empty_trash(shared: Shared) -> Emptied:
    """Delete what is in the trash for good."""
    shared.forget_scores()
    return Emptied(deleted=shared.runs.empty_trash())


@router.get("/{name}")
def show_run(name: str, shared: Shared) -> RunDetail:
    """Return a run: its recipe, its final scores, its curves."""
    run = shared.runs.open(name)
    return RunDetail(
        **_in_short(run, shared).model_dump(),
        toml=run.toml(),
        summary=run.summary() if run.finished else None,
        history=run.history(),
        words=shared.trainings.words(name),
    )


@router.get("/{name}/metrics")
def show_metrics(name: str, shared: Shared) -> list[dict[str, Any]]:
    """Return a run's metrics, an entry an epoch, as metrics.jsonl has them."""
    return shared.runs.open(name).history()


@router.get("/{name}/inside")
def show_inside(name: str, shared: Shared) -> InsideAnswer | None:
    """Return the network's inside after the last epoch; null where it is not recorded, or not yet.

    Trainings that were started with `histograms` record it.
    """
    run = shared.runs.open(name)
    if not run.inside.is_file():
        return None
    return InsideAnswer.model_validate_json(read_bytes(run.inside, TEXT_LIMIT))


@router.get("/{name}/report", response_class=FileResponse)
def show_report(name: str, shared: Shared) -> FileResponse:
    """Return a run's report, which is given no rights: no script, no form, no origin."""
    run = shared.runs.open(name)
    if not run.report.is_file():
        raise NotFoundError(f"{name}: no report yet; a run has one once it is finished")
    headers = {"content-security-policy": REPORT_POLICY}
    return FileResponse(run.report, media_type="text/html; charset=utf-8", headers=headers)


@router.delete("/{name}", dependencies=[Teacher])
def delete_run(name: str, shared: Shared) -> RunAnswer:
    """Move a run to the trash, from which it can come back."""
    run = shared.runs.open(name)
    if shared.trainings.running(name):
        raise ConflictError(f"{name}: it is being trained; stop it first")
    answer = _in_short(run, shared)
    shared.runs.remove(name)
    return answer


@router.post("/{name}/restore", dependencies=[Teacher])
def restore_run(name: str, shared: Shared) -> RunAnswer:
    """Bring a run back from the trash."""
    return _in_short(shared.runs.restore(name), shared)


def _in_short(run: RunFolder, shared: Services) -> RunAnswer:
    summary, recipe, history = _read(run)
    score = summary.get("held_out") or summary.get("test") or {}
    model = recipe.get("model")
    return RunAnswer(
        name=run.name,
        state=shared.trainings.state(run.name, run.folder),
        recipe=recipe.get("name"),
        data=recipe.get("data"),
        model=model.get("name") if isinstance(model, dict) else model,
        seed=recipe.get("seed"),
        epochs=len(history) or summary.get("epochs") or 0,
        accuracy=score.get("accuracy"),
        held_out="held_out" in summary,
        errors=score.get("errors"),
        n=score.get("n"),
        interval=score.get("interval"),
        parameters=summary.get("parameters"),
        train_seconds=summary.get("train_seconds"),
        recognizer=run.recognizer.is_file(),
        report=run.report.is_file(),
    )


def _read(run: RunFolder) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """Return summary, recipe and history; nothing of a damaged file: the others are still shown."""
    found: list[Any] = []
    for read, nothing in ((run.summary, {}), (partial(recipe_of, run), {}), (run.history, [])):
        try:
            found.append(read() or nothing)
        except PilgiError:
            found.append(nothing)
    return found[0], found[1], found[2]
