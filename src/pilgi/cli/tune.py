"""`pilgi tune RECIPE --over key=low..high`: a search for settings, on validation only."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pilgi.cli.console import print_json, stderr, stdout, table
from pilgi.cli.learning import require_torch

if TYPE_CHECKING:
    from pilgi.learn.compare.space import Space
    from pilgi.learn.compare.tune import Trial, Tuning


def tune(  # noqa: PLR0913  (each is one of the command's documented options)
    recipe: Annotated[str, typer.Argument(help="A shipped recipe or a TOML file.")],
    overrides: Annotated[
        list[str] | None, typer.Argument(help="Settings that stay.", metavar="key=value")
    ] = None,
    *,
    over: Annotated[
        list[str],
        typer.Option(help="What to search: key=low..high or key=a,b,c; may be given again."),
    ],
    trials: Annotated[int, typer.Option(min=1, help="How many settings to try in all.")] = 30,
    out: Annotated[Path | None, typer.Option(help="The recipe file to write, .toml.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Search settings by their validation score and write the best as a recipe."""
    require_torch()
    from pilgi.learn.compare.space import make_space
    from pilgi.learn.compare.tune import tune as search

    space = make_space(recipe, over, overrides or ())
    with stderr().status(f"searching {recipe}"):
        tuning = search(space, trials, out, Progress())
    if as_json:
        print_json(tuning.to_json())
    else:
        _show(tuning)


class Progress:
    """The trials of a search, a line each."""

    def planned(self, file: Path, trials: int, kept: int) -> None:
        """Say where the recipe will be and how many trials are done already."""
        there = f", {kept} of them done before" if kept else ""
        self._say(f"{trials} trials for {file}{there}")

    def tried(self, space: "Space", trial: "Trial") -> None:
        """Say what a trial scored."""
        pairs = zip(space.axes, trial.values, strict=True)
        chosen = " ".join(f"{axis.key}={value}" for axis, value in pairs)
        self._say(f"trial {trial.number:>3}  validation {trial.accuracy:.2%}  {chosen}")

    def _say(self, sentence: str) -> None:
        stderr().print(sentence, soft_wrap=True, markup=False)


def _show(tuning: "Tuning") -> None:
    from rich.markup import escape

    keys = [escape(axis.key.rpartition(".")[2]) for axis in tuning.space.axes]
    drawn = table("trial>", "validation>", "loss>", *(f"{key}>" for key in keys))
    for trial in sorted(tuning.trials, key=lambda trial: trial.rank):
        loss = "diverged" if trial.loss is None else f"{trial.loss:.4f}"
        values = map(escape, trial.values)
        style = "bold" if trial == tuning.best else None
        drawn.add_row(str(trial.number), f"{trial.accuracy:.2%}", loss, *values, style=style)
    console = stdout()
    console.print()
    console.print(drawn)
    console.print(
        f"\nwrote {tuning.file}; score it once on the test set: pilgi train {tuning.file}",
        soft_wrap=True,
        markup=False,
    )
