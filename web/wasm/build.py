"""Write the recognizers that the page ships with.

    python web/wasm/build.py

For digit-tiny, digit and line: built/NAME.wasm, and built/NAME.json with what lies where in it, and
what whole numbers cost on the golden drawings. Needs pilgi[device].
"""

from pathlib import Path
from typing import Final

from golden import cost, line_cost  # beside this file
from pilgi.export.writers.browser import digit_module, line_module, shown_layers
from pilgi.export.writers.job import Job
from pilgi.files import write_bytes, write_json
from pilgi.recognizer import Recognizer

HERE: Final = Path(__file__).parent
DIGITS: Final = ("digit-tiny", "digit")
LINES: Final = ("line",)


def build_line(name: str) -> None:
    """Write the two files of a reader of lines."""
    job = Job(Recognizer.load(name), HERE, name)
    write_bytes(HERE / "built" / f"{name}.wasm", line_module(job))
    described = {"name": name, "classes": list(job.line.classes), "cost": line_cost(job)}
    write_json(HERE / "built" / f"{name}.json", described)


def build(name: str) -> None:
    """Write the two files of a recognizer of digits."""
    job = Job(Recognizer.load(name), HERE, name)
    write_bytes(HERE / "built" / f"{name}.wasm", digit_module(job))
    described = {
        "name": name,
        "classes": list(job.network.classes),
        "layers": [{"kind": kind, "shape": list(shape)} for kind, shape in shown_layers(job)],
        "calibration": job.calibration.data,
        "cost": cost(job),
    }
    write_json(HERE / "built" / f"{name}.json", described)


if __name__ == "__main__":
    for each in DIGITS:
        build(each)
    for each in LINES:
        build_line(each)
