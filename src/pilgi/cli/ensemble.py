"""`pilgi ensemble A B C`: several recognizers as one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pilgi.cli.console import print_json, stderr, stdout, table
from pilgi.cli.learning import require_torch
from pilgi.cli.progress import ProgressBar
from pilgi.errors import RecipeError, RunError, nearest
from pilgi.files import refuse_what_is_there

if TYPE_CHECKING:
    from pilgi.data import Split
    from pilgi.learn.improve import Ensemble
    from pilgi.recognizer import Recognizer


def ensemble(  # noqa: PLR0913  (each is one of the command's documented options)
    members: Annotated[
        list[str],
        typer.Argument(help="Runs, recognizers' files, a cross validation; or a recipe."),
    ],
    *,
    how: Annotated[str, typer.Option(help="average (of probabilities) or votes.")] = "average",
    train: Annotated[
        int | None,
        typer.Option(metavar="N", help="Train N seeds of the recipe named, with key=value."),
    ] = None,
    data: Annotated[
        str | None, typer.Option(help="What to score on; else the test part of what they learnt.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The ensemble's folder.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Make one recognizer of several: average their probabilities, or let them vote."""
    require_torch()
    from pilgi.learn.improve import COMBINATIONS
    from pilgi.learn.improve import ensemble as combine
    from pilgi.learn.run import new_folder

    if how not in COMBINATIONS:
        raise RecipeError(f"--how {how}: {nearest(how, COMBINATIONS)}")
    folder, found, split = _members(members, train, data, out)
    with stderr().status("scoring"):
        made = combine(found, how, split)
    folder = folder or new_folder("ensemble", out)
    made.save(folder)
    if as_json:
        print_json({"run": folder.name, "recognizer": str(folder), **made.to_json()})
    else:
        show(made, folder)


def _members(
    names: list[str], train: int | None, data: str | None, out: Path | None
) -> "tuple[Path | None, list[Recognizer], Split]":
    """Return the folder that members were trained in, the members, and what to score on."""
    from pilgi.learn.improve import find_members, plan_members, train_members
    from pilgi.learn.recipe import load_recipe
    from pilgi.learn.train import folder_of_runs

    if train is None:
        if out is not None:
            refuse_what_is_there(out)
        found = find_members(names)
        return None, found, _split(data, found[0].metadata.provenance.get("data"))
    wanted = plan_members(load_recipe(names[0], names[1:]), train)
    split = _split(data, wanted[0].data)
    folder = folder_of_runs("ensemble", out)
    with ProgressBar() as events:
        return folder, train_members(wanted, folder, events), split


def _split(name: str | None, learnt: str | None) -> "Split":
    """Return the pictures of `name`, else the test part of what the members learnt from."""
    from pilgi.data import default_part, load

    if name is not None:
        return load(name, default_part(name))
    if learnt is None:
        raise RunError(
            "nobody noted what the members learnt from; say what to score on with --data"
        )
    return load(learnt, "test")


def show(made: "Ensemble", folder: Path) -> None:
    """Print what each member adds, the figure, and where it lies."""
    n, console = made.scores.n, stdout()
    drawn = table("member", "errors alone>", "members so far>", "all without it>")
    for one in made.contributions:
        drawn.add_row(one.member, f"{one.alone:,}", f"{one.together:,}", f"{one.without:,}")
    console.print(drawn)
    low, high = made.scores.interval
    console.print(
        f"\n[bold]{made.scores.accuracy:.2%} ({made.scores.errors:,} errors of {n:,})[/bold] "
        f"together on {made.split.name}"
    )
    console.print(f"95 % interval {low:.2%} to {high:.2%}")
    console.print(f"recognizer: {folder}", soft_wrap=True, markup=False)
