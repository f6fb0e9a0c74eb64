"""`pilgi kaggle TRAIN.csv TEST.csv`: an entry to Kaggle's digit-recognizer competition."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pilgi.cli.console import print_json, stderr, stdout, table
from pilgi.cli.learning import require_torch
from pilgi.cli.progress import ProgressBar
from pilgi.errors import RecipeError

if TYPE_CHECKING:
    from pilgi.learn.improve.kaggle import Entry

COMPETITION = "digit-recognizer"


def kaggle(  # noqa: PLR0913  (each is one of the command's documented options)
    train: Annotated[Path, typer.Argument(help="label,pixel0,...,pixel783.", metavar="TRAIN.csv")],
    test: Annotated[Path, typer.Argument(help="pixel0,...,pixel783.", metavar="TEST.csv")],
    overrides: Annotated[
        list[str] | None, typer.Argument(help="Settings, as key=value.", metavar="key=value")
    ] = None,
    *,
    recipe: Annotated[str, typer.Option(help="What to train, once a fold.")] = "best",
    folds: Annotated[int, typer.Option(min=2, help="Trainings, each without one part.")] = 5,
    out: Annotated[Path | None, typer.Option(help="The entry's folder, used exactly.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Learn the competition's train.csv, answer its test.csv, say what to expect on the board."""
    require_torch()
    from pilgi.data.formats.kaggle import read_test, read_train
    from pilgi.learn.improve.kaggle import enter
    from pilgi.learn.recipe import load_recipe

    _refuse_given(overrides or [])
    wanted = load_recipe(recipe, overrides or ())
    with stderr().status(f"reading {train} and {test}"):
        labelled, pictures = read_train(train), read_test(test)
    with ProgressBar() as events:
        entry = enter(wanted, labelled, pictures, folds, out, events)
    if as_json:
        print_json(entry.to_json())
    else:
        _show(entry)


def _refuse_given(overrides: list[str]) -> None:
    """Refuse settings that the two files and --folds decide."""
    for override in overrides:
        if override.partition("=")[0] in ("data", "fold", "folds"):
            raise RecipeError(
                f"'{override}': the data is TRAIN.csv and its parts are --folds; leave it out"
            )


def _show(entry: "Entry") -> None:
    """Print each fold's score, what to expect, and how to submit."""
    from pilgi.report.numbers import percent, span

    console, said = stdout(), entry.to_json()
    drawn = table("fold>", "held out>", "errors>", "accuracy>")
    for number, one in enumerate(entry.by_fold):
        cells = f"{one['n']:,}", f"{one['errors']:,}", percent(one["accuracy"], one["n"])
        drawn.add_row(str(number), *cells)
    console.print(drawn)
    expected, n = said["expected"], said["expected"]["n"]
    console.print(
        f"\n[bold]{percent(expected['accuracy'], n)}[/bold] is what one of these "
        f"{said['folds']} nets got right of pictures it never saw.\n"
        f"Expect {span(tuple(expected['interval']), n)} on the board (95 %, all {n:,} pictures); "
        "together they are seldom worse than one."
    )
    console.print(f"submission: {entry.submission}", soft_wrap=True, markup=False)
    file = shlex.quote(str(entry.submission))
    console.print(
        f"Submit it at https://www.kaggle.com/competitions/{COMPETITION}/submit, or with Kaggle's "
        f"own tool:\nkaggle competitions submit -c {COMPETITION} -f {file} -m Pilgi",
        soft_wrap=True,
        markup=False,
    )
