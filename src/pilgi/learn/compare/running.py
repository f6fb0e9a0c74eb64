"""`compare(arms, seeds) -> Comparison`: every arm with the same seeds, then what differs."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from pilgi.errors import RunError
from pilgi.files import write_json, write_text
from pilgi.learn.compare.arms import Arm
from pilgi.learn.compare.comparison import Comparison, arm_scores, differences, unlike
from pilgi.learn.compare.comparison_page import render
from pilgi.learn.compare.local import Local
from pilgi.learn.compare.plan import Plan, make_plan
from pilgi.learn.compare.task import Outcome, Task, Workers
from pilgi.learn.recipe import Recipe
from pilgi.learn.train.datasets import load_parts


class Watcher(Protocol):
    """Who is told how far a comparison is."""

    def planned(self, folder: Path, runs: int, kept: int) -> None:
        """So many runs are wanted, of which `kept` are finished already."""

    def ended(self, outcome: Outcome) -> None:
        """A run is finished, or could not be."""


class Silence:
    """Nobody watches."""

    def planned(self, folder: Path, runs: int, kept: int) -> None:
        """Say nothing."""

    def ended(self, outcome: Outcome) -> None:
        """Say nothing."""


def compare(
    arms: Sequence[Arm | Recipe],
    seeds: int,
    out: Path | None = None,
    workers: Workers | None = None,
    watcher: Watcher | None = None,
) -> Comparison:
    """Train every arm with the seeds 0 ... seeds - 1 and return what differs; see `vary`.

    What was finished before is kept: the same call goes on where it stopped, with more seeds it
    adds them. out: the folder, else compare/<recipe>-<hash of the arms>.

    Raises RecipeError where the arms differ in nothing or seeds < 2, RunError where the folder
    holds something else, a run cannot be finished, or it is interrupted.
    """
    place = workers or Local()
    place.check()
    named = [arm if isinstance(arm, Arm) else _plain(arm) for arm in arms]
    plan = make_plan(named, seeds, out, place.threads)
    missing = plan.missing()
    told = watcher or Silence()
    told.planned(plan.folder, len(plan.tasks), len(plan.tasks) - len(missing))
    _check_data(missing)
    _train(plan, missing, place, told)
    return _written(plan)


def _plain(recipe: Recipe) -> Arm:
    return Arm(recipe.name, {"recipe": recipe.name}, recipe)


def _check_data(tasks: Sequence[Task]) -> None:
    """Load the data once: a missing set is fetched or refused here, not by each run at once."""
    keys = ("data", "extra", "others", "validation", "split", "folds", "fold")
    for recipe in {tuple(getattr(t.recipe, k) for k in keys): t.recipe for t in tasks}.values():
        load_parts(recipe)


def _train(plan: Plan, missing: Sequence[Task], workers: Workers, watcher: Watcher) -> None:
    """Do the missing runs; one that fails keeps no other from being done."""
    failed: list[Outcome] = []
    try:
        with closing(workers.run(missing)) as outcomes:
            for outcome in outcomes if missing else ():
                failed += [outcome] if outcome.error else []
                watcher.ended(outcome)
    except KeyboardInterrupt:
        kept = len(plan.tasks) - len(plan.missing())
        raise RunError(
            f"interrupted; {kept} of {len(plan.tasks)} runs are finished and kept in "
            f"{plan.folder}, and the same call goes on"
        ) from None
    if failed:
        raise RunError(
            f"{len(failed)} of {len(plan.tasks)} runs could not be finished; the first, "
            f"{failed[0].task.name}: {failed[0].error} (the others are kept in {plan.folder}, and "
            "the same call goes on)"
        )


def _written(plan: Plan) -> Comparison:
    comparison = _read(plan)
    write_json(plan.folder / "comparison.json", comparison.to_json())
    write_text(plan.folder / "comparison.html", render(comparison, _histories(plan)))
    return comparison


def _read(plan: Plan) -> Comparison:
    """Return what the finished runs say."""
    runs = [
        {str(task.folder): task.run.summary() for task in plan.tasks_of(arm)} for arm in plan.arms
    ]
    arms = tuple(arm_scores(arm, own) for arm, own in zip(plan.arms, runs, strict=True))
    return Comparison(
        plan.folder,
        plan.recipe,
        plan.arms[0].recipe.data,
        plan.seeds,
        arms,
        differences(arms),
        unlike([summary for own in runs for summary in own.values()]),
    )


def _histories(plan: Plan) -> list[list[list[dict[str, Any]]]]:
    """Return the metrics by arm and seed."""
    return [[task.run.history() for task in plan.tasks_of(arm)] for arm in plan.arms]
