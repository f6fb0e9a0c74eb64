"""Nets of every kind in whole numbers, their C compiled once a session; pictures to make ink of."""

import base64
import gzip
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from pilgi import data
from pilgi.data.lines import SCORED, compose_lines, part_writers
from pilgi.export import proof
from pilgi.export.lines import integer_line, rule_of
from pilgi.export.network import IntegerNetwork, integer_network
from pilgi.export.verify.folders import answering_lines
from pilgi.export.writers import TARGETS, Job
from pilgi.export.writers.arena import planned
from pilgi.export.writers.c import header, source
from pilgi.export.writers.lines import line_sources
from pilgi.export.writers.source import renamed, template
from pilgi.read.pattern import parse
from pilgi.recognizer import Recognizer
from pilgi.sealing import Metadata, seal

VECTORS = Path(__file__).parents[1] / "golden" / "ink.jsonl.gz"
WARNINGS = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]

SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g"]


@pytest.fixture(scope="session")
def gcc() -> str:
    found = shutil.which("gcc")
    if not found:
        pytest.skip("needs gcc")
    return found


@pytest.fixture(scope="session")
def drawn():
    """Ink of 1,797 real digits that every machine has."""
    return data.load("digits")


def untrained(name: str) -> bytes:
    """Return a recipe's net as it is before its first step, sealed as a recognizer."""
    import torch

    from pilgi.learn.models import MODELS, Network
    from pilgi.learn.models.network import initialize
    from pilgi.learn.recipe import load_recipe
    from pilgi.learn.train.graph import to_onnx

    recipe = load_recipe(name)
    torch.manual_seed(0)
    net = Network(
        MODELS[recipe.model.name].build(recipe.model.options, (1, 28, 28), 10), recipe.scale
    )
    initialize(net, recipe.model.options, 0)
    facts = Metadata(
        kind="digit",
        input=(28, 28),
        classes=tuple("0123456789"),
        ink="3",
        calibration="none",
        recipe="",
        provenance={},
    )
    return seal(to_onnx(net, (28, 28), 10), facts)


@pytest.fixture(scope="session")
def net(drawn):
    """Return a function from a shipped name or an untrained recipe's to its integer network."""

    @cache
    def made(name: str) -> IntegerNetwork:
        return integer_network(recognizer(name), drawn.images[::9])

    return made


@cache
def recognizer(name: str) -> Recognizer:
    if name.startswith("digit"):
        return Recognizer.load(name)
    return Recognizer(untrained(name), name)


@pytest.fixture(scope="session")
def loaded():
    """Return a function from a name to the recognizer that its integer network was made of."""
    return recognizer


@pytest.fixture(scope="session")
def line_net():
    """The shipped reader of lines in whole numbers, its ranges told by digits every machine has."""
    lines = compose_lines("digits", part_writers("digits", 0).train, SCORED, 20, 0)
    return integer_line(Recognizer.load("line"), lines.inks)


@pytest.fixture(scope="session")
def line_inks():
    """Ink of lines of several widths; the narrowest there may be, blank and full."""
    chosen = [each for each in proof.lines() if each.shape[1] < 100][:4]
    noise = np.random.default_rng(0).integers(0, 256, (32, 61), np.uint8)
    return [*chosen, noise, np.zeros((32, 8), np.uint8), np.full((32, 9), 255, np.uint8)]


FIVE = rule_of(parse(r"[0-4]\d*|5"), "five")
"""What numbers look like to C that is compiled with -DPATTERN=&reader_pattern."""


@pytest.fixture(scope="session")
def line_program(line_net, gcc, tmp_path_factory):
    """Return a function from flags to what the line reader's C, so compiled, answers."""

    @cache
    def made(*flags: str):
        folder = tmp_path_factory.mktemp("line")
        texts = {**line_sources(line_net, "reader", FIVE), "answers.c": template("lines/answers.c")}
        texts["answers.c"] = renamed(texts["answers.c"], "reader")
        for file, text in texts.items():
            (folder / file).write_text(text)
        files = [folder / "answers.c", folder / "reader.c"]
        subprocess.run([gcc, *WARNINGS, *flags, "-o", folder / "run", *files], check=True)
        return answering_lines([str(folder / "run")])

    return made


@pytest.fixture(scope="session")
def line_wasm(tmp_path_factory):
    """The job that left the shipped reader of lines as WebAssembly."""
    job = Job(Recognizer.load("line"), tmp_path_factory.mktemp("wasm") / "line-wasm", "line")
    TARGETS["wasm"].write(job)
    return job


class Compiled:
    """A recognizer's C, as a program that answers a digit a line."""

    def __init__(self, program: Path) -> None:
        self.program = program

    def answers(self, ink: np.ndarray) -> np.ndarray:
        """Return digit, confidence and sure of each picture, (n, 3)."""
        done = subprocess.run([self.program], input=ink.tobytes(), capture_output=True, check=True)
        return np.array([line.split() for line in done.stdout.splitlines()], int)


@pytest.fixture(scope="session")
def compiled(net, gcc, tmp_path_factory):
    """Return a function from a name and flags to its C, compiled without a warning."""

    @cache
    def made(name: str, *flags: str) -> Compiled:
        folder = tmp_path_factory.mktemp("c")
        network = net(name)
        texts = {
            "reader.h": header(network, "reader"),
            "reader.c": source(network, "reader", planned(network)),
            "answers.c": renamed(template("answers.c"), "reader"),
        }
        for file, text in texts.items():
            (folder / file).write_text(text)
        files = [folder / "answers.c", folder / "reader.c"]
        subprocess.run([gcc, *WARNINGS, *flags, "-o", folder / "run", *files], check=True)
        return Compiled(folder / "run")

    return made


@pytest.fixture(scope="session")
def golden() -> list[dict[str, Any]]:
    """Return the golden vectors, see tests/golden/test_ink.py, their pictures as arrays."""
    return [
        json.loads(line, object_hook=_unpacked)
        for line in gzip.decompress(VECTORS.read_bytes()).splitlines()
    ]


def _unpacked(record: dict[str, Any]) -> Any:
    if "dtype" not in record:
        return record
    flat = np.frombuffer(base64.b64decode(record["data"]), np.dtype(record["dtype"]))
    return flat.reshape(record["shape"])


@pytest.fixture(scope="session")
def strange():
    """Return a function from a seed to a picture."""
    return strange_picture


def strange_picture(seed: int) -> np.ndarray:
    """Return a picture of odd size: noise, lines each way, slopes of light, strokes, or blank."""
    rng = np.random.default_rng(seed)
    height, width = (int(side) for side in rng.integers(1, (6, 12, 40, 90)[seed % 4], 2))
    picture = np.full((height, width), rng.integers(256), np.uint8)
    if rng.random() < 0.3:
        picture[:] = rng.choice([0, 60, 200, 255], picture.shape, p=rng.dirichlet(np.ones(4)))
    for _ in range(int(rng.choice([0, 1, 2, 4]))):
        level, row, column = int(rng.integers(256)), rng.integers(height), rng.integers(width)
        picture[row : row + int(rng.integers(1, 3)), width // 20 : width - width // 20] = level
        picture[:, column : column + 1] = level if rng.random() < 0.5 else picture[0, 0]
    for _ in range(int(rng.choice([0, 1, 3]))):
        start, end = rng.integers(0, (width, height), (2, 2)).tolist()
        cv2.line(picture, start, end, int(rng.integers(256)), int(rng.integers(1, 4)))
    light = np.linspace(1, rng.choice([1, 0.8, 0.3]), width)
    return (picture * light).astype(np.uint8)
