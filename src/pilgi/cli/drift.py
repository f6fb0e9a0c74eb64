"""`pilgi drift MODEL --data DATA`: without labels, what to expect of a recognizer; no torch."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pilgi.cli.console import grid, print_json, stderr, stdout, table
from pilgi.cli.evaluation import muted

if TYPE_CHECKING:
    from pilgi.data.unlabelled import Unlabelled
    from pilgi.evaluate.drift import Drift
    from pilgi.recognizer import Recognizer


def drift_command(
    model: Annotated[str, typer.Argument(help="A shipped name, a run or an .onnx file.")],
    data: Annotated[
        str, typer.Option("--data", help="Pictures: a folder of files, a CSV, a catalog name.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write drift.json and drift.html to this new folder."),
    ] = None,
) -> None:
    """Say without labels whether DATA is what the recognizer knows, and how often it is right."""
    from pilgi.data.partly_labelled import load_pictures
    from pilgi.evaluate.drift import drift
    from pilgi.files import refuse_what_is_there
    from pilgi.recognizer import Recognizer

    if out is not None:
        refuse_what_is_there(out)
    recognizer = Recognizer.load(model)
    with stderr().status(f"asking {model} about {data}"):
        pictures = load_pictures(data)
        found = drift(recognizer, pictures.images, pictures.name)
    said = {**found.to_json(), "truth": _truth(recognizer, pictures)}
    if out is not None:
        _write(out, found, pictures, recognizer, said)
    if as_json:
        print_json(said)
    else:
        _show(found, said, pictures.files)


def _truth(recognizer: "Recognizer", pictures: "Unlabelled") -> dict[str, Any] | None:
    """Return how often it is right where the data has labels after all; they decide nothing.

    None also where they are not of its classes.
    """
    labelled = pictures.labelled
    if labelled is None or not set(labelled.classes) <= set(recognizer.classes):
        return None
    from pilgi.evaluate import evaluate

    scores = evaluate(recognizer, labelled)
    return {"n": scores.n, "errors": scores.errors, "accuracy": scores.accuracy}


def _write(
    out: Path,
    found: "Drift",
    pictures: "Unlabelled",
    recognizer: "Recognizer",
    said: dict[str, Any],
) -> None:
    from pilgi.evaluate.pages.drift import render_drift
    from pilgi.files import write_json, write_text

    page = render_drift(found, pictures.images, recognizer, pictures.files)
    write_json(out / "drift.json", said)
    write_text(out / "drift.html", page)
    stderr().print(f"wrote {out / 'drift.json'} and {out / 'drift.html'}", soft_wrap=True)


def _show(found: "Drift", said: dict[str, Any], files: Sequence[str]) -> None:
    """Print the estimate, the verdict, the sets it was compared with, the strangest pictures.

    files: the pictures' names where they have any.
    """
    from rich.markup import escape

    from pilgi.report.numbers import percent, plural, span

    expected, n = found.estimate, found.n
    rows = [
        ("data", escape(found.data), muted(plural(n, "picture"))),
        (
            "expected right",
            f"[bold]{percent(expected.accuracy, n)}[/bold]",
            muted(f"95 % interval {span(expected.interval, n)}"),
        ),
    ]
    if said["truth"]:
        truth = said["truth"]
        said_of = muted(f"{plural(truth['n'], 'label')}, not used")
        rows.append(("labels say", percent(truth["accuracy"], truth["n"]), said_of))
    console = stdout()
    console.print(grid(rows))
    console.print(f"\n{found.verdict}", soft_wrap=True, markup=False)
    drawn = table("known on", "pictures>", "energy distance>", "p>")
    for one in found.known:
        drawn.add_row(escape(one.name), f"{one.n:,}", f"{one.energy:.3f}", f"{one.p:.3f}")
    console.print(drawn)
    counted = "" if files else ", counted from 0"
    for what, shown in (("least sure", found.least_sure), ("farthest", found.farthest)):
        names = ", ".join(files[one.index] if files else str(one.index) for one in shown[:8])
        console.print(muted(escape(f"{what}: pictures {names}{counted}")), soft_wrap=True)
