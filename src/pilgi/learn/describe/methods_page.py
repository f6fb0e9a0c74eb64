"""The methods as a page of the documentation: English, with Korean beside it."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final

from pilgi.methods import as_typed

Facts = Mapping[str, Any]

HEAD: Final = """# Methods

Every learning method, as the code's own tables have it. `pilgi methods NAME` shows the same in a
terminal, `pilgi methods --json` as data. Written by `python -m pilgi.learn.describe`.
"""
COLUMNS: Final = "| option | default | values | meaning |\n|---|---|---|---|"


def page(catalogue: Facts) -> str:
    """Return what methods.json holds as Markdown."""
    families = catalogue["families"].values()
    return "\n".join([HEAD, *chain.from_iterable(map(_family, families))])


def _family(family: Facts) -> Iterator[str]:
    yield f"## {family['title']['en']} · {family['title']['ko']}\n"
    for name, method in family["methods"].items():
        yield f"### `{name}`\n"
        yield from _method(method)


def _method(method: Facts) -> Iterator[str]:
    for language in ("en", "ko"):
        yield f"{method['summary'][language]} {method['when'][language]}\n"
    yield f"```text\n{method['formula']}\n```\n"
    if method["reference"]:
        yield f"{method['reference']}.\n"
    yield from _table(method["options"])
    for option in method["options"]:
        if "fields" in option:
            yield f"Each of `{option['name']}` is a table:\n"
            yield from _table(option["fields"])
    yield f"```sh\n{method['example']}\n```\n"


def _table(options: list[Facts]) -> Iterator[str]:
    if options:
        yield "\n".join([COLUMNS, *map(_option, options)]) + "\n"


def _option(option: Facts) -> str:
    default = "-" if option["default"] is None else f"`{as_typed(option['default'])}`"
    values = [option["type"], *filter(None, [option["range"]])]
    words = {language: ", ".join(each[language] for each in values) for language in ("en", "ko")}
    meaning = option["meaning"]
    cells = (
        f"`{option['name']}`",
        default,
        f"{words['en']}<br>{words['ko']}",
        f"{meaning['en']}<br>{meaning['ko']}",
    )
    return f"| {' | '.join(cells)} |"
