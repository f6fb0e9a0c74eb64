"""Exact match of a recognizer of lines: on composed lines of unseen writers, and on ruled paper.

    python benchmarks/lines.py line
    python benchmarks/lines.py line --beyond        words, letters among digits, separators
    python benchmarks/lines.py runs/line-20261121-101500 --choices   the halves to choose by

Composed: 2,000 lines of five digits, `pilgi.data.lines.SCORED`, of writers whom no training of
`lines` sees; the settings' hash is written to the record before anything is scored. Ruled paper:
the 1,002 five-digit numbers of strings/ruled5 in PILGI_DATA, never trained on; by the SHA-256 of
a file's name half are for choosing (first byte even), half are scored. Beyond digits: composed
lines with letters, scribbles and fonts that no training sees; the signs' drawings are trained on.
JSON lines are appended to benchmarks/records/lines.jsonl.
"""

import argparse
import hashlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pilgi import machine
from pilgi.data.lines import (
    LINES,
    SCORED,
    SEPARATOR,
    TEST_SEED,
    Lines,
    compose_lines,
    load_lines,
    number_in,
    part_writers,
    spelt,
    unseen_others,
    unseen_writers,
)
from pilgi.evaluate import LineScores, text_scores
from pilgi.files import append_line
from pilgi.learn import rng
from pilgi.read import CtcReader, Reading
from pilgi.read.answers import NOT_SURE
from pilgi.read.homography import Box
from pilgi.read.reading import SURE
from pilgi.recognizer import Recognizer

RECORD = Path(__file__).parent / "records" / "lines.jsonl"
DIGITS: Final = 5
CHOICE_LINES: Final = 1000
BEYOND: Final = 500


def ruled5(choices: bool) -> Lines:
    """Return one half of the numbers on ruled paper."""
    every = load_lines(str(Path(os.environ.get("PILGI_DATA", ".")) / "strings" / "ruled5"))
    name = "ruled5, " + ("choices" if choices else "scored")
    half = [
        at
        for at, (text, file) in enumerate(zip(every.texts, every.files, strict=True))
        if len(text) == DIGITS and _is_choice(file) == choices
    ]
    return Lines(name, tuple(every.inks[at] for at in half), tuple(every.texts[at] for at in half))


def _is_choice(file: str) -> bool:
    return hashlib.sha256(file.encode()).digest()[0] % 2 == 0


def composed(choices: bool) -> Lines:
    """Return the composed lines: those that are scored, or others of validation's writers."""
    if not choices:
        return replace(load_lines(LINES), name="composed, unseen writers")
    seed = rng.derive(0, "split", 1)
    held = part_writers(LINES, rng.derive(0, "split")).validation
    return compose_lines("composed, validation writers", held, SCORED, CHOICE_LINES, seed)


def scored(recognizer: Recognizer, lines: Lines, pattern: str | None = None) -> dict[str, Any]:
    """Return the figures of one set, and the milliseconds a line."""
    reader, begun = CtcReader(recognizer), time.perf_counter()
    read = [reader.decoded(each, pattern).text for each in lines.inks]
    seconds = time.perf_counter() - begun
    found: LineScores = text_scores(lines.name, read, lines.texts)
    wrong = zip(lines.texts, read, strict=True)
    return {
        "data": lines.name,
        "pattern": pattern,
        **found.summary(),
        "touching": round(lines.touching, 4) or None,
        "milliseconds": round(1000 * seconds / len(lines), 2),
        "lines_sha256": lines.sha256,
        "mistakes": [f"{text} {ours}" for text, ours in wrong if text != ours][:40],
    }


def beyond(recognizer: Recognizer, choices: bool) -> Iterator[dict[str, Any]]:
    """Yield what is answered to words, to scribbles, to letters among digits and to separators."""
    seed = rng.derive(0, "split", 2 + choices)
    writers = (
        part_writers(LINES, rng.derive(0, "split")).validation if choices else unseen_writers()
    )
    mixed, reader = replace(writers, others=unseen_others()), CtcReader(recognizer)
    for kind in ("words", "scribbles", "lettered", "signs"):
        settings = replace(SCORED, digits=(2, 8), **{kind: 1.0})
        lines = compose_lines(kind, mixed, settings, BEYOND, seed)
        found = [reader.decoded(each) for each in lines.inks]
        said = [Reading.of_line(each, Box(0, 0, 0, 0)).where_sure(SURE) for each in found]
        signs = [text.count(spelt([SEPARATOR])) for text in lines.texts]
        yield {
            "data": kind,
            "n": len(lines),
            "no_number": sum(each.answer == NOT_SURE for each in said),
            "answered": sum(each.text is not None for each in said),
            "right": sum(
                each.text == number_in(text) for each, text in zip(said, lines.texts, strict=True)
            ),
            "forced_right": sum(
                each.text == number_in(text) for each, text in zip(found, lines.texts, strict=True)
            ),
            "separators_right": sum(
                len(each.separators) == count for each, count in zip(found, signs, strict=True)
            ),
            "lines_sha256": lines.sha256,
        }


def header(recognizer: Recognizer) -> dict[str, Any]:
    """Return what is known before anything is scored."""
    return {
        "benchmark": "lines",
        "date": datetime.now(UTC).date().isoformat(),
        "recognizer_sha256": recognizer.metadata.sha256,
        "composition_sha256": SCORED.sha256,
        "lines_seed": TEST_SEED,
        "machine": machine.describe(),
        "versions": machine.versions(),
    }


def results(recognizer: Recognizer, choices: bool) -> Iterator[dict[str, Any]]:
    """Yield each set's figures: any number of digits allowed, then five asked for."""
    for lines in (ruled5(choices), composed(choices)):
        for pattern in (None, rf"\d{{{DIGITS}}}"):
            yield scored(recognizer, lines, pattern)


def score(recognizer: Recognizer, choices: bool) -> None:
    """Score one recognizer, print the figures, append the record."""
    known = header(recognizer)
    append_line(RECORD, json.dumps({**known, "stage": "settings"}))
    found = []
    for each in results(recognizer, choices):
        found.append(each)
        low, high = each["interval"]
        print(
            f"{each['data']}, pattern {each['pattern']}: {each['accuracy']:.2%} ({low:.2%} to "
            f"{high:.2%}), {each['errors']} of {each['n']} wrong, {each['digit_errors']} digits; "
            f"{each['milliseconds']} ms a line",
            flush=True,
        )
        if choices:
            print("  written, read:", ", ".join(each["mistakes"]))
    append_line(RECORD, json.dumps({**known, "stage": "scores", "results": found}))


def score_beyond(recognizer: Recognizer, choices: bool) -> None:
    """Print what is answered to lines with more than digits, append the record."""
    found = []
    for each in beyond(recognizer, choices):
        found.append(each)
        print(", ".join(f"{name} {value}" for name, value in each.items()), flush=True)
    record = {**header(recognizer), "stage": "beyond", "choices": choices, "results": found}
    append_line(RECORD, json.dumps(record))


def main() -> None:
    """Score one recognizer on lines of digits, or beyond them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="a shipped name, a run or a file")
    parser.add_argument("--choices", action="store_true", help="the halves to choose by")
    parser.add_argument("--beyond", action="store_true", help="lines with more than digits")
    options = parser.parse_args()
    recognizer = Recognizer.load(options.model, threads=1)
    (score_beyond if options.beyond else score)(recognizer, options.choices)


if __name__ == "__main__":
    main()
