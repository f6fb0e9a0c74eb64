"""`pilgi VERB THING [key=value ...] [--flags]`: the tree of commands and its one exit."""

import sys
from typing import Annotated, Any, Final, NoReturn

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


REFUSAL: Final[type[Any]] = typer.BadParameter.__mro__[2]
"""What typer raises of words that it cannot take; it has no public name."""


def main() -> None:
    """Run the command line; what a user can cause ends in one sentence and exit code 2."""
    if "" in sys.argv[1:]:  # it would be taken for this folder
        _refuse("a word is empty; write what it stands for, or leave it out")
    try:
        sys.exit(app(standalone_mode=False))
    except REFUSAL as error:
        _refuse_words(error)
    except typer.Abort:
        sys.exit(1)
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


def _refuse_words(error: Any) -> NoReturn:
    """Say what is wrong with the words; without any, show the help."""
    said = error.format_message().strip().rstrip(".")
    if not said or "\n" in said:
        error.show()
        sys.exit(error.exit_code)
    command = error.ctx.command_path if error.ctx else "pilgi"
    taken = [each.metavar for each in error.ctx.command.params] if error.ctx else []
    unknown = said.startswith("No such option") and "key=value" in taken
    hint = "a recipe's settings are written key=value, such as epochs=3; " if unknown else ""
    _refuse(f"{said[0].lower()}{said[1:]}; {hint}see `{command} --help`")


def _refuse(sentence: str) -> NoReturn:
    stderr().print("[seal]pilgi:[/seal]", Text(sentence), soft_wrap=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
