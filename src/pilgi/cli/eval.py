"""`pilgi eval MODEL --data DATA`: what a recognizer is worth on pictures or lines; no torch."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from pilgi.cli.console import print_json, stderr
from pilgi.errors import RunError
from pilgi.files import refuse_what_is_there

if TYPE_CHECKING:
    from pilgi.recognizer import Recognizer


def evaluate_command(  # noqa: PLR0913, PLR0917  (each is a documented option)
    model: Annotated[str, typer.Argument(help="A shipped name, a run or an .onnx file.")],
    data: Annotated[
        str | None, typer.Option("--data", help="A catalog name, a file or a folder.")
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            "--min-confidence",
            min=0,
            max=1,
            help="Decline what it is less sure of; by default the recognizer's own threshold.",
        ),
    ] = None,
    pattern: Annotated[
        str | None,
        typer.Option(help="Of lines: what every text must match, as `pilgi read` has it."),
    ] = None,
    robust: Annotated[
        bool, typer.Option("--robust", help="Score on twenty corruptions of the data, else mnist.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write scores.json and evaluation.html to this new folder."),
    ] = None,
) -> None:
    """Score a recognizer: accuracy, confusions, calibration, the worst mistakes."""
    from pilgi.recognizer import Recognizer

    if out is not None:
        refuse_what_is_there(out)
    recognizer = Recognizer.load(model)
    with stderr().status(f"scoring {model}" + (f" on {data}" if data else "")):
        if robust:
            found = _robust(recognizer, data, pattern, min_confidence)
        else:
            found = _evaluate(recognizer, data, pattern, min_confidence)
    if out is not None:
        _write(out, found)
    if as_json:
        print_json(found.to_json())
    else:
        found.show()


class Evaluation(Protocol):
    """What is said of a recognizer, of pictures or of lines."""

    def to_json(self) -> dict[str, Any]:
        """Return the answer as the documentation has it."""

    def page(self) -> str:
        """Return the scores as one HTML file."""

    def show(self) -> None:
        """Print the figures."""


def _robust(
    recognizer: "Recognizer", data: str | None, pattern: str | None, least: float | None
) -> Evaluation:
    from pilgi.cli.eval_robust import evaluate_robust

    if pattern is not None or least is not None:
        raise RunError(
            "--robust answers every picture of one digit; leave --pattern and --min-confidence out"
        )
    return evaluate_robust(recognizer, data)


def _evaluate(
    recognizer: "Recognizer", data: str | None, pattern: str | None, least: float | None
) -> Evaluation:
    from pilgi.cli.eval_lines import evaluate_reader
    from pilgi.cli.eval_pictures import evaluate_pictures

    if data is None:
        raise RunError("name what to score on: --data with a catalog name, a file or a folder")
    if recognizer.metadata.kind == "line":
        return evaluate_reader(recognizer, data, pattern, least)
    if pattern is not None:
        raise RunError(f"{recognizer.source} reads single pictures; leave --pattern out")
    return evaluate_pictures(recognizer, data, least)


def _write(out: Path, found: Evaluation) -> None:
    from pilgi.files import write_json, write_text

    page = found.page()
    try:
        write_json(out / "scores.json", found.to_json())
        write_text(out / "evaluation.html", page)
    except OSError as error:
        raise RunError(
            f"{out}: cannot be written ({error.strerror}); name another folder"
        ) from error
    stderr().print(f"wrote {out / 'scores.json'} and {out / 'evaluation.html'}", soft_wrap=True)
