"""What whole numbers cost a reader of lines, and whether its C answers as the reference does.

    python benchmarks/line_int8.py                  fifteen minutes, a minute of it for the digits

500 lines composed for validation, as the recognizer's own training composed them, are read in
floats and in whole numbers: by the best path of the line as it is, and as `pilgi read` does, by
beams over three views. Every answer of the C is compared with the numpy reference's, all numbers of
it. One JSON line is appended to benchmarks/records/line_int8.jsonl.
"""

import json
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from pilgi import machine
from pilgi.data.lines import LINES, SCORED, Lines, compose_lines, part_writers
from pilgi.evaluate import text_scores
from pilgi.evaluate.line_scores import best_path
from pilgi.export import compiler
from pilgi.export.calibration import calibration_lines
from pilgi.export.lines import IntegerLine, LineAnswer, integer_line
from pilgi.export.lines.answer import answer
from pilgi.export.lines.logarithms import lattice_of
from pilgi.export.verify.folders import answering_lines
from pilgi.export.writers.c import table_bytes
from pilgi.export.writers.lines import arena_bytes, line_sources
from pilgi.export.writers.source import renamed, template
from pilgi.files import append_line
from pilgi.ink.views import slanted_views
from pilgi.read import CtcReader
from pilgi.recognizer import Recognizer

RECORD: Final = Path(__file__).parent / "records" / "line_int8.jsonl"
COUNT: Final = 500


def validation(recognizer: Recognizer) -> Lines:
    """Return the first lines that the recognizer's training chose by."""
    seed = tomllib.loads(recognizer.metadata.recipe)["seed"]
    writers = part_writers(LINES, seed).validation
    return compose_lines("validation", writers, SCORED, COUNT, seed)


def in_floats(recognizer: Recognizer, lines: Lines) -> tuple[list[str], list[str]]:
    """Return the best paths and the numbers decoded."""
    reader = CtcReader(recognizer)
    paths = [best_path(recognizer.lattice(slanted_views(ink)[0])) for ink in lines.inks]
    return paths, [reader.decoded(ink).text for ink in lines.inks]


def in_whole_numbers(net: IntegerLine, lines: Lines) -> tuple[list[str], list[LineAnswer]]:
    """Return the best paths and the answers."""
    lattices = [lattice_of(net.logits(slanted_views(ink))) for ink in lines.inks]
    return [best_path(each[0]) for each in lattices], [answer(each) for each in lattices]


def of_c(net: IntegerLine, lines: Lines) -> np.ndarray:
    """Return the rows that the compiled C answers with, one after another."""
    main = renamed(template("lines/answers.c"), "line")
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "answers"
        program.write_bytes(compiler.program({**line_sources(net, "line"), "answers.c": main}))
        program.chmod(0o700)
        return answering_lines([str(program)])(lines.inks)


def errors(read: list[str], lines: Lines) -> int:
    """Return how many lines are read wrongly."""
    return text_scores(lines.name, read, lines.texts).errors


def measure(name: str) -> dict[str, Any]:
    """Return the record of one recognizer."""
    recognizer = Recognizer.load(name)
    net = integer_line(recognizer, calibration_lines(recognizer).inks)
    lines = validation(recognizer)
    float_paths, float_texts = in_floats(recognizer, lines)
    paths, answers = in_whole_numbers(net, lines)
    texts, rows = [each.text for each in answers], [each.row() for each in answers]
    same_bits = bool(np.array_equal(of_c(net, lines), np.concatenate(rows)))
    return {
        "model": name,
        "n": COUNT,
        "float": {"best_path": errors(float_paths, lines), "decoded": errors(float_texts, lines)},
        "int8": {"best_path": errors(paths, lines), "decoded": errors(texts, lines)},
        "same": {
            "best_path": sum(map(str.__eq__, paths, float_paths)),
            "decoded": sum(map(str.__eq__, texts, float_texts)),
        },
        "c_is_the_reference": same_bits,
        "numbers_compared": sum(map(len, rows)),
        "tables": table_bytes(net.layers),
        "arena": arena_bytes(net),
    }


if __name__ == "__main__":
    line = measure("line") | {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine.describe(),
        "versions": machine.versions(),
    }
    append_line(RECORD, json.dumps(line))
    print(json.dumps(line))
