"""The runs of a server, and the trash, from which a run comes back."""

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any, Final

from pilgi.errors import RunError
from pilgi.run_folder import RunFolder
from pilgi.serve.problems import ConflictError, NotFoundError

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
"""A run's name: one folder, none above and none hidden."""


class Runs:
    """The runs of a folder, and its trash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trash = folder / ".trash"

    def all(self) -> list[RunFolder]:
        """Return the runs, the newest first."""
        return _in(self.folder)

    def removed(self) -> list[RunFolder]:
        """Return the runs in the trash, the newest first."""
        return _in(self.trash)

    def open(self, name: str) -> RunFolder:
        """Return the run of that name. Raises NotFoundError where there is none."""
        return _open(self.folder, name)

    def remove(self, name: str) -> None:
        """Move a run to the trash; a run of the same name there makes way."""
        folder = self.open(name).folder
        self.trash.mkdir(exist_ok=True)
        shutil.rmtree(self.trash / name, ignore_errors=True)
        folder.rename(self.trash / name)

    def restore(self, name: str) -> RunFolder:
        """Bring a run back from the trash. Raises ConflictError where another took its name."""
        folder = _open(self.trash, name).folder
        if (self.folder / name).exists():
            raise ConflictError(f"{name}: there is another run of this name; remove that one first")
        return RunFolder(folder.rename(self.folder / name))

    def empty_trash(self) -> int:
        """Delete what is in the trash for good; return how many runs that were."""
        runs = self.removed()
        for run in runs:
            shutil.rmtree(run.folder)
        return len(runs)


def _in(folder: Path) -> list[RunFolder]:
    found = [path.parent for path in folder.glob("*/recipe.toml")]
    named = [path for path in found if NAME.fullmatch(path.name) and not path.is_symlink()]
    return [RunFolder(path) for path in sorted(named, key=lambda each: -each.stat().st_mtime)]


def _open(folder: Path, name: str) -> RunFolder:
    path = folder / name
    known = NAME.fullmatch(name) and not path.is_symlink() and (path / "recipe.toml").is_file()
    if not known:
        raise NotFoundError(f"no run is called {name[:80]!r}; GET /api/runs lists them")
    return RunFolder(path)


def recipe_of(run: RunFolder) -> dict[str, Any]:
    """Return a run's recipe as data. Raises RunError where it is damaged."""
    try:
        return tomllib.loads(run.toml())
    except tomllib.TOMLDecodeError as error:
        raise RunError(f"{run.name}: recipe.toml is damaged ({error})") from error
