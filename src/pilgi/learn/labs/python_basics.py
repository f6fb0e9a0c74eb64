"""python-basics: the lesson exercises, each a small function that returns what it finds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final

from pydantic import Field
from pydantic.dataclasses import dataclass as validated

from pilgi.learn.labs.canvas import Canvas
from pilgi.learn.labs.lab import Findings, Table
from pilgi.learn.methods.entry import STRICT

CUP: Final = 300
CUPS: Final = 3
PEOPLE: Final = "Kim 32\nLee 34\nPark 39\nChoi 28\nCho 25\n"
COMMANDS: Final = ("Add milk", "Add bread", "Del milk", "Sing", "Quit", "Add tea")
COINS: Final = (300, 500, 200, 1000, 300)


@validated(frozen=True, config=STRICT)
class BasicsOptions:
    """last: the number that the sum ends at. rows: of the star triangle."""

    last: Annotated[int, Field(ge=1, le=1_000_000)] = 1000
    rows: Annotated[int, Field(ge=1, le=40)] = 5


def sum_of_multiples(of: int, last: int) -> int:
    """Return the sum of the multiples of `of` in 1..last, counted up with `while`."""
    number, total = 1, 0
    while number <= last:
        if number % of == 0:
            total += number
        number += 1
    return total


def star_triangle(rows: int) -> list[str]:
    """Return rows of 1, 2, 3 ... stars."""
    return ["*" * row for row in range(1, rows + 1)]


def even_plus_two(numbers: Iterable[int]) -> list[int]:
    """Return n + 2 for every even n: a loop with `if` turned into one list comprehension."""
    return [n + 2 for n in numbers if n % 2 == 0]


def odd_doubled(numbers: Iterable[int]) -> list[int]:
    """Return 2 n for every odd n."""
    return [n * 2 for n in numbers if n % 2 == 1]


def change_a_tuple(values: tuple[int, ...]) -> str:
    """Return what Python answers when somebody assigns to a tuple's first place."""
    frozen: Any = values
    try:
        frozen[0] = 0
    except TypeError as error:
        return str(error)
    raise AssertionError("a tuple let itself be changed")


def menu(commands: Iterable[str]) -> Iterator[str]:
    """Yield the answer to each of Add X, Del X and Quit, after which nobody is heard."""
    items: list[str] = []
    for command in commands:
        verb, _, item = command.partition(" ")
        if verb == "Quit":
            yield "bye"
            return
        if verb == "Add":
            items.append(item)
        elif verb == "Del" and item in items:
            items.remove(item)
        else:
            yield f"{command}? say Add X, Del X or Quit"
            continue
        yield ", ".join(items) or "nothing"


def coffee_machine(coins: Iterable[int], cups: int = CUPS) -> Iterator[str]:
    """Yield what happens to each coin: a cup for at least 300 won; `break` when sold out."""
    for coin in coins:
        if coin >= CUP:
            cups -= 1
            yield f"{coin}: coffee, {cups} left"
        if cups == 0:
            yield "sold out"
            break


def coffee_machine_with_change(coins: Iterable[int], cups: int = CUPS) -> Iterator[str]:
    """Yield the same, with change; `continue` hands too little back, and the next is served."""
    for coin in coins:
        if coin < CUP:
            yield f"{coin}: too little, {coin} back"
            continue
        cups -= 1
        yield f"{coin}: coffee, {coin - CUP} change, {cups} left"
        if cups == 0:
            yield "sold out"
            break


def write_and_append(path: Path) -> str:
    """Write two lines (mode `w`), append a third (mode `a`) and return the file's content."""
    with path.open("w", encoding="utf-8") as file:
        file.write("first\nsecond\n")
    with path.open("a", encoding="utf-8") as file:
        file.write("third\n")
    return path.read_text(encoding="utf-8")


def read_in_every_way(path: Path, count: int = 3) -> dict[str, Any]:
    """Return a file read by line, by lines, whole, by `count` characters, and after `seek`."""
    with path.open(encoding="utf-8") as file:
        line = file.readline()
        file.seek(0)
        lines = file.readlines()
        file.seek(0)
        whole = file.read()
        file.seek(0)
        start = file.read(count)
        after = file.read(count)
        file.seek(0)
        again = file.read(count)
    return {
        "readline": line,
        "readlines": lines,
        "read": whole,
        "read_n": start,
        "read_n_more": after,
        "seek_and_read_n": again,
    }


def ages(lines: Iterable[str]) -> dict[str, int]:
    """Return name -> age from lines of `Name age`."""
    return {name: int(age) for name, age in (line.split() for line in lines)}


def run(options: BasicsOptions, canvas: Canvas | None) -> Findings:
    """Do every exercise; there is nothing to draw."""
    del canvas
    with TemporaryDirectory() as folder:
        figures = {**_loops(options), **_machines(), **_files(Path(folder))}
    rows = tuple((name.replace("_", " "), _shown(value)) for name, value in figures.items())
    keys = ("sum_of_multiples_of_3", "even_plus_two", "odd_doubled", "ages")
    ours = "; ".join(_shown(figures[key]) for key in keys)
    return Findings(figures, ours, (Table(("exercise", "result"), rows),))


def _loops(options: BasicsOptions) -> dict[str, Any]:
    return {
        "sum_of_multiples_of_3": sum_of_multiples(3, options.last),
        "star_triangle": star_triangle(options.rows),
        "even_plus_two": even_plus_two(range(1, 6)),
        "odd_doubled": odd_doubled(range(1, 6)),
        "change_a_tuple": change_a_tuple((1, 2, 3)),
    }


def _machines() -> dict[str, Any]:
    machines: Mapping[str, Callable[[Sequence[int]], Iterator[str]]] = {
        "coffee_machine": coffee_machine,
        "coffee_machine_with_change": coffee_machine_with_change,
    }
    answers = {name: list(serve(COINS)) for name, serve in machines.items()}
    return {"menu": list(menu(COMMANDS)), **answers}


def _files(folder: Path) -> dict[str, Any]:
    """The lesson is `open` itself, on files that are gone when it ends."""
    notes, people = folder / "notes.txt", folder / "people.txt"
    people.write_text(PEOPLE, encoding="utf-8")
    return {
        "write_and_append": write_and_append(notes),
        **read_in_every_way(notes),
        "ages": ages(people.read_text(encoding="utf-8").splitlines()),
    }


def _shown(value: Any) -> str:
    """Return lists of words as lines, all else as Python writes it."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "\n".join(item.rstrip("\n") for item in value)
    if isinstance(value, str):
        return repr(value) if "\n" in value else value
    return str(value)
