"""What leaves, a file each.

job.py     what is asked for: a recognizer, where to, under which name
c.py       C99 for any compiler, an Arduino library and a CMake project
wasm.py    WebAssembly and its JavaScript
web.py     a page that reads in the browser, as a folder and as one file
onnx.py    the recognizer's own file, the same in int8, or with the ink spec inside
ort.py     onnxruntime's format for phones
bundle.py  a run as one archive that somebody else can check
lines.py   C of a reader of lines; widths.py: how wide its tensors are
arena.py, source.py  where tensors lie; C text from files and numbers
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from pilgi.export.artifact import Artifact
from pilgi.export.writers.bundle import write_bundle
from pilgi.export.writers.c import write_c
from pilgi.export.writers.job import Job
from pilgi.export.writers.lines import write_line_c
from pilgi.export.writers.onnx import write_grey_onnx, write_int8_onnx, write_onnx
from pilgi.export.writers.ort import write_ort
from pilgi.export.writers.wasm import write_wasm
from pilgi.export.writers.web import write_web

Write = Callable[[Job], Artifact]


class Target(NamedTuple):
    """Where a recognizer can go: what writes it, what its file's name ends in, and why."""

    write: Write
    suffix: str
    summary: str


def _by_what_it_reads(digit: Write, line: Write) -> Write:
    return lambda job: (line if job.reads == "line" else digit)(job)


TARGETS: Final[Mapping[str, Target]] = {
    "bundle": Target(write_bundle, ".zip", "the run as one archive that anyone can check"),
    "c": Target(
        _by_what_it_reads(write_c, write_line_c),
        "-c",
        "C99 in whole numbers: an Arduino library and a CMake project",
    ),
    "onnx": Target(write_onnx, ".onnx", "the recognizer's own file, for any ONNX runtime"),
    "onnx-grey": Target(
        write_grey_onnx, "-grey.onnx", "the same with the ink spec inside: a grey picture in"
    ),
    "onnx-int8": Target(write_int8_onnx, "-int8.onnx", "the same with int8 weights"),
    "ort": Target(write_ort, "-ort", "onnxruntime's own format, for Android and iOS"),
    "wasm": Target(write_wasm, "-wasm", "WebAssembly and a typed JavaScript wrapper"),
    "web": Target(write_web, "-web", "a page that reads drawings offline, on any static host"),
}
"""Folders have a suffix without a point: what is asked for is never overwritten."""

__all__ = ["TARGETS", "Artifact", "Job", "Target"]
