"""`pilgi methods [NAME]`: every learning method, in words and as a formula; needs no torch."""

import locale
import os
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final

import typer

from pilgi.cli.console import grid, print_json, stdout, table
from pilgi.errors import PilgiError, nearest

Facts = Mapping[str, Any]

LANGUAGES: Final = ("en", "ko")

LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "when": "when it helps",
        "formula": "formula",
        "reference": "reference",
        "key": "in a recipe",
        "example": "try",
        "option": "option",
        "default": "default",
        "meaning": "meaning",
        "each": "each of {}",
        "more": "one of them in full: pilgi methods NAME",
    },
    "ko": {
        "when": "언제 쓰나",
        "formula": "수식",
        "reference": "출처",
        "key": "레시피에서",
        "example": "해 보기",
        "option": "설정",
        "default": "기본값",
        "meaning": "뜻",
        "each": "{} 하나하나",
        "more": "하나를 자세히: pilgi methods 이름",
    },
}


def methods(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A method or a family of them.")
    ] = None,
    lang: Annotated[
        str | None, typer.Option(metavar="en|ko", help="The language; else the system's.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Explain the learning methods: formula, what each does, when it helps, its options."""
    from pilgi.methods import catalogue

    language = _language(lang)
    families: Facts = catalogue()["families"]
    if name is None:
        _overview(families, language, as_json=as_json)
        return
    found = _find(families, name)
    if as_json:
        print_json([{"family": family, "name": called, **facts} for family, called, facts in found])
        return
    for family, called, facts in found:
        _sheet(called, families[family]["title"][language], facts, language)


def _language(wanted: str | None) -> str:
    if wanted is None:
        variables = ("LC_ALL", "LC_MESSAGES", "LANG")
        spoken = next(filter(None, map(os.environ.get, variables)), locale.getlocale()[0] or "")
        return "ko" if spoken.lower().startswith("ko") else "en"
    if wanted not in LANGUAGES:
        raise PilgiError(f"--lang {wanted}: {nearest(wanted, LANGUAGES)}")
    return wanted


def _find(families: Facts, name: str) -> list[tuple[str, str, Facts]]:
    """Return the methods that `name` means: those called so, or all of the family called so."""
    every = [
        (family, called, facts)
        for family, part in families.items()
        for called, facts in part["methods"].items()
    ]
    found = [method for method in every if name in method[:2]]
    if not found:
        known = {*families, *(called for _, called, _ in every)}
        raise PilgiError(f"no method is called '{name}'; {nearest(name, known)}")
    return found


def _overview(families: Facts, language: str, *, as_json: bool) -> None:
    from rich.markup import escape

    if as_json:
        print_json(families)
        return
    console = stdout()
    for family, part in families.items():
        console.print(f"[bold]{part['title'][language]}[/bold]  [muted]{family}[/muted]")
        methods = part["methods"].items()
        rows = [(f"  {name}", escape(facts["summary"][language])) for name, facts in methods]
        console.print(grid(rows))
        console.print()
    console.print(LABELS[language]["more"], style="muted")


def _sheet(name: str, family: str, facts: Facts, language: str) -> None:
    """Show one method in full."""
    from rich.markup import escape
    from rich.padding import Padding

    console, labels = stdout(), LABELS[language]
    console.print(f"[bold]{name}[/bold]  [muted]{family}[/muted]")
    console.print(Padding(escape(facts["summary"][language]), (0, 0, 1, 0)))
    said = _lines(facts, language)
    console.print(
        grid([(f"[muted]{labels[label]}[/muted]", escape(words)) for label, words in said])
    )
    _options(facts["options"], language)
    for option in facts["options"]:
        if "fields" in option:
            console.print(f"\n[muted]{labels['each'].format(option['name'])}[/muted]")
            _options(option["fields"], language)
    console.print(
        f"\n[muted]{labels['example']}[/muted]  {escape(facts['example'])}\n", soft_wrap=True
    )


def _lines(facts: Facts, language: str) -> Iterator[tuple[str, str]]:
    yield "when", facts["when"][language]
    yield "formula", facts["formula"]
    if facts["reference"]:
        yield "reference", facts["reference"]
    if "=" in facts["key"]:
        yield "key", facts["key"]


def _options(options: list[Facts], language: str) -> None:
    if not options:
        return
    drawn = table(*(LABELS[language][column] for column in ("option", "default", "meaning")))
    for column in drawn.columns[1:]:
        column.overflow = "fold"
    for option in options:
        drawn.add_row(*_cells(option, language))
    console = stdout()
    console.print()
    console.print(drawn)


def _cells(option: Facts, language: str) -> tuple[str, str, str]:
    from rich.markup import escape

    from pilgi.methods import as_typed

    values = [each[language] for each in (option["type"], option["range"]) if each]
    meaning = f"{escape(option['meaning'][language])} [muted]({', '.join(values)})[/muted]"
    default = "-" if option["default"] is None else escape(as_typed(option["default"]))
    return option["name"], default, meaning
