"""`pilgi VERB THING [key=value ...] [--flags]`: the tree of commands and its one exit."""

import sys
from typing import Annotated, NoReturn

import typer
from rich.text import Text

import pilgi
from pilgi.cli import (
    adapt,
    compare,
    data,
    demo,
    distill,
    doctor,
    drift,
    ensemble,
    export,
    kaggle,
    lab,
    methods,
    read,
    recipes,
    reproduce,
    runs,
    serve,
    train,
    tune,
    verify,
)
from pilgi.cli import eval as eval_
from pilgi.cli.console import started_by_torchrun, stderr
from pilgi.errors import PilgiError, RecipeError

app = typer.Typer(
    name="pilgi",
    help="Trains, explains and ships handwritten-digit recognizers. Start with `pilgi demo`.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.command("demo")(demo.demo)
app.command("train")(train.train)
app.command("eval")(eval_.evaluate_command)
app.command("drift")(drift.drift_command)
app.command("read")(read.read)
app.add_typer(data.app, name="data")
app.command("recipes")(recipes.recipes)
app.command("methods")(methods.methods)
app.command("lab")(lab.lab)
app.command("compare")(compare.compare)
app.command("tune")(tune.tune)
app.command("adapt")(adapt.adapt_command)
app.command("distill")(distill.distill)
app.command("ensemble")(ensemble.ensemble)
app.command("kaggle")(kaggle.kaggle)
app.command("export")(export.export)
app.command("verify")(verify.verify)
app.command("reproduce")(reproduce.reproduce)
app.add_typer(runs.app, name="runs")
app.command("serve")(serve.serve)
app.command("doctor")(doctor.doctor)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pilgi {pilgi.__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which Pilgi.")
    ] = False,
) -> None:
    """Accept what stands before the command."""
    del version
    if started_by_torchrun() and context.invoked_subcommand != "train":
        raise RecipeError(
            f"torchrun is for `pilgi train`; leave it out with `pilgi {context.invoked_subcommand}`"
        )


def main() -> None:
    """Run the command line; what a user can cause ends in one sentence and exit code 2."""
    try:
        app()
    except PilgiError as error:
        _refuse(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        _refuse(
            f"{error.filename or 'a file'}: {error.strerror or error}; "
            "check its folder, its permissions and the room on the disk"
        )


def _refuse(sentence: str) -> NoReturn:
    stderr().print("[seal]pilgi:[/seal]", Text(sentence), soft_wrap=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
