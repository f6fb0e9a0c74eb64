"""`pilgi eval MODEL --data DATA`: what a recognizer is worth on any pictures; needs no torch."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pilgi.cli.console import print_json, stderr, stdout, table
from pilgi.errors import RunError

if TYPE_CHECKING:
    from rich.table import Table

    from pilgi.data.split import Split
    from pilgi.evaluate import Scores
    from pilgi.recognizer import Recognizer

WIDEST_CONFUSION = 10


def evaluate_command(
    model: Annotated[str, typer.Argument(help="A shipped name, a run or an .onnx file.")],
    data: Annotated[str, typer.Option("--data", help="A catalog name, a file or a folder.")],
    min_confidence: Annotated[
        float | None,
        typer.Option(
            "--min-confidence",
            min=0,
            max=1,
            help="Decline what it is less sure of; by default the recognizer's own threshold.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write scores.json and evaluation.html to this new folder."),
    ] = None,
) -> None:
    """Score a recognizer: accuracy, confusions, calibration, the worst mistakes."""
    from pilgi.evaluate import evaluate
    from pilgi.recognizer import Recognizer

    if out is not None:
        _refuse_what_is_there(out)
    recognizer = Recognizer.load(model)
    with stderr().status(f"scoring {model} on {data}"):
        split = _load(data, recognizer)
        scores = evaluate(recognizer, split, min_confidence)
    answer = {**scores.to_json(), **_provenance(recognizer, split)}
    if out is not None:
        _write(out, answer, scores, split, recognizer)
    if as_json:
        print_json(answer)
    else:
        _show(scores)


def _refuse_what_is_there(out: Path) -> None:
    if out.is_dir() and any(out.iterdir()):
        raise RunError(f"{out}: not empty, and nothing there is overwritten; name a new folder")
    if out.exists() and not out.is_dir():
        raise RunError(f"{out}: a file, but --out names a folder; name a new folder")


def _load(data: str, recognizer: "Recognizer") -> "Split":
    """Return what to score on; of data it was trained on, only what training never saw."""
    from pilgi.data import default_part, load

    part = default_part(data)
    known = recognizer.metadata.provenance
    if part == "all" and data in (known.get("data"), *known.get("extra", ())):
        stderr().print(f"{data}: scoring the fifth held out; the rest was trained on")
        part = "test"
    return load(data, part)


def _provenance(recognizer: "Recognizer", split: "Split") -> dict[str, Any]:
    return {
        "recognizer": recognizer.source,
        "recognizer_sha256": recognizer.metadata.sha256,
        "data_sha256": split.sha256,
    }


def _write(
    out: Path, answer: dict[str, Any], scores: "Scores", split: "Split", recognizer: "Recognizer"
) -> None:
    from pilgi.evaluate import render_evaluation
    from pilgi.files import write_json, write_text

    page = render_evaluation(scores, split, recognizer)
    try:
        write_json(out / "scores.json", answer)
        write_text(out / "evaluation.html", page)
    except OSError as error:
        raise RunError(
            f"{out}: cannot be written ({error.strerror}); name another folder"
        ) from error
    stderr().print(f"wrote {out / 'scores.json'} and {out / 'evaluation.html'}", soft_wrap=True)


def _show(scores: "Scores") -> None:
    console = stdout()
    console.print(_headline(scores))
    console.print()
    console.print(_classes(scores))
    if len(scores.classes) <= WIDEST_CONFUSION:
        console.print()
        console.print("[muted]down: the truth; across: the answer[/muted]")
        console.print(_confusion(scores))


def _headline(scores: "Scores") -> "Table":
    from rich.markup import escape

    from pilgi.evaluate.report.numbers import count, percent, rate, significant, span

    drawn = table("", "", "")
    drawn.show_header = False
    accuracy = f"[bold]{percent(scores.accuracy, scores.n)}[/bold]"
    interval = f"[muted]95 % interval {span(scores.interval, scores.n)}[/muted]"
    drawn.add_row("data", escape(scores.data), "")
    drawn.add_row("accuracy", accuracy, interval)
    drawn.add_row("errors", f"{count(scores.errors)} of {count(scores.n)}", "")
    if scores.declined:
        drawn.add_row(
            "declined", f"{count(scores.declined)} of {count(scores.n)}", _answered(scores)
        )
    drawn.add_row("NLL", f"{significant(scores.nll)} nats", "[muted]0 is perfect[/muted]")
    drawn.add_row("ECE", rate(scores.ece), "[muted]confidence against accuracy[/muted]")
    return drawn


def _answered(scores: "Scores") -> str:
    from pilgi.evaluate.report.numbers import UNKNOWN, count, percent

    known = scores.answered
    accuracy = UNKNOWN if known["accuracy"] is None else percent(known["accuracy"], known["n"])
    return f"[muted]{accuracy} of {count(known['n'])} answered right[/muted]"


def _classes(scores: "Scores") -> "Table":
    from rich.markup import escape

    from pilgi.evaluate.report.numbers import UNKNOWN, count, percent

    drawn = table("class", "recall>", "precision>", "F1>", "pictures>")
    for one in scores.per_class:
        f1 = UNKNOWN if one.f1 is None else f"{one.f1:.4f}"
        shares = (percent(value, scores.n) for value in (one.recall, one.precision))
        drawn.add_row(escape(one.name), *shares, f1, count(one.support))
    return drawn


def _confusion(scores: "Scores") -> "Table":
    from rich.markup import escape

    names = [escape(name) for name in scores.classes]
    drawn = table("", *(f"{name}>" for name in names))
    for i, (name, row) in enumerate(zip(names, scores.confusion.tolist(), strict=True)):
        cells = (_cell(n, i == j) for j, n in enumerate(row))
        drawn.add_row(f"[muted]{name}[/muted]", *cells)
    return drawn


def _cell(n: int, right: bool) -> str:
    """The diagonal is muted so that it does not drown the mistakes; a zero is left out."""
    if n == 0:
        return ""
    return f"[muted]{n}[/muted]" if right else f"[seal]{n}[/seal]"
