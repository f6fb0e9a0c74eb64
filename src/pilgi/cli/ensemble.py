"""`pilgi ensemble A B C`: several recognizers as one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pilgi.cli.console import print_json, stderr, stdout, table
from pilgi.cli.learning import require_torch
from pilgi.cli.progress import ProgressBar
from pilgi.errors import RecipeError, nearest

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

    if how not in COMBINATIONS:
        raise RecipeError(f"--how {how}: {nearest(how, COMBINATIONS)}")
    folder, found = _members(members, train, out)
    with stderr().status("scoring"):
        made = combine(found, how, _split(found[0], data))
    made.save(folder)
    if as_json:
        print_json({"run": folder.name, "recognizer": str(folder), **made.to_json()})
    else:
        show(made, folder)


def _members(
    names: list[str], train: int | None, out: Path | None
) -> "tuple[Path, list[Recognizer]]":
    """Return the ensemble's folder and its members, found or trained in that folder."""
    from pilgi.learn.improve import find_members, plan_members, train_members
    from pilgi.learn.recipe import load_recipe
    from pilgi.learn.run import new_folder

    if train is None:
        found = find_members(names)
        return new_folder("ensemble", out), found
    wanted = plan_members(load_recipe(names[0], names[1:]), train)
    folder = out if out is not None and _is_ours(out) else new_folder("ensemble", out)
    with ProgressBar() as events:
        return folder, train_members(wanted, folder, events)


def _is_ours(out: Path) -> bool:
    """Return whether `out` holds members of an interrupted call and no finished ensemble."""
    if not out.is_dir() or (out / "recognizer.onnx").exists():
        return False
    inside = list(out.iterdir())
    return bool(inside) and all(path.name.startswith("seed-") for path in inside)


def _split(member: "Recognizer", name: str | None) -> "Split":
    from pilgi.data import default_part, load

    if name is not None:
        return load(name, default_part(name))
    return load(str(member.metadata.provenance["data"]), "test")


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
