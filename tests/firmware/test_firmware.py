"""The firmware, built for three Cortex-M and run on QEMU, answers as Python does, to the bit."""

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from pilgi import data
from pilgi.export.writers import TARGETS, Job
from pilgi.recognizer import Recognizer

MAKEFILE = Path(__file__).parents[2] / "firmware" / "Makefile"
TOOLS = ("make", "arm-none-eabi-gcc", "qemu-system-arm")

BOARDS = ["m0plus", "m4", "m7"]


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    """A folder with digit-tiny's C and a few digits; what they are answered with in Python."""
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
    folder = tmp_path_factory.mktemp("bench")
    job = Job(Recognizer.load("digit-tiny"), folder / "digit-tiny-c", "digit-tiny")
    TARGETS["c"].write(job)
    ink = data.load("digits").images[::150]
    (folder / "digits.bin").write_bytes(ink.tobytes())
    return folder, job.answers(ink)


def make(folder, *words):
    command = ["make", "-s", "-f", MAKEFILE, *words]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("board", BOARDS)
def test_its_answers_are_python_s_to_the_bit(bench, board):
    folder, expected = bench
    done = make(folder, f"BOARD={board}", "run")
    assert not done.returncode, done.stderr
    said = done.stdout + done.stderr
    assert f"digits {len(expected)}\n" in said
    rows = np.frombuffer((folder / "answers.bin").read_bytes(), np.uint8).reshape(-1, 4)
    found = np.stack([rows[:, 0], rows[:, 1] + 256 * rows[:, 2].astype(int), rows[:, 3]], 1)
    assert (found == expected).all()


def test_it_fits_16_kilobytes_of_flash_and_8_of_ram_its_stack_within(bench):
    folder, _ = bench
    done = make(folder, "BOARD=m0plus", "size", "run")
    text, initialised, zeroed = map(
        int, re.findall(r"(?m)^ +(\d+)\t +(\d+)\t +(\d+)", done.stdout)[0]
    )
    stack = int(re.search(r"stack (\d+)", done.stdout + done.stderr)[1])
    assert text + initialised <= 16 * 1024
    assert initialised + zeroed + stack <= 8 * 1024


def test_what_does_not_fit_is_refused_by_the_linker(bench):
    done = make(bench[0], "BOARD=m4", "FLASH=8K", "BUILD=small", "build")
    assert done.returncode
    assert "region `FLASH' overflowed" in done.stderr
