"""What the routes share: settings, recognizers, runs, trainings, samples, the picture reader."""

import asyncio
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from pilgi.data import Split, load
from pilgi.errors import DataError, RunError
from pilgi.serve.fine_tuning import FineTunings
from pilgi.serve.models import Models
from pilgi.serve.pictures import PictureReader
from pilgi.serve.problems import NotFoundError
from pilgi.serve.runs import Runs
from pilgi.serve.samples import SampleStore
from pilgi.serve.settings import Settings
from pilgi.serve.tensorboard import TensorBoard
from pilgi.serve.training import Trainings

TRAINING_DIGITS = "mnist"
"""The digits that neighbours and prototypes are looked for among ..."""

AT_HAND = "digits"
"""... and those of scikit-learn, where MNIST is not on this machine."""


@dataclass
class Services:
    """One server's parts."""

    settings: Settings
    runs: Runs
    models: Models
    trainings: Trainings
    pictures: PictureReader
    samples: SampleStore
    fine_tunings: FineTunings
    board: TensorBoard
    one_picture: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while an upload is read: those who wait hold no thread."""
    one_export: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while a recognizer is compiled."""

    @classmethod
    def open(cls, settings: Settings) -> "Services":
        """Return the parts of a server; a folder that is missing is made.

        Raises RunError where it cannot be made, DataError for samples that cannot be read,
        MissingExtraError where a TensorBoard is wanted that is not installed.
        """
        try:
            settings.runs.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunError(f"{settings.runs}: cannot be made ({error.strerror})") from error
        runs, kept = Runs(settings.runs.resolve()), settings.kept.resolve()
        models, trainings = Models(runs, kept), Trainings(runs, kept)
        samples = SampleStore(settings.data / "samples.sqlite")
        found = cls(
            settings=settings,
            runs=runs,
            models=models,
            trainings=trainings,
            pictures=PictureReader(settings.data),
            samples=samples,
            fine_tunings=FineTunings(kept / "fine-tune", samples, models, trainings),
            board=TensorBoard(settings.runs),
        )
        if settings.tensorboard:
            found.board.start()
        return found

    def close(self) -> None:
        """End what does not outlive the server; trainings do."""
        self.pictures.close()
        self.board.stop()
        self.samples.close()

    @property
    def scores(self) -> Path:
        """The folder of the runs' scores that are kept, with the drawings they got wrong."""
        return self.settings.kept / "scores"

    def forget_copies(self) -> None:
        """Delete what is kept of samples beside them.

        Raises ConflictError where a training is learning from them.
        """
        self.fine_tunings.forget_copies()
        self.forget_scores()

    @contextmanager
    def deleting(self) -> Iterator[SampleStore]:
        """Give the samples, to delete some: what is kept of them elsewhere goes with them.

        Copies before, the names of writers who are gone after. Raises ConflictError as
        `forget_copies` does.
        """
        self.forget_copies()
        yield self.samples
        self.fine_tunings.forget_writers()

    def forget_scores(self) -> None:
        """Delete the runs' scores: they are scored anew where somebody asks."""
        with self.scoring:
            shutil.rmtree(self.scores, ignore_errors=True)

    @cached_property
    def scoring(self) -> threading.Lock:
        """Held by whoever scores a whole data set: one at a time is enough for two cores."""
        return threading.Lock()

    @cached_property
    def training_digits(self) -> Split:
        """The training pictures of MNIST where it lies on this machine, else scikit-learn's."""
        return self._mnist or load(AT_HAND, "train")

    @cached_property
    def _mnist(self) -> Split | None:
        return local_split(TRAINING_DIGITS, "train")


def local_split(name: str, part: str) -> Split | None:
    """Return a part of a data set that lies on this machine; None where it would be downloaded."""
    from pilgi.data import CATALOG, is_at_hand

    if name in CATALOG and not is_at_hand(name):
        return None
    return load(name, part)


def needed_split(name: str, part: str) -> Split:
    """Return as `local_split` does. Raises NotFoundError where the data is not on this machine."""
    try:
        found = local_split(name, part)
    except DataError as error:
        raise NotFoundError(str(error)) from error
    if found is None:
        raise NotFoundError(f"{name} is not on this machine; fetch it with `pilgi data get {name}`")
    return found


async def _services(request: Request) -> Services:
    # A coroutine, as all dependencies here: plain functions are handed to a thread and back.
    found: Services = request.app.state.services
    return found


Shared = Annotated[Services, Depends(_services)]
