"""`pilgi read IMAGE ...`: the digits and numbers in pictures; needs no torch."""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pilgi.cli.console import print_json, stderr, stdout, table
from pilgi.errors import PilgiError, RunError

if TYPE_CHECKING:
    from pilgi.read import Page, Reader, Reading

STANDARD_INPUT = "-"


@dataclass(frozen=True)
class Answer:
    """What one page gave: its readings, or the sentence that says why there are none."""

    file: str
    page: int
    readings: "list[Reading]"
    error: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the answer as the documentation has it."""
        readings = [reading.to_json() for reading in self.readings]
        return {"file": self.file, "page": self.page, "error": self.error, "readings": readings}


@dataclass(frozen=True)
class Outputs:
    """What is written beside the answers, numbered where there are several pages."""

    overlay: Path | None
    explain: Path | None
    several: bool

    def check(self, images: list[str]) -> None:
        """Refuse before anything is read what could not or must not be written."""
        if self.overlay:
            self._check_overlay(self.overlay, images)
        if self.explain and self.explain.exists():
            raise RunError(f"{self.explain}: already exists; name a new folder")

    def write(self, number: int, page: "Page", readings: "list[Reading]") -> None:
        """Write the overlay and the steps of the `number`th page of this call."""
        from pilgi.files import write_bytes, write_folder
        from pilgi.read.explain import explain
        from pilgi.read.overlay import overlay

        if self.overlay:
            target = self._free(self.overlay, number)
            write_bytes(target, overlay(page.pixels, readings, target.suffix))
            stderr().print(f"wrote {target}", markup=False, soft_wrap=True)
        if self.explain:
            folder = self.explain / f"{number}-{Path(page.file).stem}"
            write_folder(folder, explain(page.pixels, readings))
            stderr().print(f"wrote {folder}", markup=False, soft_wrap=True)

    def _check_overlay(self, overlay: Path, images: list[str]) -> None:
        from pilgi.read.overlay import SUFFIXES

        if overlay.suffix.lower() not in SUFFIXES:
            raise RunError(f"{overlay}: an overlay is a .png or a .jpg; name one")
        if overlay.resolve() in [Path(image).resolve() for image in images]:
            raise RunError(f"{overlay}: the picture itself; name another file for the overlay")
        for number in range(1, len(images) + 1):
            self._free(overlay, number)

    def _free(self, overlay: Path, number: int) -> Path:
        """Return the `number`th overlay's file; pages of a PDF are known only once it is read."""
        target = self._numbered(overlay, number)
        if target.exists():
            raise RunError(f"{target}: already exists; name another file for the overlay")
        return target

    def _numbered(self, path: Path, number: int) -> Path:
        if number == 1 and not self.several:
            return path
        return path.with_stem(f"{path.stem}-{number}")


def read(  # noqa: PLR0913, PLR0917  (each is a documented option)
    images: Annotated[
        list[str], typer.Argument(metavar="IMAGE", help="Pictures, PDFs; - is standard input.")
    ],
    model: Annotated[
        str | None, typer.Option(help="A shipped name, a run or an .onnx file; else the shipped.")
    ] = None,
    pattern: Annotated[
        str | None, typer.Option(help="What every text must match, for example '\\d{5}'.")
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="Digits and numbers of less are left open.")
    ] = None,
    overlay: Annotated[
        Path | None, typer.Option(help="Draw what was read over the picture, into this file.")
    ] = None,
    explain: Annotated[
        Path | None, typer.Option(help="Write every step as a picture, into this new folder.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer in CSV, a row a reading.")] = False,
) -> None:
    """Read digits and numbers in pictures: drawings, scans, photographs, PDFs."""
    from pilgi.read import open_reader

    if as_json and as_csv:
        raise RunError("--json and --csv are two answers to one question; leave one out")
    outputs = Outputs(overlay, explain, several=len(images) > 1)
    outputs.check(images)
    answers = list(_answers(images, open_reader(model, pattern, min_confidence), outputs))
    _print(answers, as_json, as_csv)
    if failed := [answer.error for answer in answers if answer.error is not None]:
        for sentence in failed:
            stderr().print(f"pilgi: {sentence}", markup=False, soft_wrap=True)
        raise typer.Exit(2)


def _answers(images: list[str], reader: "Reader", outputs: Outputs) -> Iterator[Answer]:
    """Yield an answer a page; a file that cannot be read gives one, with its sentence."""
    number = 0
    with stderr().status("reading") as status:
        for at, image in enumerate(images, 1):
            status.update(f"reading {image} ({at} of {len(images)})")
            page = 0
            try:
                for one in _pages(image):
                    page, number = one.number, number + 1
                    readings = reader.read(one.pixels)
                    outputs.write(number, one, readings)
                    yield Answer(image, page, readings)
            except PilgiError as error:
                yield Answer(image, page + 1, [], _about(image, error))


def _pages(image: str) -> "Iterator[Page]":
    from pilgi.read.opening import FILE_LIMIT, pages, pages_in

    if image == STANDARD_INPUT:
        return pages_in("standard input", sys.stdin.buffer.read(FILE_LIMIT + 1))
    return pages(image)


def _about(image: str, error: PilgiError) -> str:
    """Return the error's sentence, with the file's name where it does not have it."""
    sentence = str(error)
    named = image if image != STANDARD_INPUT else "standard input"
    return sentence if named in sentence else f"{named}: {sentence}"


def _print(answers: list[Answer], as_json: bool, as_csv: bool) -> None:
    if as_json:
        print_json([answer.to_json() for answer in answers])
    elif as_csv:
        _print_csv(answers)
    else:
        _show(answers)


def _print_csv(answers: list[Answer]) -> None:
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(("file", "page", "text", "seen", "confidence", "x", "y", "w", "h", "answer"))
    for answer in answers:
        for at in answer.readings:
            start = (answer.file, answer.page, at.text or "", at.seen)
            rows.writerow((*start, f"{at.confidence:.6f}", *at.box, at.answer))


def _show(answers: list[Answer]) -> None:
    """Print a table of readings; pages are named where there are several."""
    from rich.markup import escape

    read_ones = [answer for answer in answers if answer.error is None]
    if not read_ones:
        return
    drawn = table("text", "confidence>", "x>", "y>", "width>", "height>", "file")
    for answer in read_ones:
        name = answer.file if answer.page == 1 else f"{answer.file}, page {answer.page}"
        for at in answer.readings:
            numbers = (f"{100 * at.confidence:.1f} %", *map(str, at.box))
            drawn.add_row(_answer(at), *numbers, escape(name))
        if not answer.readings:
            drawn.add_row("[muted]nothing[/muted]", "", "", "", "", "", escape(name))
    stdout().print(drawn)


def _answer(reading: "Reading") -> str:
    """Return the answer as the table has it; what is "not sure" says what was seen."""
    from pilgi.read.answers import NOT_SURE

    if reading.text is not None:
        return f"[bold]{reading.text}[/bold]"
    seen = (
        f" [muted]({reading.seen})[/muted]" if reading.answer == NOT_SURE and reading.seen else ""
    )
    return f"[seal]{reading.answer}[/seal]{seen}"
