"""The course's rows that are no recipe of their own: several trainings, or a look at data."""

from collections.abc import Mapping
from pathlib import Path

from pilgi.cli.console import print_json, started_by_torchrun, stdout
from pilgi.cli.ensemble import show
from pilgi.cli.progress import ProgressBar
from pilgi.errors import RecipeError


def is_row(name: str) -> bool:
    """Return whether `name` is a row of several trainings, and neither a recipe nor a file."""
    from pilgi.learn.recipe import SHELF

    if (SHELF / f"{name}.toml").is_file() or Path(name).is_file():
        return False
    from pilgi.learn.course import ROWS

    return name in ROWS and bool(ROWS[name].trainings)


def refuse_for_row(name: str, options: Mapping[str, bool]) -> None:
    """Refuse what is for one training."""
    from pilgi.learn.course import ROWS

    if started_by_torchrun():
        raise RecipeError(f"{name} has several trainings; leave out torchrun, or train one of them")
    for option, given in options.items():
        if given:
            one = ROWS[name].trainings[0].recipe
            raise RecipeError(
                f"{option} is for one training, and {name} has several; try it with {one}"
            )


def train_row(name: str, settings: list[str], out: Path | None, *, as_json: bool) -> None:
    """Train the row's trainings one after another and say what each reached."""
    from pilgi.learn.course import ROWS
    from pilgi.learn.course import train_row as train_all
    from pilgi.learn.run import headline

    with ProgressBar() as events:
        folder, runs, together = train_all(ROWS[name], settings, out, events)
    summaries = [run.summary() for run in runs]
    if as_json:
        ensemble = together.to_json() if together else None
        print_json({"row": name, "runs": summaries, "ensemble": ensemble})
        return
    for run, summary in zip(runs, summaries, strict=True):
        stdout().print(f"{run.name}: [bold]{headline(summary)}[/bold]", soft_wrap=True)
    if together:
        show(together, folder)
    else:
        stdout().print(f"runs: {folder}", soft_wrap=True, markup=False)


def look_at(name: str, settings: list[str], folder: Path, *, as_json: bool) -> None:
    """Show what the row that looks at data sees."""
    from pilgi.learn.course import ROWS, show_shapes

    if settings:
        raise RecipeError(f"{name} has no options; leave out {settings[0]}")
    recipe, picture = ROWS[name].shows, folder / f"{name}.png"
    assert recipe is not None  # the caller asked
    words = show_shapes(recipe, picture)
    if as_json:
        print_json({"lab": name, "ours": words, "pictures": [str(picture)]})
        return
    console = stdout()
    console.print(words, soft_wrap=True)
    console.print(f"[muted]picture[/muted] {picture}", soft_wrap=True)
