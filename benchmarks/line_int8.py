"""What whole numbers cost a reader of lines, and whether its C answers as the reference does.

    python benchmarks/line_int8.py                  fifteen minutes, a minute of it for the digits

2,000 lines composed for validation, as the recognizer's own training composed them, are read as
`pilgi read` does, by beams over three views, in floats and, by the compiled C, in whole numbers. On
the first 500 every answer of the C is compared with the numpy reference's, all numbers of it, and
the best paths of the lines as they are are counted too. One JSON line is appended to
benchmarks/records/line_int8.jsonl.
"""

import json
import tempfile
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pilgi import machine
from pilgi.data.lines import LINES, SCORED, Lines, compose_lines, part_writers
from pilgi.evaluate import text_scores
from pilgi.evaluate.line_scores import best_path
from pilgi.export.calibration import calibration_lines
from pilgi.export.lines import IntegerLine, LineAnswer, integer_line
from pilgi.export.lines.answer import answer
from pilgi.export.lines.logarithms import lattice_of
from pilgi.export.verify.folders import compiled
from pilgi.export.writers.c import table_bytes
from pilgi.export.writers.lines import arena_bytes, line_sources
from pilgi.files import append_line
from pilgi.ink.views import slanted_views
from pilgi.read import CtcReader
from pilgi.recognizer import Recognizer

RECORD: Final = Path(__file__).parent / "records" / "line_int8.jsonl"
COUNT: Final = 2000
PROVED: Final = 500
BATCH: Final = 50


def validation(recognizer: Recognizer) -> Lines:
    """Return the first lines that the recognizer's training chose by."""
    seed = tomllib.loads(recognizer.metadata.recipe)["seed"]
    writers = part_writers(LINES, seed).validation
    return compose_lines("validation", writers, SCORED, COUNT, seed)


def first(lines: Lines, count: int) -> Lines:
    """Return the first of them."""
    return replace(lines, inks=lines.inks[:count], texts=lines.texts[:count])


def in_floats(recognizer: Recognizer, lines: Lines) -> tuple[list[str], list[str]]:
    """Return the best paths of the first lines, and the numbers decoded in all."""
    reader = CtcReader(recognizer)
    shown = first(lines, PROVED).inks
    paths = [best_path(recognizer.lattice(slanted_views(ink)[0])) for ink in shown]
    return paths, [reader.decoded(ink).text for ink in lines.inks]


def in_whole_numbers(net: IntegerLine, lines: Lines) -> tuple[list[str], list[LineAnswer]]:
    """Return the best paths and the answers."""
    lattices = [lattice_of(net.logits(slanted_views(ink))) for ink in lines.inks]
    return [best_path(each[0]) for each in lattices], [answer(each) for each in lattices]


def of_c(net: IntegerLine, lines: Lines) -> list[list[int]]:
    """Return the row of numbers that the compiled C answers with to each line."""
    with tempfile.TemporaryDirectory() as folder:
        asked = compiled(line_sources(net, "line"), "line", "line", Path(folder))
        parts = (lines.inks[at : at + BATCH] for at in range(0, len(lines), BATCH))
        numbers = [number for part in parts for number in asked(part).tolist()]
    rows, at = [], 0
    while at < len(numbers):
        end = at + 2 + 7 * numbers[at]
        rows.append(numbers[at:end])
        at = end
    return rows


def text_of(row: list[int]) -> str:
    """Return the digits of a row."""
    return "".join(str(digit) for digit in row[3::7] if digit >= 0)


def errors(read: list[str], lines: Lines) -> int:
    """Return how many lines are read wrongly."""
    return text_scores(lines.name, read, lines.texts).errors


def measure(name: str) -> dict[str, Any]:
    """Return the record of one recognizer."""
    recognizer = Recognizer.load(name)
    net = integer_line(recognizer, calibration_lines(recognizer).inks)
    lines = validation(recognizer)
    float_paths, float_texts = in_floats(recognizer, lines)
    shown = first(lines, PROVED)
    paths, answers = in_whole_numbers(net, shown)
    rows, expected = of_c(net, lines), [each.row() for each in answers]
    texts = [text_of(row) for row in rows]
    return {
        "model": name,
        "n": COUNT,
        "float": {"decoded": errors(float_texts, lines)},
        "int8": {"decoded": errors(texts, lines)},
        "same": sum(map(str.__eq__, texts, float_texts)),
        "only_float_right": _ahead(float_texts, texts, lines),
        "only_int8_right": _ahead(texts, float_texts, lines),
        "proved": {
            "n": PROVED,
            "c_is_the_reference": rows[:PROVED] == expected,
            "numbers_compared": sum(map(len, expected)),
            "best_path": {"float": errors(float_paths, shown), "int8": errors(paths, shown)},
        },
        "tables": table_bytes(net.layers),
        "arena": arena_bytes(net),
    }


def _ahead(one: list[str], other: list[str], lines: Lines) -> int:
    """Return how many lines only the first reads right."""
    return sum(a == text != b for a, b, text in zip(one, other, lines.texts, strict=True))


if __name__ == "__main__":
    line = measure("line") | {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine.describe(),
        "versions": machine.versions(),
    }
    append_line(RECORD, json.dumps(line))
    print(json.dumps(line))
