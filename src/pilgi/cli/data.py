"""`pilgi data`: what there is, where it lies, how it looks, and into which format it goes."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pilgi.cli.console import print_json, stderr, stdout, table
from pilgi.errors import DataError

app = typer.Typer(help="Lists, fetches, shows and converts data sets.", no_args_is_help=True)

SOURCE = Annotated[str, typer.Argument(metavar="SOURCE", help="A name from the list, or a path.")]
JSON = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@app.command("list")
def list_(as_json: JSON = False) -> None:
    """List the data sets that are known by name."""
    from pilgi.data import CATALOG

    rows = [_facts(name) for name in CATALOG]
    if as_json:
        print_json(rows)
        return
    drawn = table("name", "pictures>", "classes>", "licence", "comes from")
    drawn.columns[-1].overflow = "fold"
    for row in rows:
        numbers = (f"{row['pictures']:,}", str(row["classes"]))
        drawn.add_row(row["name"], *numbers, row["licence"], row["where"])
    stdout().print(drawn)


def _facts(name: str) -> dict[str, Any]:
    from pilgi.data import CATALOG, locate

    source = CATALOG[name]
    return {
        "name": name,
        "title": source.title,
        "summary": dict(source.summary),
        "pictures": source.pictures,
        "classes": len(source.classes),
        "shape": list(source.shape),
        "licence": source.licence,
        "reference": source.reference,
        "checksum": _checksum(name),
        "where": locate(name),
    }


def _checksum(name: str) -> str:
    from pilgi.data import CATALOG

    files = CATALOG[name].files
    known = all(file.sha256 or file.download_sha256 for file in files)
    return "published" if files and known else "no published checksum"


@app.command()
def get(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name from the list.")],
    as_json: JSON = False,
) -> None:
    """Bring a data set to this machine, and say where it lies and what it hashes to."""
    from dataclasses import asdict

    from pilgi.data import get as fetch

    files = [asdict(file) for file in fetch(name, _announce)]
    if as_json:
        print_json({"name": name, "files": files})
        return
    _print_files(name, files)


def _print_files(name: str, files: list[dict[str, Any]]) -> None:
    if not files:
        stdout().print(f"{name} comes with scikit-learn: nothing to fetch")
        return
    drawn = table("file", "bytes>", "SHA-256 of the content", "checksum")
    drawn.columns[0].overflow = "fold"
    for file in files:
        size, short = f"{file['size']:,}", f"{file['sha256'][:16]}..."
        drawn.add_row(file["path"], size, short, file["checksum"])
    stdout().print(drawn)


@app.command()
def show(
    source: SOURCE,
    part: Annotated[str, typer.Option(help="all, train or test.")] = "all",
    count: Annotated[int, typer.Option(min=1, max=100, help="Pictures of each class.")] = 20,
    out: Annotated[Path | None, typer.Option(help="The PNG; else SOURCE-sheet.png, here.")] = None,
    as_json: JSON = False,
) -> None:
    """Draw a contact sheet: some pictures of every class."""
    from pilgi.data import load
    from pilgi.data.contact_sheet import contact_sheet
    from pilgi.files import write_bytes

    if out is not None and out.exists():
        raise DataError(f"{out}: already exists; name another file")
    with stderr().status(f"Reading {source}"):
        split = load(source, part, announce=_announce)
    target = out or Path(f"{Path(source).resolve().name}-sheet.png")
    write_bytes(target, contact_sheet(split, count))
    if as_json:
        print_json({"data": split.name, "n": len(split), "out": str(target)})
        return
    stdout().print(
        f"{target}: {len(split):,} pictures, {len(split.classes)} classes",
        markup=False,
        soft_wrap=True,
    )


@app.command()
def convert(
    source: SOURCE,
    to: Annotated[str, typer.Option(help="idx, csv, npz or folder.")],
    out: Annotated[Path, typer.Option(help="A new file or folder.")],
    part: Annotated[
        str | None, typer.Option(help="all, train or test; else what there is.")
    ] = None,
    as_json: JSON = False,
) -> None:
    """Write a data set in another format; pictures keep every byte."""
    from pilgi.data import default_part, load
    from pilgi.data.convert import check
    from pilgi.data.convert import convert as write

    check(to, out)
    names = ("train", "test") if default_part(source) == "test" else ("all",)
    chosen = (part,) if part else names
    with stderr().status(f"Converting {source}"):
        splits = {name: load(source, name, announce=_announce) for name in chosen}
        write({"all": splits[part]} if part else splits, to, out)
    counts = {name: len(split) for name, split in splits.items()}
    if as_json:
        print_json({"out": str(out), "format": to, "pictures": counts})
        return
    written = ", ".join(f"{name} {count:,}" for name, count in counts.items())
    stdout().print(f"{out}: {written}", markup=False, soft_wrap=True)


def _announce(message: str) -> None:
    stderr().print(message, style="muted", markup=False, soft_wrap=True)
