"""`pilgi demo`: the main job in about a minute."""

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from pilgi.cli.console import stderr, stdout
from pilgi.cli.learning import require_torch
from pilgi.cli.train import answer, train_run
from pilgi.errors import DownloadError

SUBSTITUTE = "embedded"


def demo(
    overrides: Annotated[
        list[str] | None,
        typer.Argument(help="Settings of the recipe `quick`, as key=value.", metavar="key=value"),
    ] = None,
    *,
    seed: Annotated[int, typer.Option(min=0, help="The run's randomness.")] = 0,
    out: Annotated[Path | None, typer.Option(help="The run's folder, used exactly.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Train a recognizer on MNIST, score it, write a report, and say what to type next."""
    require_torch()
    settings = [*(overrides or ()), f"seed={seed}"]
    recipe = _reachable_recipe()
    run = train_run(recipe, settings, out)
    answer(run, as_json=as_json)
    if as_json:
        return
    _suggest(run.folder, recipe)


def _suggest(folder: Path, recipe: str) -> None:
    """Say what to type next; within `make demo` the program is not on the path."""
    data = "mnist" if recipe == "quick" else "digits"
    pilgi = "pilgi" if shutil.which("pilgi") else sys.argv[0]
    suggestions = {
        f"{pilgi} eval {folder} --data {data}": "score it again, without torch",
        f"{Path(pilgi).with_name('tensorboard')} --logdir {folder}": "its curves and graph",
        f"{pilgi} data show {data}": "look at the pictures",
        f"{pilgi} train {recipe} epochs=12 seed=1": "change a setting",
        f"{pilgi} recipes": "what else can be trained",
        f"{pilgi} serve": "the page: draw, watch a net learn, look at this run",
    }
    console, width = stdout(), max(map(len, suggestions))
    console.print("\nnext:")
    for command, purpose in suggestions.items():
        console.print(f"  {command:<{width}}  [muted]{purpose}[/muted]", soft_wrap=True)


def _reachable_recipe() -> str:
    """Return `quick`, or the recipe for the embedded digits where MNIST cannot be had."""
    from pilgi import data

    try:
        data.load("mnist", "test")
    except DownloadError as error:
        stderr().print(
            f"MNIST cannot be reached ({error}); going on with scikit-learn's 1,797 digits",
            soft_wrap=True,
            markup=False,
        )
        return SUBSTITUTE
    return "quick"
