"""`pilgi train RECIPE [key=value ...]`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pilgi.cli.console import print_json, stdout, table
from pilgi.cli.learning import require_torch
from pilgi.cli.progress import EventLog, ProgressBar
from pilgi.cli.rows import is_row, refuse_for_row, train_row
from pilgi.errors import RecipeError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilgi.learn.run import Run


def train(  # noqa: PLR0913  (each is one of the command's documented options)
    recipe: Annotated[
        str | None, typer.Argument(help="A shipped recipe (`pilgi recipes`) or a TOML file.")
    ] = None,
    overrides: Annotated[
        list[str] | None, typer.Argument(help="Settings, as key=value.", metavar="key=value")
    ] = None,
    *,
    seed: Annotated[int | None, typer.Option(min=0, help="The run's randomness.")] = None,
    out: Annotated[Path | None, typer.Option(help="The run's folder, used exactly.")] = None,
    resume: Annotated[Path | None, typer.Option(help="A run to go on with.")] = None,
    show: Annotated[
        bool, typer.Option("--print", help="Print the resolved recipe and do nothing else.")
    ] = False,
    histograms: Annotated[
        bool, typer.Option(help="Record weights and layer outputs for TensorBoard.")
    ] = False,
    events: Annotated[
        Path | None, typer.Option(help="Append what happens to this file, a JSON line an event.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Train a recognizer from a recipe; the run's folder holds everything it leaves."""
    require_torch()
    settings = list(overrides or ())
    if resume is not None:
        changes = _changes(recipe, settings, starting=seed is not None or out is not None)
        run = resume_run(resume, changes, events, histograms=histograms)
        answer(run, as_json=as_json)
        return
    if recipe is None:
        raise RecipeError("name a recipe to train; see `pilgi recipes`")
    settings += [] if seed is None else [f"seed={seed}"]
    if is_row(recipe):
        refuse_for_row(
            recipe, {"--print": show, "--histograms": histograms, "--events": bool(events)}
        )
        train_row(recipe, settings, out, as_json=as_json)
    elif show:
        print_recipe(recipe, settings)
    else:
        run = train_run(recipe, settings, out, events, histograms=histograms)
        answer(run, as_json=as_json)


def _changes(recipe: str | None, settings: list[str], *, starting: bool) -> list[str]:
    """Return the settings that a resumed run changes; what starts a new run is refused."""
    if recipe and "=" in recipe:
        settings, recipe = [recipe, *settings], None
    if starting or recipe is not None:
        raise RecipeError(
            "--resume goes on with a run as it is; leave out the recipe, --seed and --out"
        )
    return settings


def print_recipe(recipe: str, settings: list[str]) -> None:
    """Print the recipe as TOML, every `auto` resolved as this machine would."""
    from pilgi.learn.recipe import load_recipe, to_toml
    from pilgi.learn.train.backend import resolve

    typer.echo(to_toml(resolve(load_recipe(recipe, settings))), nl=False)


def train_run(
    recipe: str,
    settings: list[str],
    out: Path | None,
    events: Path | None = None,
    *,
    histograms: bool = False,
) -> "Run":
    """Train with a progress bar, or events in a file, and return the run; see `launch`.

    Of the processes that torchrun starts, only the first comes back.
    """
    from pilgi.learn.recipe import load_recipe
    from pilgi.learn.train import launch

    wanted = load_recipe(recipe, settings)
    return _of_the_first(launch(wanted, out, _watching(events), histograms=histograms))


def resume_run(folder: Path, changes: list[str], events: Path | None, *, histograms: bool) -> "Run":
    """Go on with the run in `folder`, watched as `train_run` is, and return it; see `relaunch`."""
    from pilgi.learn.run import open_run
    from pilgi.learn.train import relaunch

    run = open_run(folder)
    return _of_the_first(relaunch(run, changes, _watching(events), histograms=histograms))


def _watching(events: Path | None) -> ProgressBar | EventLog:
    return ProgressBar() if events is None else EventLog(events)


def _of_the_first(run: "Run | None") -> "Run":
    if run is None:
        raise typer.Exit
    return run


def answer(run: "Run", *, as_json: bool) -> None:
    """Say what the run reached and what to type next."""
    from pilgi.learn.run import headline

    summary = run.summary()
    if as_json:
        print_json(summary)
        return
    console = stdout()
    if "held_out" in summary:
        _show_folds(summary)
    where = "held-out training" if "held_out" in summary else "test"
    low, high = summary["held_out" if "held_out" in summary else "test"]["interval"]
    console.print(
        f"\n[bold]{headline(summary)}[/bold] on the {where} pictures of {summary['data']}"
    )
    console.print(f"95 % interval {low:.2%} to {high:.2%}")
    known = {0: "one fit", 1: "1 epoch"}
    epochs = known.get(summary["epochs"], f"{summary['epochs']} epochs")
    console.print(
        f"{summary['train_seconds']:.1f} s of training, {epochs}, "
        f"{summary['parameters']:,} parameters, seed {summary['seed']}"
    )
    if "note" in summary:
        console.print(summary["note"])
    if run.report.is_file():
        console.print(f"report: {run.report}", soft_wrap=True)


def _show_folds(summary: "Mapping[str, Any]") -> None:
    """Print each fold's score on the pictures it held out, and their mean."""
    drawn = table("fold>", "held out>", "errors>", "accuracy>")
    for number, held in enumerate(summary["by_fold"]):
        drawn.add_row(
            str(number), f"{held['n']:,}", f"{held['errors']:,}", f"{held['accuracy']:.2%}"
        )
    stdout().print(drawn)
    stdout().print(f"mean of the folds {summary['mean']:.2%} ± {summary['deviation']:.2%}")
