"""What another program on one of the cores costs a training.

    python benchmarks/busy.py                          `sprint` alone and beside it, a minute

`sprint` is trained as on the command line, on every core, alone and beside a process that never
rests, by turns; the ratio of medians is printed and one JSON line is appended to
benchmarks/records/busy.jsonl.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pilgi import machine
from pilgi.files import append_line
from pilgi.learn.run import Run

RECORD = Path(__file__).parent / "records" / "busy.jsonl"
TURNS: Final = 3


@contextmanager
def restless() -> Iterator[None]:
    """While inside, another process keeps one core busy."""
    process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


def seconds() -> float:
    """Return the seconds of training of one `sprint`, a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pilgi", "train", "sprint", "--out", folder]
        subprocess.run(command, check=True, capture_output=True)
        return float(Run(Path(folder)).summary()["train_seconds"])


def main() -> None:
    """Train by turns, print the medians and their ratio, append the record."""
    alone, beside = [], []
    for _ in range(TURNS):
        alone.append(seconds())
        with restless():
            beside.append(seconds())
    ratio = statistics.median(beside) / statistics.median(alone)
    print(f"alone {alone}, beside another program {beside}: {ratio:.2f} times as long")
    facts = {
        "benchmark": "busy",
        "date": datetime.now(UTC).date().isoformat(),
        "alone": alone,
        "beside": beside,
        "ratio": round(ratio, 3),
        "machine": machine.describe(),
        "versions": machine.versions(),
    }
    append_line(RECORD, json.dumps(facts))


if __name__ == "__main__":
    main()
