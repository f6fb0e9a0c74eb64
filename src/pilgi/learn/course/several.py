"""A row of several trainings, trained at once: their runs, and what they answer together."""

from collections.abc import Sequence
from pathlib import Path

from pilgi import data
from pilgi.learn.course.row import Row
from pilgi.learn.improve import Ensemble, ensemble
from pilgi.learn.recipe import load_recipe
from pilgi.learn.run import Run
from pilgi.learn.train import complete_all, folder_of_runs, rehearse
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
    for recipe in wanted.values():
        rehearse(recipe)
    folder = folder_of_runs(row.id, out)
    runs = complete_all(wanted, folder, events)
    if not any(figure.metric == "ensemble" for figure in row.figures):
        return folder, runs, None
    members = [Recognizer.load(run.folder) for run in runs]
    made = ensemble(members, "average", data.load(runs[0].summary()["data"], "test"))
    made.save(folder)
    return folder, runs, made
