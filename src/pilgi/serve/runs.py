"""Runs as folders: what is read from them, and the trash, from which a run comes back.

The learning wing writes them (docs/reference/run-folder.md); they are read here without it.
"""

import json
import re
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pilgi.errors import DataError, RunError
from pilgi.files import read_bytes
from pilgi.serve.problems import ConflictError, NotFoundError

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
"""A run's name: one folder, none above and none hidden."""

TEXT_LIMIT: Final = 64 * 2**20


@dataclass(frozen=True)
class RunFolder:
    """One run: its folder and what it holds so far."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self.folder.name

    @property
    def recognizer(self) -> Path:
        """What the run leaves behind, there or not."""
        return self.folder / "recognizer.onnx"

    @property
    def report(self) -> Path:
        """The report for people, there or not."""
        return self.folder / "report.html"

    @property
    def metrics(self) -> Path:
        """One JSON line an epoch, there or not."""
        return self.folder / "metrics.jsonl"

    @property
    def toml(self) -> str:
        """The recipe as TOML."""
        return _text(self.folder / "recipe.toml")

    def recipe(self) -> dict[str, Any]:
        """Return the recipe as data. Raises RunError where it is damaged."""
        try:
            return tomllib.loads(self.toml)
        except tomllib.TOMLDecodeError as error:
            raise RunError(f"{self.name}: recipe.toml is damaged ({error})") from error

    def summary(self) -> dict[str, Any] | None:
        """Return the final scores and facts; None where the run is not finished."""
        path = self.folder / "summary.json"
        if not path.is_file():
            return None
        try:
            found = json.loads(_text(path))
        except ValueError as error:
            raise RunError(f"{self.name}: summary.json is damaged ({error})") from error
        return found if isinstance(found, dict) else None

    def history(self) -> list[dict[str, Any]]:
        """Return the metrics of every whole line so far, oldest first."""
        if not self.metrics.is_file():
            return []
        text = _text(self.metrics)
        whole = text[: text.rfind("\n") + 1]
        try:
            return [json.loads(line) for line in whole.splitlines()]
        except ValueError as error:
            raise RunError(f"{self.name}: metrics.jsonl is damaged ({error})") from error


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


def _text(path: Path) -> str:
    try:
        return read_bytes(path, TEXT_LIMIT).decode()
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 text; it is damaged") from error
