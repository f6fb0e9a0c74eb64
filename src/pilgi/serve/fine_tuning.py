"""Fine-tuning on what people wrote: a child process that begins from a recognizer's weights.

The samples of some writers are left out of it: on these the recognizer is scored before and after.
The copy of the samples that the child reads is deleted as soon as it is not needed.
"""

import json
import shutil
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from pilgi.data import Split
from pilgi.data.drawn import letters, scribbles
from pilgi.data.formats import folder
from pilgi.data.lookalikes import without_lookalikes
from pilgi.errors import DataError, RunError
from pilgi.evaluate import Scores, evaluate
from pilgi.files import read_bytes, write_folder, write_json, write_text
from pilgi.ink import from_strokes, is_ink
from pilgi.recognizer import Recognizer
from pilgi.serve.models import Models
from pilgi.serve.problems import ConflictError, NotFoundError
from pilgi.serve.runs import NAME
from pilgi.serve.samples.export import folder_members, parted, split_of
from pilgi.serve.samples.store import Sample, SampleStore
from pilgi.serve.training import Trainings

LEAST: Final = 50
"""Labelled samples to learn from at least: fewer teach one hand's habits."""

SLOWER: Final = 10.0
"""The learning rate is the recipe's over this: what was learnt is mended, not learnt anew."""

ANCHOR: Final = "digits"
"""Learnt from besides, so that other hands are not forgotten: scikit-learn's, always at hand."""

KEPT: Final = 0.5
"""The share of the weights it began from: what they know of other hands stays."""

NO_DIGITS: Final = 300
"""Scribbles to learn as none of the digits, and letters: about so many of each."""

HELD_SHARE: Final = 5
"""Of every so many writers one is left out."""

RECORD_LIMIT: Final = 2**20


@dataclass(frozen=True)
class FineTuning:
    """Which recognizer begins, and the writers that are left out."""

    model: str
    held: list[str]


@dataclass(frozen=True)
class BeforeAndAfter:
    """How the recognizer does on the writers left out; after is None until the run is finished."""

    fine_tuning: FineTuning
    before: Scores
    after: Scores | None


class FineTunings:
    """Starts fine-tunings and says what they changed."""

    def __init__(
        self, kept: Path, samples: SampleStore, models: Models, trainings: Trainings
    ) -> None:
        self._folder, self._samples = kept, samples
        self._models, self._trainings = models, trainings

    def start(self, model: str, held: Sequence[str], epochs: int) -> str:
        """Begin one and return its run's name; held: none leaves every fifth writer out.

        Raises DataError where there are too few samples or writers, RunError where the recognizer
        cannot begin one.
        """
        recognizer = self._models.load(model)
        _check(recognizer, model)
        samples = self._samples.labelled()
        left_out = list(held) or _every_fifth([sample.writer for sample in samples])
        parts = _parts(samples, left_out)
        name = self._trainings.free_name(f"{model}-ours")
        copy = self._folder / name
        write_folder(copy / "data", folder_members(parts))
        write_text(copy / "recipe.toml", recognizer.metadata.recipe)
        write_json(copy / "fine-tuning.json", asdict(FineTuning(model, left_out)))
        recipe = tomllib.loads(recognizer.metadata.recipe)
        settings = [f"data={copy / 'data'}", f"start={self._weights(model)}"]
        if recipe.get("others"):
            write_folder(copy / "others", folder.files({"all": _no_digits()}))
            settings.append(f'others=["{copy / "others"}"]')
        settings += _changed(recipe, len(parts["train"]), epochs)
        self._trainings.start(str(copy / "recipe.toml"), settings, name)
        return name

    def compare(self, run: str) -> BeforeAndAfter:
        """Return the scores before and after on the writers left out.

        Raises NotFoundError for another run, DataError where their samples were deleted.
        """
        begun = self._record(run)
        held = [sample for sample in self._samples.labelled() if sample.writer in begun.held]
        split = split_of(held)
        before = evaluate(self._models.load(begun.model), split)
        finished = self._trainings.state(run) == "finished"
        after = evaluate(self._models.load(run), split) if finished else None
        return BeforeAndAfter(begun, before, after)

    def forget_copies(self) -> None:
        """Delete the copies of samples that trainings read.

        Raises ConflictError where one is going on.
        """
        copies = [path.parent for path in self._folder.glob("*/data")]
        for copy in copies:
            if self._trainings.running(copy.name):
                raise ConflictError(
                    f"{copy.name} is learning from the samples; stop it before deleting any"
                )
        for copy in copies:
            shutil.rmtree(copy / "data")

    def forget_writers(self) -> None:
        """Strike the names of writers who were deleted out of the records."""
        known = {each.name for each in self._samples.writers()}
        for path in self._folder.glob("*/fine-tuning.json"):
            record = self._record(path.parent.name)
            left = [name for name in record.held if name in known]
            if left != record.held:
                write_json(path, asdict(replace(record, held=left)))

    def _weights(self, model: str) -> str:
        return model if model in self._models.shipped else str(self._models.file(model).parent)

    def _record(self, run: str) -> FineTuning:
        path = self._folder / run / "fine-tuning.json"
        if not NAME.fullmatch(run) or not path.is_file():
            raise NotFoundError(f"{run[:80]}: no fine-tuning on samples was started here")
        return FineTuning(**json.loads(read_bytes(path, RECORD_LIMIT)))


def _check(recognizer: Recognizer, model: str) -> None:
    if recognizer.metadata.kind != "digit":
        raise RunError(f"{model}: reads no single digits; fine-tune one that does, such as digit")
    if "model" not in tomllib.loads(recognizer.metadata.recipe):
        raise RunError(f"{model}: made without a recipe that can be trained; choose another")


def _every_fifth(writers: Sequence[str]) -> list[str]:
    names = sorted(set(writers))
    return names[HELD_SHARE - 1 :: HELD_SHARE] or names[-1:]


def _parts(samples: Sequence[Sample], held: Sequence[str]) -> dict[str, Split]:
    writers = {sample.writer for sample in samples}
    if not set(held) < writers:
        raise DataError(
            "some writers must be left out and some must stay, each with labelled samples; "
            f"there are {len(writers)}"
        )
    parts = parted(samples, held)
    if len(parts["train"]) < LEAST:
        raise DataError(
            f"{len(parts['train'])} labelled samples to learn from, at least {LEAST} are needed; "
            "collect or label more"
        )
    return parts


def _no_digits() -> Split:
    """Return drawings of none of the digits, so that "none of these" stays learnt."""
    sets = (
        _drawn(scribbles.drawing, scribbles.LEARNT, NO_DIGITS // len(scribbles.LEARNT)),
        _drawn(letters.drawing, letters.CLASSES, NO_DIGITS // len(letters.CLASSES)),
    )
    pictures = np.concatenate([without_lookalikes(each).images for each in sets])
    inked = pictures[[is_ink(picture) for picture in pictures]]
    return Split("none of these", inked, np.zeros(len(inked), np.int64), ("other",))


def _drawn(draw: Callable[[str, int], Any], classes: tuple[str, ...], each: int) -> Split:
    named = [(label, number) for label in range(len(classes)) for number in range(each)]
    inks = [from_strokes(draw(classes[label], number), y_up=False) for label, number in named]
    labels = np.array([label for label, _ in named], np.int64)
    return Split("no digits", np.stack(inks), labels, classes)


def _changed(recipe: dict[str, Any], count: int, epochs: int) -> Iterator[str]:
    yield f'extra=["{ANCHOR}"]'
    yield from (f"validation={count // 5}", "split=stratified", "keep=last", "patience=0")
    yield f"start_share={KEPT}"
    yield f"epochs={epochs}"
    yield f"batch_size={min(recipe.get('batch_size', 100), 64)}"
    rate = recipe.get("optimizer", {}).get("learning_rate")
    if rate is not None:
        yield f"optimizer.learning_rate={rate / SLOWER:g}"
