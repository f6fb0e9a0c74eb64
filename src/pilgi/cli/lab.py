"""`pilgi lab NAME [key=value ...]`: the course's small experiments."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pilgi.cli.console import grid, print_json, stderr, stdout, table
from pilgi.cli.learning import require_torch
from pilgi.cli.rows import look_at
from pilgi.errors import RecipeError, RunError, nearest
from pilgi.files import refuse_what_is_there

if TYPE_CHECKING:
    from pilgi.learn.labs import Canvas, Findings


def lab(
    name: Annotated[
        str | None, typer.Argument(help="A lab; without a name, all labs are listed.")
    ] = None,
    overrides: Annotated[
        list[str] | None, typer.Argument(help="Its options, as key=value.", metavar="key=value")
    ] = None,
    *,
    out: Annotated[
        Path | None, typer.Option(help="The pictures' folder; else labs/NAME, here.")
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="The lab's randomness.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Run one of the course's small experiments and draw what it shows."""
    require_torch()
    if name is None:
        if out is not None or seed is not None:
            raise RecipeError("name a lab to run; `pilgi lab` alone lists them")
        _list(as_json=as_json)
        return
    settings = [*(overrides or ()), *([] if seed is None else [f"seed={seed}"])]
    folder = out or Path("labs") / name
    if out is not None:
        refuse_what_is_there(out)
    if _looks(name):
        look_at(name, settings, folder, as_json=as_json)
        return
    findings, paths = _run(name, settings, folder)
    if as_json:
        print_json(_answer(name, settings, findings, paths))
    else:
        _show(name, findings, paths)


def _looks(name: str) -> bool:
    """Return whether `name` is a row that looks at data; raise RecipeError for one to train."""
    from pilgi.learn.labs import LABS

    if name in LABS:
        return False
    from pilgi.learn.course import ROWS

    row = ROWS.get(name)
    if row and row.trainings:
        raise RecipeError(f"{name} is no lab but is trained: `pilgi train {name}`")
    if not (row and row.shows):
        looks = (each for each, other in ROWS.items() if other.shows)
        raise RecipeError(f"no lab is called '{name}'; {nearest(name, [*LABS, *looks])}")
    return True


def _list(*, as_json: bool) -> None:
    from pilgi.learn.course import ROWS
    from pilgi.learn.labs import LABS

    listed = {name: (lab.course, dict(lab.summary)) for name, lab in LABS.items()}
    listed |= {name: (None, dict(row.words)) for name, row in ROWS.items() if row.shows}
    if as_json:
        print_json(
            [
                {"name": name, "course": course, "summary": summary}
                for name, (course, summary) in listed.items()
            ]
        )
        return
    drawn = table("lab", "what it shows")
    for name, (_, summary) in listed.items():
        drawn.add_row(name, summary["en"])
    stdout().print(drawn)


def _run(name: str, settings: list[str], folder: Path) -> "tuple[Findings, list[Path]]":
    """Run the lab and write its pictures; a wrong setting is refused before anything is made."""
    from pilgi.learn import labs

    labs.options_of(name, settings)
    canvas = labs.Canvas(folder)
    try:
        with stderr().status(f"running {name}"):
            findings = labs.run(name, settings, canvas)
            return findings, _write(findings, canvas)
    except OSError as error:
        raise RunError(
            f"{folder}: cannot be written ({error.strerror}); name another folder with --out"
        ) from error


def _write(findings: "Findings", canvas: "Canvas") -> list[Path]:
    from pilgi.files import write_bytes

    paths = []
    for name, figure in findings.pictures.items():
        paths.append(canvas.folder / f"{name}.png")
        write_bytes(paths[-1], canvas.png(figure))
    return paths


def _answer(
    name: str, settings: list[str], findings: "Findings", paths: list[Path]
) -> dict[str, Any]:
    from dataclasses import asdict

    from pilgi.learn.labs import LABS, options_of

    return {
        "lab": name,
        "options": asdict(options_of(name, settings)),
        "figures": dict(findings.figures),
        "course": LABS[name].course,
        "ours": findings.ours,
        "reproduced": findings.reproduced,
        "pictures": [str(path) for path in paths],
    }


def _show(name: str, findings: "Findings", paths: list[Path]) -> None:
    from rich.markup import escape

    from pilgi.learn.labs import LABS

    console = stdout()
    console.print(escape(LABS[name].summary["en"]))
    for one in findings.tables:
        drawn = table(*(escape(column) for column in one.columns))
        for row in one.rows:
            drawn.add_row(*map(escape, row))
        console.print()
        console.print(drawn)
    if findings.lines:
        console.print()
    for line in findings.lines:
        console.print(line, markup=False, soft_wrap=True)
    console.print()
    _compare(LABS[name].course, findings)
    for path in paths:
        console.print(f"[muted]picture[/muted] {escape(str(path))}", soft_wrap=True)


VERDICTS = {
    True: "reproduced",
    False: "[seal]not reproduced[/seal]",
    None: "not compared: these are not the course's settings",
}


def _compare(course: str | None, findings: "Findings") -> None:
    from rich.markup import escape

    said = {"course": escape(course or "no figure given"), "ours": escape(findings.ours)}
    if course:
        said["verdict"] = VERDICTS[findings.reproduced]
    drawn = grid([(f"[muted]{name}[/muted]", words) for name, words in said.items()])
    for column in drawn.columns:
        column.overflow = "fold"
    stdout().print(drawn)
