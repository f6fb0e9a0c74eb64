"""WebAssembly: the same C by ziglang's clang, and a small typed wrapper."""

from collections.abc import Mapping
from typing import Final

from pilgi.export import compiler
from pilgi.export.artifact import Artifact
from pilgi.export.ink_sources import COLOUR, COLOUR_LINE, GREY, LINE_STROKES, together
from pilgi.export.writers.c import sources
from pilgi.export.writers.job import Job
from pilgi.export.writers.lines import line_sources
from pilgi.export.writers.source import joined, owned, script

EXPORTED: Final = ("memory", "ink", "answer", "ink_of_strokes", "picture_room", "ink_of_picture")
"""What JavaScript calls, after the recognizer's name."""

WRAPPED: Final = ("room.js", "strokes.js", "drawn.js")
"""What both wrappers are made of."""


def write_wasm(job: Job) -> Artifact:
    """Write the folder: NAME.wasm, NAME.js and its types, NAME.d.ts."""
    files = wasm_files(job)
    return job.write_folder("wasm", files, {"module": len(files[f"{job.name}.wasm"])})


def wasm_files(job: Job) -> Mapping[str, bytes]:
    """Return the folder's files, by name."""
    if job.reads == "line":
        ink = ["ink.h", "steps.h", *together(COLOUR_LINE, LINE_STROKES)]
        return _made(job, line_sources(job.line, job.name), ink, "lines/wasm.c", "line")
    colour = [each for each in COLOUR if each not in GREY]
    return _made(job, sources(job), colour, "wasm.c", "recognizer")


def _made(
    job: Job, written: Mapping[str, str], ink: list[str], entry: str, called: str
) -> Mapping[str, bytes]:
    """Return WebAssembly of C, of the ink spec's files and of what JavaScript calls, and its
    wrapper under js/."""
    more = joined([*(f"ink/{each}" for each in ink), "memory.c", entry])
    whole = {**written, f"{job.name}.c": written[f"{job.name}.c"] + owned(more, job.name)}
    names = [f"{job.name}_{each}" for each in EXPORTED]
    parts = (*WRAPPED, "pattern.js") if called == "line" else WRAPPED
    types = "drawn.d.ts", f"{called}.d.ts"
    return {
        f"{job.name}.wasm": compiler.wasm(whole, names),
        f"{job.name}.js": script(f"{called}.js", job.name, *parts).encode(),
        f"{job.name}.d.ts": "\n".join(script(each, job.name) for each in types).encode(),
    }
