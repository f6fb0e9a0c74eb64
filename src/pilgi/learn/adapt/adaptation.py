"""`adapt(model, found) -> Run`: a recognizer and pictures of the field -> one adapted to it."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import torch

from pilgi.data.partly_labelled import PartlyLabelled
from pilgi.errors import DataError, RecipeError, nearest
from pilgi.learn.adapt.choosing import Chosen, asked, choose
from pilgi.learn.adapt.entry import Setting
from pilgi.learn.adapt.finishing import Result, finish
from pilgi.learn.adapt.origin import Origin, open_origin
from pilgi.learn.adapt.shares import shares_of
from pilgi.learn.adapt.table import METHODS
from pilgi.learn.adapt.target import Target, check, hold_back
from pilgi.learn.run import Run, new_folder
from pilgi.learn.train.backend import settled_objects
from pilgi.learn.train.batches import Resident
from pilgi.learn.train.events import Events, Silence

AUTO: Final = "auto"
ABSENT_LABELS: Final = "has no labels, and {} learns from labels; use shot, or label some"


def adapt(  # noqa: PLR0913  (what is adapted to what and how, where it goes, who watches)
    model: str,
    found: PartlyLabelled,
    method: str = AUTO,
    *,
    forget: bool = False,
    seed: int = 0,
    out: Path | None = None,
    events: Events | None = None,
) -> Run:
    """Adapt a recognizer to pictures, labelled or not, and return the folder of the new one.

    model: a shipped name, a run's folder or a file with its weights beside it. method: a key of
    `METHODS`, or `auto`. forget: whether the old data may be answered worse by more than 0.1
    points; else so much of the old weights is blended in that they are not, see `memory`.
    Raises RecipeError for an unknown method or one that does not fit the net, DataError for
    pictures that cannot be adapted to, RecognizerError where the recognizer cannot learn on,
    RunError where `out` is in the way; all before anything is written.
    """
    watcher, started = events or Silence(), datetime.now(UTC)
    if method != AUTO and method not in METHODS:
        raise RecipeError(f"--method {method}: {nearest(method, [*METHODS, AUTO])}")
    watcher.noted(f"reading what {model} learnt from: it is to be kept")
    origin = open_origin(model)
    for sentence in check(origin, found):
        watcher.noted(sentence)
    target = hold_back(found, seed)
    if method != AUTO and METHODS[method].labels and not target.labelled:
        raise DataError(f"{found.name} {ABSENT_LABELS.format(method)}")
    run = Run(new_folder(f"{Path(model).name}-adapted", out))
    with settled_objects(), _left_as_it_was(run):
        setting = _watched(_setting(origin, target, seed), run, watcher)
        began = time.perf_counter()
        chosen = _chosen(setting, target, method, forget=forget)
        seconds = time.perf_counter() - began
        watcher.noted("scoring what came of it")
        said = started.isoformat(timespec="seconds")
        finish(run, Result(origin, target, chosen, seed, seconds, said))
    return run


@contextmanager
def _left_as_it_was(run: Run) -> Iterator[None]:
    """Take the run's folder, which was empty, away where what follows is cut off."""
    try:
        yield
    except BaseException:
        shutil.rmtree(run.folder, ignore_errors=True)
        raise


def _setting(origin: Origin, target: Target, seed: int) -> Setting:
    pictures, labels = target.tensors()
    source = Resident(origin.parts.train, torch.device("cpu")) if origin.parts else None
    shares = torch.from_numpy(shares_of(origin.recognizer, target.images))
    return Setting(origin, pictures, labels, source, shares, seed)


def _watched(setting: Setting, run: Run, watcher: Events) -> Setting:
    """Return the setting whose updates the watcher is told of, each method as a training."""

    def watch(step: int, steps: int, loss: float) -> None:
        if step == 1:
            watcher.started("adaptation", str(run.folder), 0, steps)
        watcher.stepped(step, loss)

    return replace(setting, watch=watch)


def _chosen(setting: Setting, target: Target, method: str, *, forget: bool) -> Chosen:
    if method == AUTO:
        return choose(setting, target, forget=forget)
    return asked(method, setting, target, forget=forget)
