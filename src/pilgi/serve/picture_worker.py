"""A process of its own that decodes and reads what people upload, and can be killed.

    python -m pilgi.serve.picture_worker

A picture that somebody made to hurt takes this process down, not the server. Each question on
standard input is a line of JSON, {"name", "bytes", "steps", "model", "pattern",
"min_confidence"}, then that many bytes; each answer on standard output a line of JSON,
{"pages"} or {"error"}.
"""

import json
import sys
from base64 import b64encode
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from pilgi.errors import DataError, PilgiError

PIXEL_LIMIT: Final = 20_000_000
PAGE_LIMIT: Final = 20


def answer(question: dict[str, Any], content: bytes) -> dict[str, Any]:
    """Return {"pages": ...} as `pilgi read --json` has it, or {"error": a sentence}."""
    try:
        return {"pages": list(_pages(question, content))}
    except PilgiError as error:
        return {"error": str(error)}


def _pages(question: dict[str, Any], content: bytes) -> Iterator[dict[str, Any]]:
    from pilgi.read import open_reader
    from pilgi.read.explain import explain
    from pilgi.read.opening import pages_in

    name = question["name"]
    reader = open_reader(question["model"], question["pattern"], question["min_confidence"])
    for page in pages_in(name, content, PIXEL_LIMIT):
        if page.number > PAGE_LIMIT:
            raise DataError(f"{name}: more than {PAGE_LIMIT} pages; hand in fewer at once")
        readings = reader.read(page.pixels)
        height, width = page.pixels.shape[:2]
        said = {"file": name, "page": page.number, "error": None, "width": width, "height": height}
        said["readings"] = [reading.to_json() for reading in readings]
        if question["steps"]:
            drawn = explain(page.pixels, readings)
            said["steps"] = [_step(step, png) for step, png in drawn if step.endswith(".png")]
        yield said


def _step(name: str, png: bytes) -> dict[str, str]:
    picture = "data:image/png;base64," + b64encode(png).decode()
    return {"name": name.removesuffix(".png"), "picture": picture}


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the questions end."""
    while line := questions.readline():
        question = json.loads(line)
        found = answer(question, questions.read(question["bytes"]))
        answers.write(json.dumps(found, allow_nan=False).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
