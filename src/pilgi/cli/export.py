"""`pilgi export MODEL --to KIND`: a recognizer leaves, for phones, browsers and chips."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pilgi.cli.console import grid, print_json, stderr, stdout
from pilgi.errors import ExportError, nearest

if TYPE_CHECKING:
    from pilgi.export.artifact import Artifact
    from pilgi.export.lines import Rule


def export(  # noqa: PLR0913, PLR0917  (each is a documented option)
    model: Annotated[
        str,
        typer.Argument(help="A shipped name, a run, or an .onnx file, also of another framework."),
    ],
    to: Annotated[
        str, typer.Option("--to", help="onnx, onnx-grey, onnx-int8, ort, c, wasm, web or bundle.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="A new file or folder; by default after MODEL.")
    ] = None,
    budget: Annotated[
        str | None,
        typer.Option(
            metavar="flash=16k,ram=8k", help="Of C: what it must fit into, or is refused."
        ),
    ] = None,
    pattern: Annotated[
        str | None,
        typer.Option(help=r"Of lines in C: what numbers look like, such as \d{5} or date."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Write a recognizer as ONNX, C, WebAssembly, a page or a bundle; overwrites nothing."""
    from pilgi.export import foreign
    from pilgi.export.budget import parse_budget
    from pilgi.export.writers import TARGETS, Job

    if to not in TARGETS:
        raise ExportError(f"--to {to}: {nearest(to, TARGETS)}")
    if budget and to != "c":
        raise ExportError(f"--budget is for --to c, not {to}; leave it out")
    limits = parse_budget(budget) if budget else None
    recognizer = foreign.load(model)
    rule = _rule(pattern, to, recognizer.metadata.kind) if pattern else None
    name = Path(model).resolve().stem if Path(model).exists() else model
    place = out or Path(name + TARGETS[to].suffix)
    if place.exists():
        raise ExportError(f"{place}: already there, and nothing is overwritten; name another --out")
    with stderr().status(f"exporting {model} to {to}"):
        made = TARGETS[to].write(Job(recognizer, place, name, limits, rule))
    if as_json:
        print_json({"path": str(made.path), "kind": made.kind, "sizes": made.sizes, **made.facts})
    else:
        show(made)


def _rule(pattern: str, to: str, kind: str) -> "Rule":
    """Return the pattern as a table; ExportError where nothing would read it."""
    from pilgi.export.lines import rule_of
    from pilgi.read.pattern import parse

    if to != "c" or kind != "line":
        raise ExportError(
            f"--pattern is for lines to c, not for a {kind} to {to}; leave it out (JavaScript's "
            "recognize() takes one with each line)"
        )
    return rule_of(parse(pattern), pattern)


def _said(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def show(made: "Artifact") -> None:
    """Print where it is and how large."""
    sizes = [(name, f"{size:,} bytes") for name, size in made.sizes.items()]
    facts = [(name, _said(value)) for name, value in made.facts.items()]
    stdout().print(grid([("wrote", str(made.path)), *sizes, *facts]))
    stderr().print(f"check it any time with [bold]pilgi verify {made.path}[/bold]", soft_wrap=True)
