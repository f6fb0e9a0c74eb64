"""A row of several trainings, trained at once: their runs, and what they answer together."""

from collections.abc import Sequence
from pathlib import Path

from pilgi import data
from pilgi.learn.course.row import Row
from pilgi.learn.improve import Ensemble, ensemble
from pilgi.learn.recipe import load_recipe
from pilgi.learn.run import Run, new_folder
from pilgi.learn.train import complete
from pilgi.learn.train.datasets import load_parts
from pilgi.learn.train.events import Events
from pilgi.recognizer import Recognizer


def train_row(
    row: Row, settings: Sequence[str], out: Path | None = None, events: Events | None = None
) -> tuple[Path, list[Run], Ensemble | None]:
    """Train every training of `row` with `settings` besides its own.

    Returns the folder, the runs in it, and for a row that is an ensemble the members as one
    recognizer. Raises what loading a recipe and training it raise.
    """
    wanted = {
        training.name: load_recipe(training.recipe, (*training.settings, *settings))
        for training in row.trainings
    }
    load_parts(next(iter(wanted.values())))
    folder = new_folder(row.id, out)
    runs = [complete(recipe, Run(folder / name), events) for name, recipe in wanted.items()]
    if not any(figure.metric == "ensemble" for figure in row.figures):
        return folder, runs, None
    members = [Recognizer.load(run.folder) for run in runs]
    made = ensemble(members, "average", data.load(runs[0].summary()["data"], "test"))
    made.save(folder)
    return folder, runs, made
