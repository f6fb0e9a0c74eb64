"""`pilgi runs list|show|rm`: what was trained here."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pilgi.cli.console import print_json, stderr, stdout, table
from pilgi.errors import RunError

if TYPE_CHECKING:
    from pilgi.learn.run import Run

app = typer.Typer(help="What was trained here: list, show, remove.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@app.command("list")
def list_runs(as_json: Json = False) -> None:
    """List the runs under runs/, oldest first."""
    from pilgi.learn.run import all_runs

    rows = [_row(run) for run in all_runs()]
    if as_json:
        print_json(rows)
        return
    drawn = table("run", "test accuracy>", "errors>", "seconds>", "epochs>", "seed>")
    for row in rows:
        drawn.add_row(row["run"], *_figures(row))
    stdout().print(drawn if rows else "no runs yet; start one with `pilgi demo`")


@app.command("show")
def show_run(run: Annotated[str, typer.Argument(help="A run.")], as_json: Json = False) -> None:
    """Show a run: its scores, its cost, and every epoch."""
    from pilgi.learn.run import headline, open_run

    opened = open_run(run)
    history = opened.history()
    summary = opened.summary() if opened.finished else None
    if as_json:
        print_json({"run": opened.name, "summary": summary, "history": history})
        return
    console = stdout()
    console.print(f"{opened.folder}: {headline(summary) if summary else 'not finished'}")
    if summary and "note" in summary:
        console.print(summary["note"])
        return
    drawn = table("epoch>", "training>", "validation>", "seconds>")
    for line in history:
        validation = line["validation"]
        drawn.add_row(
            str(line["epoch"]),
            f"{line['train']['accuracy']:.2%}",
            f"{validation['accuracy']:.2%}" if validation else "-",
            f"{line['seconds']:.1f}",
        )
    console.print(drawn)


@app.command("rm")
def remove_runs(
    runs: Annotated[list[str], typer.Argument(help="Runs.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Remove runs, folders and all; every name is checked before any is touched."""
    import shutil

    from pilgi.learn.run import open_run

    folders = [open_run(run).folder for run in runs]
    for folder in folders:
        _refuse_what_is_needed(folder)
    listing = ", ".join(str(folder) for folder in folders)
    if not yes and not typer.confirm(f"remove {listing}?", err=True):
        raise typer.Exit(1)
    for folder in folders:
        shutil.rmtree(folder)
    stderr().print(f"removed {listing}", soft_wrap=True)


def _refuse_what_is_needed(folder: Path) -> None:
    """Raise RunError for the folder that one is in, and for a fold of a cross validation."""
    whole = folder.resolve()
    if Path.cwd().is_relative_to(whole):
        raise RunError(f"{folder}: you are in it; go to another folder first")
    if (whole.parent / "recipe.toml").is_file():
        raise RunError(f"{folder}: a part of {whole.parent.name}, which would lack it; remove that")


def _row(run: "Run") -> dict[str, Any]:
    row: dict[str, Any] = {"run": str(Path(run.folder)), "finished": run.finished}
    if not run.finished:
        return row
    try:
        summary = run.summary()
    except RunError as error:
        return row | {"damaged": str(error)}
    keys = ("recipe", "test", "held_out", "train_seconds", "epochs", "seed", "parameters")
    return row | {key: summary[key] for key in keys if key in summary}


def _figures(row: dict[str, Any]) -> tuple[str, ...]:
    if not row["finished"]:
        return ("not finished", "", "", "", "")
    if "damaged" in row:
        return ("damaged", "", "", "", "")
    score = row.get("test")  # a cross validation has none of its own
    return (
        f"{score['accuracy']:.2%}" if score else "-",
        f"{score['errors']:,}" if score else "-",
        f"{row['train_seconds']:.1f}",
        str(row["epochs"] or "-"),
        str(row["seed"]),
    )
