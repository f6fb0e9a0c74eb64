"""A Run, the folder that holds what one recipe did, made and found."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pilgi.errors import RunError
from pilgi.files import refuse_what_is_there
from pilgi.run_folder import RunFolder as Run

HOME: Final = Path("runs")

__all__ = ["HOME", "Run", "all_runs", "headline", "new_folder", "open_run"]


def new_folder(recipe_name: str, out: Path | None) -> Path:
    """Return the folder of a new run, made; an explicit `out` is used exactly as given.

    Raises RunError where `out` is a file or a folder with something in it.
    """
    folder = out or HOME / f"{recipe_name}-{datetime.now():%Y%m%d-%H%M%S}"
    if out is None:
        folder = _free(folder)
    else:
        refuse_what_is_there(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(
            f"{folder}: cannot be made ({error.strerror}); choose another --out"
        ) from error
    return folder


def _free(folder: Path) -> Path:
    """Return `folder`, or the first of folder-2, folder-3 ... that nobody took this second."""
    names = (folder, *(folder.with_name(f"{folder.name}-{number}") for number in range(2, 1000)))
    return next(name for name in names if not name.exists())


def open_run(folder: str | Path) -> Run:
    """Return the run in `folder`, or of that name under runs/; RunError where there is none."""
    for path in (Path(folder), HOME / folder):
        if (path / "recipe.toml").is_file():
            return Run(path)
    raise RunError(f"{folder}: no run there; see `pilgi runs list`")


def all_runs() -> list[Run]:
    """Return the runs under runs/, oldest first."""
    folders = (path.parent for path in HOME.glob("*/recipe.toml"))
    return [Run(folder) for folder in sorted(folders, key=lambda folder: folder.stat().st_mtime)]


def headline(summary: Mapping[str, Any]) -> str:
    """Return "99.64 % (36 errors of 10,000)": the test score, or that of all held-out pictures."""
    score = summary["held_out"] if "held_out" in summary else summary["test"]
    if score is None:  # adapted to pictures without labels, the old data not at hand
        return "not scored"
    return f"{score['accuracy']:.2%} ({score['errors']:,} errors of {score['n']:,})"
