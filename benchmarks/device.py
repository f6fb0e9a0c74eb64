"""What a recognizer takes on a microcontroller, and whether it still answers as it did.

    python benchmarks/device.py digit-tiny [RUN ...]      a minute each
    python benchmarks/device.py --page                    the newest into docs/reference/device.md

Each recognizer leaves as C (`pilgi export --to c`). On this machine the compiled C answers MNIST's
10,000 test digits and 500 drawings of UNIPEN's test writers beside the numpy reference: they must
agree to the bit; errors are counted beside those in floats. With gcc-arm-none-eabi and qemu-system-
arm the firmware is built for a Cortex-M0+, M4 and M7 and answers 1,000 of the digits on QEMU: flash
and RAM are the linker's, the stack is painted, instructions are QEMU's (-icount shift=0: one a
nanosecond). One JSON line each is appended to benchmarks/records/device.jsonl.
"""

import json
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from pilgi import data, machine
from pilgi.export import compiler
from pilgi.export.manifest import read_manifest
from pilgi.export.verify.folders import c_program
from pilgi.export.writers import TARGETS, Job
from pilgi.files import append_line, write_text
from pilgi.recognizer import Recognizer

HERE: Final = Path(__file__).parent
RECORD: Final = HERE / "records" / "device.jsonl"
PAGE: Final = HERE.parent / "docs" / "reference" / "device.md"
FIRMWARE: Final = HERE.parent / "firmware" / "Makefile"

HERTZ: Final = {"m0plus": 16_000_000, "m4": 25_000_000, "m7": 25_000_000}
"""The clock of each emulated board, whose ticks count nanoseconds: instructions."""

EMULATED: Final = 1_000
DRAWINGS: Final = 500
START, END = "<!-- measured -->", "<!-- /measured -->"


def measure(model: str) -> dict[str, Any]:
    """Return the record of one recognizer."""
    test = data.load("mnist", "test")
    recognizer = Recognizer.load(model)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        job = Job(recognizer, folder / "c", Path(model).name)
        made = TARGETS["c"].write(job)
        expected = job.answers(test.images)
        drawings = data.load("unipen", "test").images[:DRAWINGS]
        c = c_program(made.path, read_manifest(made.path), folder)
        found, drawn = c(test.images), c(drawings) == job.answers(drawings)
        floats = recognizer.predict(test.images)
        (folder / "digits.bin").write_bytes(test.images[:EMULATED].tobytes())
        boards = {board: emulated(folder, board, expected[:EMULATED]) for board in HERTZ}
    return {
        "model": recipe_name(recognizer, model),
        "n": len(test),
        "errors": {"float": errors(floats, test), "int8": errors(expected[:, 0], test)},
        "c_as_reference": int((found == expected).all(1).sum()),
        "drawings": {"n": len(drawn), "c_as_reference": int(drawn.all(1).sum())},
        "sizes": dict(made.sizes),
        "calibration": made.facts["calibration"],
        "boards": boards,
    }


def recipe_name(recognizer: Recognizer, model: str) -> str:
    """Return a shipped name as it is, of a run its recipe's."""
    if not Path(model).exists():
        return model
    return re.search(r'name = "([^"]+)"', recognizer.metadata.recipe)[1]  # type: ignore[index]


def errors(digits: np.ndarray, test: data.Split) -> int:
    """Return how many are wrong."""
    return int((digits != test.labels).sum())


def emulated(folder: Path, board: str, expected: np.ndarray) -> dict[str, Any]:
    """Return what the firmware takes on a board, and how many answers are the reference's."""
    options = f"BOARD={board}", "RECOGNIZER=c", "FLASH=2M", "RAM=1M"
    if board == "m0plus":  # a micro:bit's
        options = f"BOARD={board}", "RECOGNIZER=c", "FLASH=256K", "RAM=16K"
    command = ["make", "-s", "-f", str(FIRMWARE), *options, "size", "run"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"error": done.stderr.strip().splitlines()[-2:]}
    said = done.stdout + done.stderr
    text, initialised, zeroed = map(int, re.findall(r"(?m)^ +(\d+)\t +(\d+)\t +(\d+)", said)[0])
    ticks, stack = (int(re.search(rf"{word} (\d+)", said)[1]) for word in ("ticks", "stack"))  # type: ignore[index]
    rows = np.frombuffer((folder / "answers.bin").read_bytes(), np.uint8).reshape(-1, 4)
    answers = np.stack([rows[:, 0], rows[:, 1] + 256 * rows[:, 2].astype(int), rows[:, 3]], 1)
    return {
        "as_reference": int((answers == expected).all(1).sum()),
        "n": len(expected),
        "flash": text + initialised,
        "ram": initialised + zeroed + stack,
        "stack": stack,
        "instructions": round(ticks * 1e9 / HERTZ[board]),
    }


def tools() -> dict[str, str]:
    """Return the first line of what each tool says of its version."""
    named = ("gcc", "arm-none-eabi-gcc", "qemu-system-arm")
    return {
        name: subprocess.run(
            [name, "--version"], capture_output=True, text=True, check=True
        ).stdout.splitlines()[0]
        for name in named
    }


def page() -> None:
    """Write the newest record of each recognizer into the page."""
    newest = {line["model"]: line for line in map(json.loads, RECORD.read_text().splitlines())}
    rows = [row(line, board) for line in newest.values() for board in line["boards"]]
    text = PAGE.read_text("utf-8")
    before, after = text.split(START)[0], text.split(END)[1]
    write_text(PAGE, f"{before}{START}\n" + "\n".join([HEAD, *rows]) + f"\n{END}{after}")


HEAD: Final = """\
| recognizer | board | flash | RAM | stack, in it | instructions | MNIST, int8 (float) | as Python |
|---|---|---|---|---|---|---|---|"""


def row(line: dict[str, Any], board: str) -> str:
    """Return a row of the page's table."""
    taken = line["boards"][board]
    if "error" in taken:
        return f"| `{line['model']}` | {board} | does not fit | | | | | |"
    floats, whole = (1 - line["errors"][kind] / line["n"] for kind in ("float", "int8"))
    cells = (
        f"`{line['model']}`",
        f"Cortex-{board.upper().replace('PLUS', '0+').replace('M00', 'M0')}",
        f"{taken['flash']:,} bytes",
        f"{taken['ram']:,} bytes",
        f"{taken['stack']}",
        f"{taken['instructions'] / 1e6:.1f} million",
        f"{whole:.2%} ({floats:.2%})",
        f"{taken['as_reference']:,} of {taken['n']:,}",
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure, or write the page."""
    if sys.argv[1:] == ["--page"]:
        page()
        return
    compiler.program({"a.c": "int main(void) { return 0; }"})  # a missing compiler is told first
    for model in sys.argv[1:] or ["digit-tiny"]:
        line = measure(model) | {
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "tools": tools(),
            "machine": machine.describe(),
            "versions": machine.versions(),
        }
        append_line(RECORD, json.dumps(line))
        print(json.dumps(line, indent=2))


if __name__ == "__main__":
    main()
