"""Write what numpy's reference says of the golden drawings: tests hold the browser to it.

    python web/wasm/golden.py

built/golden.json: of each drawing of tests/golden/ink.jsonl.gz its strokes (y growing downwards),
its ink, and of each recognizer digit, confidence of 65535 and sure. built/numbers.json: of drawings
beside one another their strokes, whether they are one character, how many stand apart, the line
ink, and the row that the reader of lines answers, of the first ones.
"""

import gzip
import json
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pilgi.export.network import FULL
from pilgi.export.verify.folders import compiled
from pilgi.export.writers.job import Job
from pilgi.export.writers.lines import line_sources
from pilgi.files import write_json
from pilgi.ink import from_line
from pilgi.read import CtcReader
from pilgi.read.drawing import cut_strokes
from pilgi.read.reading import SURE
from pilgi.recognizer import Recognizer

HERE: Final = Path(__file__).parent
VECTORS: Final = HERE.parents[1] / "tests" / "golden" / "ink.jsonl.gz"
NAMES: Final = ("digit-tiny", "digit")

NUMBERS: Final = 16
"""Numbers of two, three and four drawings ..."""

ANSWERED: Final = 4
"""... of which so many are answered: numpy's reference takes seconds for each."""

PLACE: Final = 7
"""Numbers of a place in a row; see `LineAnswer.row`."""

APART: Final = 30
"""Paper between two drawings, of a drawing's 100."""


def drawings() -> list[dict[str, Any]]:
    """Return the golden drawings."""
    with gzip.open(VECTORS, "rt", encoding="utf-8") as lines:
        vectors = [json.loads(line) for line in lines]
    return [vector for vector in vectors if "strokes" in vector]


def inks_of(found: list[dict[str, Any]]) -> NDArray[np.uint8]:
    """Return the drawings' ink, (n, 28, 28)."""
    inks = [np.frombuffer(b64decode(each["ink"]["data"]), np.uint8) for each in found]
    return np.stack(inks).reshape(-1, 28, 28)


def line_cost(job: Job) -> dict[str, float]:
    """Return what whole numbers cost a reader of lines on the golden numbers, as `cost` does."""
    lines = [from_line(cut_strokes(strokes).pixels) for strokes in written()]
    with tempfile.TemporaryDirectory() as folder:
        asked = compiled(line_sources(job.line, job.name), job.name, "line", Path(folder))
        rows = [asked([line]) for line in lines]
    said = [CtcReader(job.recognizer).decoded(line) for line in lines]
    places = (row[2:].reshape(-1, PLACE) for row in rows)
    own = [shown((digit, share / FULL) for _, digit, share, *_ in each) for each in places]
    others = [shown((each.digit, each.confidence) for each in number.digits) for number in said]
    apart = [abs(number.confidence - row[1] / FULL) for number, row in zip(said, rows, strict=True)]
    return {
        "drawings": len(lines),
        "others": sum(map(str.__ne__, own, others)),
        "apart": round(float(max(apart)), 4),
    }


def shown(digits: Iterable[tuple[int, float]]) -> str:
    """Return a number as it is shown: digits, `?` where they are not sure; separators left out."""
    return "".join(str(digit) if share >= SURE else "?" for digit, share in digits if digit >= 0)


def cost(job: Job) -> dict[str, float]:
    """Return what whole numbers cost on the golden drawings.

    others: how many answers are other ones, "not sure" among them. apart, mean: by how much the
    confidences differ at most and on average, 0 to 1.
    """
    inks, least = inks_of(drawings()), job.recognizer.metadata.min_confidence
    (digits, confidence, sure), said = job.answers(inks).T, job.recognizer.answers(inks)
    own = np.where(sure, digits, -1)
    doubtful = said.confidence < (SURE if least is None else least)
    other = np.where(doubtful, -1, said.probabilities.argmax(axis=1))
    apart = np.abs(said.confidence - confidence / FULL)
    return {
        "drawings": len(inks),
        "others": int((own != other).sum()),
        "apart": round(float(apart.max()), 4),
        "mean": round(float(apart.mean()), 5),
    }


def downwards(vector: dict[str, Any]) -> list[list[list[float]]]:
    """Return the strokes as on a screen."""
    up = -1 if vector["y_up"] else 1
    return [[[x, up * y] for x, y in stroke] for stroke in vector["strokes"]]


def main() -> None:
    """Write the file."""
    found = drawings()
    inks = [each["ink"]["data"] for each in found]
    pictures = inks_of(found)
    answers = {
        name: Job(Recognizer.load(name), HERE, name).answers(pictures).tolist() for name in NAMES
    }
    named = zip(found, inks, strict=True)
    said = [
        {
            "name": each["name"],
            "strokes": downwards(each),
            "ink": ink,
            "answers": {name: answers[name][at] for name in NAMES},
        }
        for at, (each, ink) in enumerate(named)
    ]
    write_json(HERE / "built" / "golden.json", said)
    write_json(HERE / "built" / "numbers.json", list(numbers()))


def numbers() -> Iterator[dict[str, Any]]:
    """Yield the numbers and what is made of them."""
    job = Job(Recognizer.load("line"), HERE, "line")
    for at, strokes in enumerate(written()):
        cut = cut_strokes(strokes)
        line = from_line(cut.pixels)
        yield {
            "strokes": strokes,
            "single": cut.single,
            "apart": len(cut.apart()),
            "width": line.shape[1],
            "ink": b64encode(line.tobytes()).decode(),
            "row": job.line.answer(line).row() if at < ANSWERED else None,
        }


def written() -> Iterator[list[list[list[int]]]]:
    """Yield the numbers' strokes."""
    alone = [each for each in drawings() if each["strokes"]]
    for at in range(NUMBERS):
        yield beside(downwards(each) for each in alone[5 * at : 5 * at + 2 + at % 3])


def beside(drawn: Iterable[list[list[list[float]]]]) -> list[list[list[int]]]:
    """Return drawings beside one another, each 100 high or at most twice as wide."""
    found, left = [], 0.0
    for strokes in drawn:
        points = np.concatenate([np.reshape(stroke, (-1, 2)) for stroke in strokes])
        low, side = points.min(axis=0), np.ptp(points, axis=0)
        scale = 100 / max(side[1], side[0] / 2, 1e-9)
        moved = [(np.reshape(stroke, (-1, 2)) - low) * scale + (left, 0) for stroke in strokes]
        found += [np.rint(stroke).astype(int).tolist() for stroke in moved]
        left += side[0] * scale + APART
    return found


if __name__ == "__main__":
    main()
