"""The plan of a comparison: which runs, with which recipes, in which folder.

It is written down once, in `plan.json`, and the same call goes on with what stands there. So the
number of threads and every resolved `auto` stay those of the first call, and all runs are alike.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from pilgi.errors import DataError, PilgiError, RecipeError, RunError
from pilgi.files import read_bytes, sha256, write_json
from pilgi.learn.compare.arms import Arm, check, essence, slug
from pilgi.learn.compare.task import Task
from pilgi.learn.recipe import Recipe, parse, to_toml
from pilgi.learn.train.backend import resolve
from pilgi.learn.train.teacher import with_known_teacher

HOME: Final = Path("compare")
FORMAT: Final = 1
SIZE_LIMIT: Final = 2**24


@dataclass(frozen=True)
class Plan:
    """The arms, every `auto` resolved, and the seeds, in a folder."""

    folder: Path
    recipe: str
    arms: tuple[Arm, ...]
    seeds: int

    def task(self, arm: Arm, seed: int) -> Task:
        """Return the run of `arm` with `seed`."""
        name = f"{slug(arm.name)}-seed{seed}"
        return Task(name, replace(arm.recipe, seed=seed), self.folder / "runs" / name)

    def tasks_of(self, arm: Arm) -> list[Task]:
        """Return the runs of `arm`, seed by seed."""
        return [self.task(arm, seed) for seed in range(self.seeds)]

    @property
    def tasks(self) -> list[Task]:
        """Every run, seed by seed, so that the arms stay level while they grow."""
        return [self.task(arm, seed) for seed in range(self.seeds) for arm in self.arms]

    def missing(self) -> list[Task]:
        """Return the runs that are still to be done.

        Raises RunError where a run lies there that another recipe made.
        """
        return [task for task in self.tasks if not _done(task)]


def make_plan(arms: Sequence[Arm], seeds: int, out: Path | None, threads: int) -> Plan:
    """Return the plan in its folder, as written there before or written there now.

    Raises RecipeError where the arms or seeds allow no verdict, RunError where the folder holds
    something else.
    """
    if seeds < 2:
        raise RecipeError(f"--seeds {seeds}: a verdict needs at least 2 seeds; try --seeds 5")
    check(arms)
    names = sorted({arm.recipe.name for arm in arms})
    identity = _identity(arms)
    folder = out or HOME / f"{slug(names[0])}-{identity[:8]}"
    found = _stored(folder, identity)
    if found is None:
        found = tuple(replace(arm, recipe=_settled(arm.recipe, threads)) for arm in arms)
        _store(folder, identity, found)
    return Plan(folder, ", ".join(names), found, seeds)


def _settled(recipe: Recipe, threads: int) -> Recipe:
    known = with_known_teacher(recipe)
    return resolve(replace(known, threads=recipe.threads or threads, seed=0))


def _identity(arms: Sequence[Arm]) -> str:
    """Return the hash of what is compared; seeds are left out, so that more may be added."""
    return sha256(json.dumps([(arm.name, essence(arm.recipe)) for arm in arms]).encode())


def _store(folder: Path, identity: str, arms: Sequence[Arm]) -> None:
    listed = [
        {"name": arm.name, "settings": dict(arm.settings), "recipe": to_toml(arm.recipe)}
        for arm in arms
    ]
    try:
        write_json(folder / "plan.json", {"format": FORMAT, "identity": identity, "arms": listed})
    except OSError as error:
        raise RunError(
            f"{folder}: cannot be written ({error.strerror}); choose another --out"
        ) from error


def _stored(folder: Path, identity: str) -> tuple[Arm, ...] | None:
    """Return the arms as first resolved, None where the folder is new."""
    path = folder / "plan.json"
    if not path.is_file():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise RunError(f"{folder}: holds something else; choose another --out")
        return None
    plan = _read(path)
    if plan["identity"] != identity:
        names = ", ".join(arm["name"] for arm in plan["arms"])
        raise RunError(
            f"{folder}: holds a comparison of other recipes (arms: {names}); repeat the call that "
            "made it, or choose another --out"
        )
    return tuple(
        Arm(arm["name"], arm["settings"], parse(tomllib.loads(arm["recipe"])))
        for arm in plan["arms"]
    )


def _read(path: Path) -> Mapping[str, Any]:
    try:
        plan: Mapping[str, Any] = json.loads(read_bytes(path, SIZE_LIMIT))
        if plan["format"] == FORMAT and plan["identity"] and plan["arms"]:
            return plan
    except (DataError, ValueError, KeyError, TypeError) as error:
        raise RunError(f"{path}: damaged ({error}); remove it or choose another --out") from error
    raise RunError(
        f"{path}: format {plan['format']}, but this Pilgi reads {FORMAT}; choose another --out"
    )


def _done(task: Task) -> bool:
    """Whether the run is finished; RunError where it is not the one that is wanted."""
    if not task.run.recipe.is_file():
        return False
    try:
        found = task.run.recipe.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    if found != task.text:
        raise RunError(
            f"{task.folder}: made from another recipe ({_unlike(found, task.text)}); remove that "
            "folder or choose another --out"
        )
    return _whole(task)


def _whole(task: Task) -> bool:
    if not task.run.finished:
        return False
    try:
        task.run.summary()
    except PilgiError:
        return False
    return True


def _unlike(found: str, wanted: str) -> str:
    """Return the first line that differs, for a person."""
    theirs = [line for line in found.splitlines() if line not in wanted.splitlines()]
    return theirs[0] if theirs else "some settings are missing"
