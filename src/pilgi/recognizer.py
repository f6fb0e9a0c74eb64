"""The hall: ink bytes in, calibrated probabilities out.

A recognizer is one `.onnx` file, see `pilgi.sealing`. onnxruntime runs it here; anything that
speaks ONNX runs it elsewhere.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi import ink
from pilgi.errors import DataError, RecognizerError
from pilgi.files import read_bytes, write_bytes
from pilgi.sealing import read_metadata

INPUT: Final = "ink"
OUTPUT: Final = "logits"
OTHER: Final = "other"
"""The logit of "none of these", in the graph of a recognizer that learnt to decline."""

SIZE_LIMIT: Final = 512 * 2**20
BATCH: Final = 1000
NARROWEST: Final = 8

ANY: Final = 0
"""In an input's shape: any width, or height."""

Floats = NDArray[np.float32]


class Guess(NamedTuple):
    """What a character may be, and how probably."""

    digit: str
    confidence: float


@dataclass(frozen=True)
class Digit:
    """One character read.

    digit: its class's name; None where not sure. confidence: of the likeliest one its calibrated
    probability, less where it may be no digit at all. guesses: the two likeliest.
    """

    digit: str | None
    confidence: float
    guesses: tuple[Guess, ...] = ()


def shipped() -> dict[str, Path]:
    """Return the recognizers inside the package: their names and files."""
    with as_file(files("pilgi") / "recognizers") as folder:
        return {path.stem: path for path in sorted(folder.glob("*.onnx"))}


def file_of(model: str | Path) -> Path:
    """Return the file of a shipped name, a run's folder or a recognizer's file, there or not."""
    # A Path is a place: Path("./digit") is the folder, though it prints as the name.
    path = (shipped().get(model) if isinstance(model, str) else None) or Path(model)
    return path / "recognizer.onnx" if path.is_dir() else path


def open_graph(content: bytes, threads: int = 0) -> Any:
    """Return onnxruntime's session of a graph, on the processor, its remarks held back.

    `threads=0` leaves the choice to onnxruntime.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


class Answers(NamedTuple):
    """What a recognizer says of n pictures.

    probabilities: float32 (n, classes), softmax(z / T), as if every picture were of some class.
    confidence: float32 (n,), of the best class and less where the picture may be of none:
    exp(z_best / T) / (sum_j exp(z_j / T) + exp(z_other / T)).
    """

    probabilities: Floats
    confidence: Floats


class Recognizer:
    """A trained digit recognizer, ready to answer.

    >>> recognizer = Recognizer.load("runs/quick-20261121-101500")  # doctest: +SKIP
    >>> recognizer.predict(images)  # doctest: +SKIP
    array([7, 2, 1, 0])
    """

    def __init__(self, content: bytes, source: str, threads: int = 0) -> None:
        self.source = source
        self.content = content
        self.metadata = read_metadata(content, source)
        self._threads = threads
        self._refuse_whole_pictures()
        self._refuse_other_ink()

    @classmethod
    def load(cls, model: str | Path, threads: int = 0) -> Recognizer:
        """Load a shipped recognizer by its name, a run's folder or a recognizer's file.

        A folder of a shipped name is written `./digit`. `threads=0` leaves the choice to
        onnxruntime. Raises RecognizerError where there is none, where it was changed after it was
        written, or where its format is not one this version reads.
        """
        path = file_of(model)
        if not path.is_file():
            if _leaves_scores_only(path.parent):
                raise RecognizerError(
                    f"{model}: a run that leaves scores only, and no recognizer; its summary.json "
                    "and report.html hold them"
                )
            if (path.parent / "summary.json").is_file():
                raise RecognizerError(
                    f"{path}: missing from a run that has ended; put it back, or train again"
                )
            if (path.parent / "recipe.toml").is_file():
                raise RecognizerError(
                    f"{model}: a run that has not ended, so it left no recognizer yet; go on with "
                    f"`pilgi train --resume {model}`"
                )
            raise RecognizerError(
                f"{model}: no recognizer there; name a run's folder (see `pilgi runs list`), "
                f"an .onnx file that Pilgi wrote, or one that is shipped: {', '.join(shipped())}"
            )
        try:
            return cls(read_bytes(path, SIZE_LIMIT), str(model), threads)
        except DataError as error:
            raise RecognizerError(str(error)) from error

    def _refuse_whole_pictures(self) -> None:
        """Refuse what makes ink itself, and only of grey pictures: here it is Pilgi that does."""
        if self.metadata.input == (ANY, ANY):
            raise RecognizerError(
                f"{self.source}: makes ink itself, for programs without Pilgi; name the recognizer "
                "that it was exported from"
            )

    def _refuse_other_ink(self) -> None:
        """Refuse what learnt from another ink: its input is another picture."""
        if self.metadata.kind != "picture" and not ink.is_readable(self.metadata.ink):
            raise RecognizerError(
                f"{self.source}: learnt from ink of version {self.metadata.ink}, but this Pilgi "
                f"makes version {ink.VERSION}; train it again, or use the Pilgi that wrote it"
            )

    def save(self, path: Path) -> None:
        """Write the recognizer's one file."""
        write_bytes(path, self.content)

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes, in the order of the logits."""
        return self.metadata.classes

    @cached_property
    def stored(self) -> int:
        """How many numbers the graph stores: weights, biases, constants, shapes; all it reads."""
        import onnx

        graph = onnx.load_from_string(self.content).graph
        weights = sum(int(math.prod(tensor.dims)) for tensor in graph.initializer)
        return weights + sum(map(_constants, graph.node))

    @cached_property
    def _session(self) -> Any:
        return open_graph(self.content, self._threads)

    def logits(self, images: NDArray[np.uint8]) -> Floats:
        """Return the class logits, float32 (n, classes), of uint8 pictures (n, *input).

        Raises DataError where the pictures have another shape or type.
        """
        return self.outputs(images)[:, : len(self.classes)]

    def outputs(self, images: NDArray[np.uint8]) -> Floats:
        """Return the logits and, in a column more, that of none of the classes, if learnt.

        Raises DataError as `logits` does.
        """
        self.check(images)
        found = list(self._batches(images))
        return np.concatenate(found) if found else np.empty((0, len(self.classes)), np.float32)

    def check_line(self, line: NDArray[np.uint8]) -> None:
        """Raise DataError where the recognizer reads no lines, or none of this shape and type."""
        height = self.metadata.input[0]
        if self.metadata.kind != "line":
            raise DataError(
                f"{self.source} reads single pictures, not lines; choose the model `line`"
            )
        if (
            line.dtype != np.uint8
            or line.ndim != 2
            or len(line) != height
            or line.shape[1] < NARROWEST
        ):
            raise DataError(
                f"{self.source} reads uint8 lines {height} high and at least {NARROWEST} wide, not "
                f"{line.dtype} of shape {line.shape}"
            )

    def lattice(self, line: NDArray[np.uint8]) -> Floats:
        """Return CTC log-probabilities, float32 (t, classes + 1), blank last, of a line's ink.

        line: uint8 (32, w), see `pilgi.ink.from_line`; each step covers w / t of its columns, from
        left to right. Calibrated: log softmax(logits / temperature).
        Raises DataError where the recognizer reads no lines, or the line has another shape or type.
        """
        self.check_line(line)
        logits = self._session.run([OUTPUT], {INPUT: np.ascontiguousarray(line[None])})[0][0]
        scaled = logits.astype(np.float64) / self.metadata.temperature
        scaled -= scaled.max(axis=1, keepdims=True)
        scaled -= np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        lattice: Floats = scaled.astype(np.float32)
        return lattice

    def _batches(self, images: NDArray[np.uint8]) -> Iterator[Floats]:
        for start in range(0, len(images), BATCH):
            batch = np.ascontiguousarray(images[start : start + BATCH])
            yield np.concatenate(self._session.run(self._outputs, {INPUT: batch}), axis=1)

    @cached_property
    def _outputs(self) -> list[str]:
        names = {output.name for output in self._session.get_outputs()}
        return [name for name in (OUTPUT, OTHER) if name in names]

    def check(self, images: NDArray[np.uint8]) -> None:
        """Raise DataError where it reads no single pictures, or none of this shape and type."""
        if self.metadata.kind == "line":
            raise DataError(
                f"{self.source} reads lines of digits, not single pictures; choose a model such as "
                "digit, or give it lines"
            )
        expected = self.metadata.input
        if images.dtype != np.uint8 or images.shape[1:] != expected:
            raise DataError(
                f"{self.source} reads uint8 pictures of shape {expected}, "
                f"not {images.dtype} of shape {images.shape[1:]}"
            )

    def probabilities(self, images: NDArray[np.uint8]) -> Floats:
        """Return calibrated probabilities, softmax(logits / temperature), float32 (n, classes)."""
        return softmax(self.logits(images), self.metadata.temperature)

    def answers(self, images: NDArray[np.uint8]) -> Answers:
        """Return how probable each class is and how sure the best of them; see `Answers`."""
        found, temperature = self.outputs(images), self.metadata.temperature
        known = softmax(found[:, : len(self.classes)], temperature)
        best = softmax(found, temperature)[:, : len(self.classes)]
        return Answers(known, best.max(axis=1, initial=0))

    def predict(self, images: NDArray[np.uint8]) -> NDArray[np.int64]:
        """Return the most probable class of each picture, int64 (n,)."""
        classes: NDArray[np.int64] = self.logits(images).argmax(axis=1)
        return classes

    def read(self, picture: NDArray[Any]) -> Digit:
        """Return the one digit in a picture of any size, colour and polarity, and how sure it is.

        Below `metadata.min_confidence` the picture is better taken for no digit.
        Pages and numbers are `pilgi.read`'s. Raises DataError for arrays that are no picture, and
        where this recognizer reads something else than digits.
        """
        if self.metadata.kind != "digit":
            raise DataError(f"{self.source} does not read single digits; see pilgi.read")
        return self.named(self.answers(ink.from_picture(picture)[None]))

    def named(self, answers: Answers) -> Digit:
        """Return what the first of `answers` says, in the names of the classes."""
        shares, confidence = answers.probabilities[0], float(answers.confidence[0])
        best, second = np.argsort(-shares, kind="stable")[:2].tolist()
        other = confidence * float(shares[second] / shares[best])
        guesses = Guess(self.classes[best], confidence), Guess(self.classes[second], other)
        return Digit(self.classes[best], confidence, guesses)


def _constants(node: Any) -> int:
    """Return how many numbers a Constant node holds; other nodes' attributes are their shape."""
    if node.op_type != "Constant":
        return 0
    tensors = sum(int(math.prod(each.t.dims)) for each in node.attribute if each.HasField("t"))
    return tensors + sum(len(each.floats) + len(each.ints) for each in node.attribute)


def _leaves_scores_only(folder: Path) -> bool:
    """Return whether `folder` is a run that says of itself that it leaves no recognizer."""
    try:
        summary = json.loads(read_bytes(folder / "summary.json", SIZE_LIMIT))
    except (DataError, ValueError):
        return False
    return isinstance(summary, dict) and summary.get("recognizer", "") is None


def softmax(logits: Floats, temperature: float = 1.0) -> Floats:
    """Return p_i = exp(z_i / T) / sum_j exp(z_j / T), computed without overflow, float32."""
    scaled = logits.astype(np.float64) / temperature
    scaled -= scaled.max(axis=1, keepdims=True)
    powers = np.exp(scaled)
    probabilities: Floats = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    return probabilities
