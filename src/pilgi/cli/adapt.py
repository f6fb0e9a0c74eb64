"""`pilgi adapt MODEL --to DATA`: a recognizer learns on where the field differs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pilgi.cli.console import grid, print_json, stderr, stdout
from pilgi.cli.evaluation import muted
from pilgi.cli.learning import require_torch
from pilgi.cli.progress import ProgressBar
from pilgi.errors import RunError

if TYPE_CHECKING:
    from pilgi.learn.run import Run


def adapt_command(  # noqa: PLR0913  (each is one of the command's documented options)
    model: Annotated[str, typer.Argument(help="A shipped name, a run or an .onnx file.")],
    data: Annotated[
        str,
        typer.Option("--to", help="Pictures, labelled or not: a folder, a file, a catalog name."),
    ],
    *,
    method: Annotated[
        str, typer.Option(help="auto, or bn, tent, shot, dann; with labels head, all.")
    ] = "auto",
    forget: Annotated[
        bool,
        typer.Option("--forget", help="Let the old data be answered worse by over 0.1 points."),
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="The adaptation's randomness.")] = 0,
    out: Annotated[Path | None, typer.Option(help="The run's folder, used exactly.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Adapt a recognizer to pictures unlike those it learnt from; the run is like any other."""
    require_torch()
    from pilgi.data.partly_labelled import load_partly_labelled
    from pilgi.learn.adapt import adapt

    with stderr().status(f"reading {data}"):
        found = load_partly_labelled(data)
    try:
        with ProgressBar() as events:
            run = adapt(model, found, method, forget=forget, seed=seed, out=out, events=events)
    except KeyboardInterrupt:
        raise RunError("interrupted; nothing was adapted, and the same call begins anew") from None
    summary = run.summary()
    if as_json:
        print_json(summary)
    else:
        _show(run, summary)


def _show(run: "Run", summary: dict[str, Any]) -> None:
    """Say what was done and why, what became of the old data, and what to type next."""
    from rich.markup import escape

    from pilgi.report.numbers import plural

    told = summary["adapted"]
    labels = f"{told['labelled']:,} with a label, {told['held_back']:,} held back to choose by"
    rows = [
        ("adapted to", escape(told["data"]), muted(f"{plural(told['n'], 'picture')}, {labels}")),
        ("method", f"[bold]{told['method']}[/bold]", muted(f"{summary['train_seconds']:.0f} s")),
    ]
    console = stdout()
    console.print(grid(rows))
    console.print(f"\n{told['why']}", soft_wrap=True, markup=False)
    console.print(told["old_said"], soft_wrap=True, markup=False)
    console.print(f"recognizer: {run.recognizer}", soft_wrap=True, markup=False)
